"""Filing: an application comes in, from the portal or over the counter, bound to the version of that day."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError

from yimen.calendar.queries import WorkCalendar, asking_calendar
from yimen.cases.actions.given import GivenMaterial, check_files, stored
from yimen.cases.actions.letters import Around, letter_rows
from yimen.cases.errors import ApplicantNotEntitled, ItemNotOffered, KeyUsedBefore
from yimen.cases.events import CaseFiled, CaseReceived
from yimen.cases.models import Case, CaseFile, CaseMaterial, Clock
from yimen.cases.rules import (
    FIELD_CHECKS,
    NOTICE_LIMIT,
    RunningLimit,
    Standing,
    beginning,
    case_number,
    check_hand,
    check_nothing_missing,
    start_limit,
    way_at_start,
)
from yimen.cases.terms import ClockKind, CollectWay, FilingChannel, Verb, Verdict, Way
from yimen.catalogue.queries import VersionRow, asking_for_filing, version
from yimen.documents.actions import next_serial
from yimen.documents.terms import FileKind, LetterKind
from yimen.identity.queries import asking_people, may_represent, organisation_row
from yimen.identity.terms import Officer, Resident
from yimen.kernel import clock
from yimen.kernel.actors import Actor
from yimen.kernel.errors import NotFound
from yimen.kernel.forms import Answers, check_answers
from yimen.kernel.ids import new_id
from yimen.kernel.questions import Question, ask
from yimen.kernel.writes import Writes, one_act
from yimen.ledger.actions import line_statement
from yimen.places.queries import asking_institution, asking_place


@dataclass(frozen=True, slots=True)
class Filing:
    """Everything an application says. One of ``person_id`` and ``organisation_id`` is the applicant."""

    item_code: str
    channel: FilingChannel
    centre_id: int
    idempotency_key: str
    person_id: UUID | None = None
    organisation_id: UUID | None = None
    representative_id: UUID | None = None
    answers: Answers = field(default_factory=dict)
    materials: Mapping[str, GivenMaterial] = field(default_factory=dict)
    collect: CollectWay = CollectWay.COUNTER
    contact_name: str = ""
    contact_phone: str = ""
    language: str = "zh-hans"


@dataclass(frozen=True, slots=True)
class _Known:
    """What a filing must know, asked in one round trip."""

    version: VersionRow
    takes_in: bool
    serial: int
    calendar: WorkCalendar
    around: Around


def file_case(*, by: Actor, filing: Filing, now: datetime) -> Case:
    """Take an application in: from its applicant (state filed), or over the counter by a clerk (state received).

    The same filer with the same key gets the same case again, however often. At a window incomplete papers are
    taken, so that the one notice can be given; online nothing required may be missing. Two round trips for a person
    who files for themselves: what it must know, and what it writes with the commit.

    Law: XKF arts. 29, 32; DZQMF (electronic data count as written)
    Raises: ItemNotOffered, NotYourCase, ApplicantNotEntitled, MaterialsMissing, KeyUsedBefore, Refusals (one for each
    form field)
    """
    filed_by = f"{by.kind}:{by.id}"
    known_id, known = _ask(by, filing, filed_by)
    if known_id:
        return _filed_before(Case.objects.get(pk=known_id), filing, known)
    if isinstance(by, Officer):
        check_hand(beginning(Verb.TAKE_IN), by, Standing(centre_id=filing.centre_id, person_ids=frozenset()))
    applicant_name, mandate_id = _check_applicant(by, filing, known, now)
    if not known.takes_in:
        raise ItemNotOffered
    check_files(by, filing.materials)
    answers = check_answers(known.version.content.form, filing.answers, checks=FIELD_CHECKS)
    case = _new_case(by, filing, known, answers, now)
    case.applicant_name, case.mandate_id = applicant_name, mandate_id
    materials = _materials(case, known.version, filing, answers, may_lack=isinstance(by, Officer))
    try:
        with one_act() as writes:
            _write(writes, case, materials, filing, known, by=by)
    except IntegrityError:
        faster = Case.objects.get(filed_by=filed_by, idempotency_key=filing.idempotency_key)
        return _filed_before(faster, filing, known)
    return case


def _filed_before(case: Case, filing: Filing, known: _Known) -> Case:
    """The case of this key, if it is the same request.

    Raises: KeyUsedBefore
    """
    asked = (known.version.item_id, filing.person_id, filing.organisation_id)
    if (case.item_id, case.person_id, case.organisation_id) != asked:
        raise KeyUsedBefore(field="key")
    return case


def _ask(by: Actor, filing: Filing, filed_by: str) -> tuple[UUID | None, _Known]:
    """The case that this key has filed already, if any, and everything else that there is to know."""
    window_id = by.window_id if isinstance(by, Officer) else None
    known_id, (version_id, takes_in), serial, calendar, house, place, people, letter_serial = ask(
        _asking_known(filed_by, filing.idempotency_key),
        asking_for_filing(filing.item_code, filing.centre_id),
        Question("SELECT nextval('cases_number')", (), lambda rows: int(rows[0][0])),
        asking_calendar(),
        asking_institution(),
        asking_place(filing.centre_id, window_id),
        asking_people([filing.person_id, filing.representative_id]),
        next_serial(),
    )
    around = Around(house, place[0], place[1], people, letter_serial)
    return known_id, _Known(version(version_id), takes_in, serial, calendar, around)


def _asking_known(filed_by: str, key: str) -> Question[UUID | None]:
    return Question(
        "SELECT id FROM cases_case WHERE filed_by = %s AND idempotency_key = %s",
        (filed_by, key),
        lambda rows: rows[0][0] if rows else None,
    )


def _check_applicant(by: Actor, filing: Filing, known: _Known, now: datetime) -> tuple[str, UUID | None]:
    """The applicant's name as it stands today, and the mandate of whoever files for them."""
    if (filing.person_id is None) == (filing.organisation_id is None):
        raise ApplicantNotEntitled
    acting = by.person_id if isinstance(by, Resident) else filing.representative_id
    mandate_id = None
    if isinstance(by, Resident) and by.person_id not in {filing.person_id, filing.representative_id}:
        raise ApplicantNotEntitled
    if acting and acting != filing.person_id:
        mandate_id = may_represent(
            acting, person_id=filing.person_id, organisation_id=filing.organisation_id, on=clock.local_date(now)
        )
        if mandate_id is None and isinstance(by, Resident):
            raise ApplicantNotEntitled
    if filing.organisation_id:
        return organisation_row(filing.organisation_id).name, mandate_id
    assert filing.person_id is not None
    if filing.person_id not in known.around.people:
        raise NotFound
    return known.around.people[filing.person_id][0], mandate_id


