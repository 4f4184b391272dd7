"""At the counter: receive, hold each paper against its line, then accept, turn away, or say once what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from yimen.calendar.terms import Limit, Unit
from yimen.cases.actions.filing import clock_row
from yimen.cases.actions.given import GivenMaterial, Upload, stored
from yimen.cases.actions.move import Act, locked, standing_of, take_up
from yimen.cases.errors import (
    AlreadyNotified,
    FlawMissing,
    ItemNotOffered,
    MoveNotAllowed,
    NotYourCase,
    PostNotFilled,
    ReasonMissing,
    UnknownLine,
)
from yimen.cases.events import CaseAccepted, CaseReceived, CaseTurnedAway, CorrectionAsked
from yimen.cases.models import Case, CaseFile, CaseMaterial, CaseStep, Clock, CorrectionNotice
from yimen.cases.rules import (
    Who,
    check_acceptable,
    check_correctable,
    hand_of,
    stage_to_open,
    start_limit,
)
from yimen.cases.terms import CaseState, ClockKind, StepState, Verb, Verdict, Way
from yimen.catalogue.queries import VersionRow, takes_in
from yimen.catalogue.terms import RouteStep
from yimen.documents.terms import FileKind, LetterKind
from yimen.identity.terms import Officer
from yimen.kernel import clock
from yimen.kernel.actors import SYSTEM


def receive_case(
    *, by: Officer, case_id: UUID, papers: Iterable[str], revision: int | None = None, now: datetime
) -> Case:
    """Take the paper of a case that was filed online, at any window of any centre that takes the item in.

    ``papers`` are the codes of the lines whose paper lies on the desk. From here the case is with this centre.
    """
    with transaction.atomic():
        _bring_here(by, case_id)
        with take_up(case_id, Verb.RECEIVE, by=by, now=now, revision=revision) as act:
            wanted = set(papers)
            rows = [row for row in act.materials if row.code in wanted and row.given_at is None]
            for row in rows:
                row.way, row.given_at = Way.PAPER, now
                act.writes.update(row, ["way", "given_at"])
            case = act.case
            case.received_at, case.window_id = now, by.window_id
            act.draw_up(LetterKind.RECEIPT, materials=act.materials)
            return act.put_down(
                "received_at",
                "window",
                "centre",
                facts={"papers": sorted(wanted), "centre": case.centre_id},
                event=CaseReceived(case.id),
            )


def _bring_here(by: Officer, case_id: UUID) -> None:
    """A case filed online moves to the centre where its paper is brought, if that centre takes the item in."""
    case = locked(case_id)
    if by.centre_id and by.centre_id != case.centre_id and case.state == CaseState.FILED:
        if not takes_in(case.item_id, by.centre_id):
            raise ItemNotOffered
        Case.objects.filter(pk=case_id).update(centre_id=by.centre_id)


def judge_material(
    *, by: Officer, case_id: UUID, code: str, verdict: Verdict, flaw: str = "", now: datetime
) -> CaseMaterial:
    """Note what the clerk found for one line. Only lines of the frozen checklist exist; a flaw is named in words.

    Raises: NotFound, NotYourCase, MoveNotAllowed, UnknownLine, FlawMissing
    """
    with transaction.atomic():
        row = _line_at_counter(by, case_id, code)
        if verdict == Verdict.FLAWED and not flaw.strip():
            raise FlawMissing(field=code)
        row.verdict, row.flaw = verdict, flaw.strip()[:500] if verdict == Verdict.FLAWED else ""
        row.given_at = row.given_at or (now if row.way == Way.PAPER and verdict == Verdict.GOOD else None)
        row.save(update_fields=["verdict", "flaw", "given_at"])
        return row


def attach_scan(*, by: Officer, case_id: UUID, code: str, upload: Upload, now: datetime) -> CaseMaterial:
    """Scan what lies on the desk for one line; the paper counts as given.

    Raises: what ``judge_material`` raises
    """
    with transaction.atomic():
        row = _line_at_counter(by, case_id, code)
        given = GivenMaterial(uploads=(upload,))
        for file_id in stored(given, by=by, kind=FileKind.SCAN, subject_id=case_id, now=now):
            CaseFile.objects.create(material=row, file_id=file_id)
        row.way = Way.SCAN if row.way == Way.NONE else row.way
        row.given_at = row.given_at or now
        row.save(update_fields=["way", "given_at"])
        return row


def _line_at_counter(by: Officer, case_id: UUID, code: str) -> CaseMaterial:
    """A line of a case that this clerk may still check."""
    case = locked(case_id)
    if Who.CLERK not in hand_of(by, standing_of(case, [])):
        raise NotYourCase
    if case.state not in {CaseState.FILED, CaseState.RECEIVED}:
        raise MoveNotAllowed(state=CaseState(case.state).label, verb=Verb.ACCEPT.label)
    row = case.materials.filter(code=code).first()
    if row is None:
        raise UnknownLine
    return row


def accept_case(*, by: Officer, case_id: UUID, revision: int | None = None, now: datetime) -> Case:
    """Take the case on; from here the statutory and the promised limit run, in the item's units.

    Law: XKF art. 32(1)(5), art. 42
    Raises: MoveNotAllowed, MaterialsNotChecked, MaterialsMissing, SamePersonTwice
    """
    with take_up(case_id, Verb.ACCEPT, by=by, now=now, revision=revision) as act:
        check_acceptable((_name(act.version, row), Way(row.way), Verdict(row.verdict)) for row in act.materials)
        act.case.window_id = by.window_id or act.case.window_id
        return _begin_review(act, started_at=now, is_deemed=False)


def deem_accepted(*, case_id: UUID, now: datetime) -> Case:
    """The five days for the notice ran out in silence: the case counts as accepted from the day of receipt.

    Law: XKF art. 32(1)(4)
    """
    with take_up(case_id, Verb.DEEM_ACCEPTED, by=SYSTEM, now=now) as act:
        act.case.is_deemed_accepted = True
        return _begin_review(act, started_at=act.case.received_at or act.case.filed_at, is_deemed=True)


def _begin_review(act: Act, *, started_at: datetime, is_deemed: bool) -> Case:
    case, started_on = act.case, clock.local_date(started_at)
    clocks = _limits(act, started_on)
    promised = next((row for row in clocks if row.kind == ClockKind.PROMISED), clocks[0] if clocks else None)
    case.accepted_at, case.accepted_by_id = started_at, act.staff_id
    case.due_on = promised.watch_on if promised else None
    act.stop_clocks(ClockKind.NOTICE)
    act.writes.insert(clocks)
    act.writes.insert(_route(act))
    act.draw_up(LetterKind.ACCEPTANCE, materials=act.materials, clocks=clocks)
    return act.put_down(
        "accepted_at",
        "accepted_by",
        "is_deemed_accepted",
        "due_on",
        "window",
        facts={
            "materials": {row.code: row.verdict for row in act.materials},
            "limits": {
                row.kind: [row.count, row.unit, row.due_on.isoformat() if row.due_on else None] for row in clocks
            },
        },
        event=CaseAccepted(case.id, is_deemed),
    )


def _limits(act: Act, started_on: date) -> list[Clock]:
    pairs: list[tuple[ClockKind, Limit | None]] = [
        (ClockKind.STATUTORY, act.version.statutory),
        (ClockKind.PROMISED, act.version.promised),
    ]
    return [
        clock_row(act.case, start_limit(kind, limit, started_on, act.calendar))
        for kind, limit in pairs
        if limit is not None
    ]


def _route(act: Act) -> list[CaseStep]:
    """The route of the version as steps of this case; the first stage is open."""
    route = act.version.content.route
    first = stage_to_open((step.stage, False) for step in route)
    return [_step(act, step, is_open=step.stage == first) for step in route]


def _step(act: Act, step: RouteStep, *, is_open: bool) -> CaseStep:
    limit = Limit(step.limit.count, step.limit.unit)
    if step.post not in act.posts:
        raise PostNotFilled(post=step.post)
    return CaseStep(
        case_id=act.case.id,
        code=step.code,
        name=step.name,
        kind=step.kind,
        stage=step.stage,
        post_id=act.posts[step.post],
        state=StepState.OPEN if is_open else StepState.WAITING,
        opened_at=act.now if is_open else None,
        due_on=start_limit(ClockKind.STEP, limit, clock.local_date(act.now), act.calendar).watch_on
        if is_open
        else None,
    )


def turn_away_case(
    *,
    by: Officer,
    case_id: UUID,
    reason: str,
    legal_basis: str,
    correct_agency: str = "",
    revision: int | None = None,
    now: datetime,
) -> Case:
    """Do not accept, in writing: no licence is needed, or another agency is responsible.

    Law: XKF art. 32(1)(1)(2), art. 32 last paragraph
    Raises: ReasonMissing, MoveNotAllowed
    """
    _check_reason(reason, legal_basis)
    with take_up(case_id, Verb.TURN_AWAY, by=by, now=now, revision=revision) as act:
        act.case.reason, act.case.accepted_by_id, act.case.closed_at = reason, act.staff_id, now
        act.stop_clocks(ClockKind.NOTICE)
        act.draw_up(
            LetterKind.NOT_ACCEPTED,
            reason=reason,
            legal_basis=legal_basis,
            correct_agency=correct_agency,
            **remedies(act.version),
        )
        return act.put_down("reason", "accepted_by", "closed_at", facts={}, event=CaseTurnedAway(act.case.id))


def ask_correction(*, by: Officer, case_id: UUID, revision: int | None = None, now: datetime) -> Case:
    """Say everything that is missing, once, line by line; the applicant has the item's days to hand it in.

    Law: XKF art. 32(1)(4)
    Raises: MaterialsNotChecked, NothingToCorrect, AlreadyNotified
    """
    with take_up(case_id, Verb.ASK_CORRECTION, by=by, now=now, revision=revision) as act:
        if act.case.corrections.exists():
            raise AlreadyNotified
        check_correctable((_name(act.version, row), Way(row.way), Verdict(row.verdict)) for row in act.materials)
        flawed = [row for row in act.materials if row.verdict == Verdict.FLAWED]
        days = Limit(act.version.content.correction_days, Unit.WORKING_DAY)
        limit = start_limit(ClockKind.CORRECTION, days, clock.local_date(now), act.calendar)
        lines = [{"code": row.code, "flaw": row.flaw} for row in flawed]
        act.writes.insert([CorrectionNotice(case_id=case_id, number=1, lines=lines, asked_at=now)])
        act.stop_clocks(ClockKind.NOTICE)
        act.writes.insert([clock_row(act.case, limit)])
        act.draw_up(LetterKind.CORRECTION, materials=flawed, correct_until=limit.watch_on)
        return act.put_down(facts={"lines": [row.code for row in flawed]}, event=CorrectionAsked(case_id))


def remedies(version: VersionRow) -> dict[str, Any]:
    """Where to turn against a decision, for its letter.

    Law: XKF art. 38
    """
    remedy = version.content.remedy
    return {
        "review_body": remedy.review_body,
        "review_days": remedy.review_days,
        "court": remedy.court,
        "court_months": remedy.court_months,
    }


def _check_reason(reason: str, legal_basis: str) -> None:
    if not reason.strip():
        raise ReasonMissing(field="reason")
    if not legal_basis.strip():
        raise ReasonMissing(field="legal_basis")


def _name(version: VersionRow, row: CaseMaterial) -> str:
    return next(line.name for line in version.content.materials if line.code == row.code)
