"""Filing: an application comes in, from the portal or over the counter, bound to the version of that day."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO, cast
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, connection, transaction

from yimen.calendar.queries import work_calendar
from yimen.cases.actions.letters import draw_up_for
from yimen.cases.errors import ApplicantNotEntitled, ItemNotOffered
from yimen.cases.events import CaseFiled, CaseReceived
from yimen.cases.models import Case, CaseFile, CaseMaterial, Clock
from yimen.cases.rules import (
    FIELD_CHECKS,
    NOTICE_LIMIT,
    RunningLimit,
    beginning,
    case_number,
    check_nothing_missing,
    start_limit,
    way_at_start,
)
from yimen.cases.terms import ClockKind, CollectWay, FilingChannel, Verb, Verdict, Way
from yimen.catalogue.queries import VersionRow, takes_in, version_for_filing
from yimen.documents.actions import store_upload
from yimen.documents.queries import file_rows
from yimen.documents.terms import FileKind, LetterKind
from yimen.identity.queries import may_represent, organisation_row, person_row
from yimen.identity.terms import Officer, Resident
from yimen.kernel import clock
from yimen.kernel.actors import Actor
from yimen.kernel.errors import NotFound
from yimen.kernel.forms import Answers, check_answers
from yimen.kernel.ids import new_id
from yimen.kernel.writes import Writes
from yimen.ledger.actions import write_line
from yimen.places.queries import institution


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that is being handed in: its name as given, and its bytes."""

    name: str
    content: BinaryIO

    @classmethod
    def of(cls, upload: UploadedFile[bytes]) -> Upload:
        """The upload of a request."""
        return cls(upload.name or "", cast("BinaryIO", upload.file))


@dataclass(frozen=True, slots=True)
class GivenMaterial:
    """What was given for one line: keys of stored files, new uploads, or the word that paper comes."""

    way: Way = Way.NONE
    files: tuple[UUID, ...] = ()
    uploads: tuple[Upload, ...] = ()
    copies: int = 0

    @property
    def has_files(self) -> bool:
        """Whether anything electronic was given."""
        return bool(self.files or self.uploads)


def stored(given: GivenMaterial, *, by: Actor, kind: FileKind, subject_id: UUID, now: datetime) -> tuple[UUID, ...]:
    """Keys of every file of the line, after the new uploads have been checked and stored in the current transaction."""
    new = (
        store_upload(
            by=by,
            name=one.name,
            content=one.content,
            kind=kind,
            subject_kind="case",
            subject_id=str(subject_id),
            now=now,
        ).id
        for one in given.uploads
    )
    return (*given.files, *new)


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


def file_case(*, by: Actor, filing: Filing, now: datetime) -> Case:
    """Take an application in: from its applicant (state filed), or over the counter by a clerk (state received).

    The same filer with the same key gets the same case again, however often. At a window incomplete papers are
    taken, so that the one notice can be given; online nothing required may be missing.

    Law: XKF arts. 29, 32; DZQMF (electronic data count as written)
    Raises: ItemNotOffered, ApplicantNotEntitled, MaterialsMissing, Refusals (one for each field of the form)
    """
    filed_by = f"{by.kind}:{by.id}"
    known = Case.objects.filter(filed_by=filed_by, idempotency_key=filing.idempotency_key).first()
    if known:
        return known
    version = version_for_filing(filing.item_code)
    applicant_name, mandate_id = _check_applicant(by, filing, now)
    if not takes_in(version.item_id, filing.centre_id):
        raise ItemNotOffered
    check_files(by, filing.materials)
    answers = check_answers(version.content.form, filing.answers, checks=FIELD_CHECKS)
    is_window = isinstance(by, Officer)
    materials = _materials(version, filing, answers, now, may_lack=is_window)
    try:
        with transaction.atomic():
            case = _new_case(by, filing, version, answers, now)
            case.applicant_name, case.mandate_id = applicant_name, mandate_id
            return _write(case, materials, filing, version, by=by, now=now)
    except IntegrityError:
        return Case.objects.get(filed_by=filed_by, idempotency_key=filing.idempotency_key)


def _check_applicant(by: Actor, filing: Filing, now: datetime) -> tuple[str, UUID | None]:
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
    if filing.person_id:
        return person_row(filing.person_id).name, mandate_id
    assert filing.organisation_id is not None
    return organisation_row(filing.organisation_id).name, mandate_id


def check_files(by: Actor, materials: Mapping[str, GivenMaterial]) -> None:
    """The files were given by the hand that files them now; anybody else's are as good as absent.

    Raises: NotFound
    """
    wanted = [file_id for given in materials.values() for file_id in given.files]
    owned = {row.id for row in file_rows(wanted) if row.given_by == f"{by.kind}:{by.id}"} if wanted else set()
    if set(wanted) - owned:
        raise NotFound


def _way(given: GivenMaterial, filing: Filing) -> Way:
    if given.has_files and given.way == Way.NONE:
        return Way.SCAN if filing.channel == FilingChannel.WINDOW else Way.UPLOAD
    return given.way


def _materials(
    version: VersionRow, filing: Filing, answers: Answers, now: datetime, *, may_lack: bool
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
                code=line.code,
                position=position,
                way=way,
                copies=given.copies,
                verdict=Verdict.GOOD if is_settled else Verdict.OPEN,
                given_at=now if is_given else None,
            )
        )
    if not may_lack:
        check_nothing_missing(ways)
    return rows


def _new_case(by: Actor, filing: Filing, version: VersionRow, answers: Answers, now: datetime) -> Case:
    is_window = isinstance(by, Officer)
    move = beginning(Verb.TAKE_IN if is_window else Verb.FILE)
    return Case(
        id=new_id(),
        case_no=_next_number(now),
        pin=f"{secrets.randbelow(10**6):06d}",
        item_id=version.item_id,
        version_id=version.id,
        agency_id=version.agency_id,
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


def _next_number(now: datetime) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('cases_number')")
        (serial,) = cursor.fetchone()
    return case_number(institution().case_prefix, clock.local_date(now), serial)


def _write(
    case: Case, materials: list[CaseMaterial], filing: Filing, version: VersionRow, *, by: Actor, now: datetime
) -> Case:
    case.save(force_insert=True)
    for row in materials:
        row.case = case
    CaseMaterial.objects.bulk_create(materials)
    CaseFile.objects.bulk_create(
        CaseFile(material=row, file_id=file_id)
        for row in materials
        for file_id in stored(
            filing.materials.get(row.code, GivenMaterial()),
            by=by,
            kind=FileKind.SCAN if case.received_at else FileKind.UPLOAD,
            subject_id=case.id,
            now=now,
        )
    )
    limit = start_limit(ClockKind.NOTICE, NOTICE_LIMIT, clock.local_date(now), work_calendar())
    writes = Writes()
    writes.insert([clock_row(case, limit)])
    writes.news(CaseReceived(case.id) if case.received_at else CaseFiled(case.id))
    writes.send()
    write_line(
        chain=case.case_no,
        by=by,
        verb=Verb.TAKE_IN if case.received_at else Verb.FILE,
        facts={
            "to": case.state,
            "revision": 1,
            "item": version.code,
            "version": version.number,
            "centre": case.centre_id,
            "channel": case.channel,
            "materials": {row.code: row.way for row in materials},
        },
        now=now,
    )
    draw_up_for(case, LetterKind.RECEIPT, version, materials=materials, by=by, now=now)
    return case


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