def _way(given: GivenMaterial, filing: Filing) -> Way:
    if given.has_files and given.way == Way.NONE:
        return Way.SCAN if filing.channel == FilingChannel.WINDOW else Way.UPLOAD
    return given.way


def _materials(
    case: Case, version: VersionRow, filing: Filing, answers: Answers, *, may_lack: bool
) -> list[CaseMaterial]:
    rows, ways = [], []
    for position, line in enumerate(version.content.materials):
        given = filing.materials.get(line.code, GivenMaterial())
        way = way_at_start(line, answers, _way(given, filing))
        ways.append((line, way))
        is_given = way not in {Way.NONE, Way.PAPER} or (way == Way.PAPER and filing.channel == FilingChannel.WINDOW)
        is_settled = way in {Way.EXEMPT, Way.NOT_NEEDED}
        rows.append(
            CaseMaterial(
                case_id=case.id,
                code=line.code,
                position=position,
                way=way,
                copies=given.copies,
                verdict=Verdict.GOOD if is_settled else Verdict.OPEN,
                given_at=case.filed_at if is_given else None,
            )
        )
    if not may_lack:
        check_nothing_missing(ways)
    return rows


def _new_case(by: Actor, filing: Filing, known: _Known, answers: Answers, now: datetime) -> Case:
    is_window = isinstance(by, Officer)
    move = beginning(Verb.TAKE_IN if is_window else Verb.FILE)
    return Case(
        id=new_id(),
        case_no=case_number(known.around.house.case_prefix, clock.local_date(now), known.serial),
        pin=f"{secrets.randbelow(10**6):06d}",
        item_id=known.version.item_id,
        version_id=known.version.id,
        agency_id=known.version.agency_id,
        centre_id=filing.centre_id,
        window_id=by.window_id if isinstance(by, Officer) else None,
        channel=filing.channel,
        state=move.to,
        person_id=filing.person_id,
        organisation_id=filing.organisation_id,
        representative_id=filing.representative_id,
        contact_name=filing.contact_name,
        contact_phone=filing.contact_phone,
        language=filing.language,
        answers=json.dumps(answers, ensure_ascii=False),
        collect=filing.collect,
        filed_by=f"{by.kind}:{by.id}",
        idempotency_key=filing.idempotency_key,
        filed_at=now,
        received_at=now if is_window else None,
    )


def _write(
    writes: Writes, case: Case, materials: list[CaseMaterial], filing: Filing, known: _Known, *, by: Actor
) -> None:
    now = case.filed_at
    limit = start_limit(ClockKind.NOTICE, NOTICE_LIMIT, clock.local_date(now), known.calendar)
    letter, on_file = letter_rows(
        case, LetterKind.RECEIPT, known.version, known.around, by=by, materials=materials, now=now
    )
    for rows in (
        [case],
        materials,
        _files(case, materials, filing, by=by),
        [clock_row(case, limit)],
        [letter],
        [on_file],
    ):
        writes.insert(rows)
    writes.news(CaseReceived(case.id) if case.received_at else CaseFiled(case.id))
    facts = {
        "to": case.state,
        "revision": 1,
        "item": known.version.code,
        "version": known.version.number,
        "centre": case.centre_id,
        "channel": case.channel,
        "materials": {row.code: row.way for row in materials},
    }
    verb = Verb.TAKE_IN if case.received_at else Verb.FILE
    writes.sql(*line_statement(chain=case.case_no, by=by, verb=verb, facts=facts, now=now))


def _files(case: Case, materials: list[CaseMaterial], filing: Filing, *, by: Actor) -> list[CaseFile]:
    kind = FileKind.SCAN if case.received_at else FileKind.UPLOAD
    nothing = GivenMaterial()
    return [
        CaseFile(material=row, file_id=file_id)
        for row in materials
        for file_id in stored(
            filing.materials.get(row.code, nothing), by=by, kind=kind, subject_id=case.id, now=case.filed_at
        )
    ]


def clock_row(case: Case, limit: RunningLimit) -> Clock:
    """The limit as a row of the case, not yet written."""
    return Clock(
        case_id=case.id,
        kind=limit.kind,
        count=limit.limit.count,
        unit=limit.limit.unit,
        started_on=limit.started_on,
        due_on=limit.due_on,
        watch_on=limit.watch_on,
    )
