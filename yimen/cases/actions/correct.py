"""Corrections: the applicant mends what the one notice named; what does not come in time ends the case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from yimen.cases.actions.filing import clock_row
from yimen.cases.actions.given import GivenMaterial, check_files, stored
from yimen.cases.actions.move import take_up
from yimen.cases.errors import MaterialsMissing, UnknownLine
from yimen.cases.events import CaseTerminated, CorrectionSupplied
from yimen.cases.models import Case, CaseFile, CaseMaterial
from yimen.cases.rules import NOTICE_LIMIT, start_limit
from yimen.cases.terms import ClockKind, Verb, Verdict, Way
from yimen.documents.terms import FileKind, LetterKind
from yimen.identity.terms import Officer
from yimen.kernel import clock
from yimen.kernel.actors import SYSTEM, Actor


def supply_correction(
    *, by: Actor, case_id: UUID, materials: Mapping[str, GivenMaterial], revision: int | None = None, now: datetime
) -> Case:
    """Hand in what was asked for, all of it; the case is received anew, and the notice clock with it.

    What was handed in before stays on file. Law: XKF art. 32(1)(4)(5)
    Raises: MaterialsMissing, UnknownLine, MoveNotAllowed, NotYourCase
    """
    with take_up(case_id, Verb.SUPPLY_CORRECTION, by=by, now=now, revision=revision) as act:
        check_files(by, materials)
        asked = {row.code: row for row in act.materials if row.verdict == Verdict.FLAWED}
        if set(materials) - set(asked):
            raise UnknownLine
        _check_all_given(act.version.content.materials, asked, materials)
        for code, given in materials.items():
            _replace(asked[code], given, by=by, now=now)
        act.case.corrections.filter(supplied_at=None).update(supplied_at=now)
        act.case.received_at = now
        act.stop_clocks(ClockKind.CORRECTION)
        limit = start_limit(ClockKind.NOTICE, NOTICE_LIMIT, clock.local_date(now), act.calendar)
        act.writes.insert([clock_row(act.case, limit)])
        act.draw_up(LetterKind.CORRECTION_RECEIPT, materials=[asked[code] for code in materials])
        return act.put_down(
            "received_at",
            facts={"lines": {code: given.way for code, given in materials.items()}},
            event=CorrectionSupplied(act.case.id),
        )


def _check_all_given(
    lines: tuple[object, ...], asked: Mapping[str, CaseMaterial], given: Mapping[str, GivenMaterial]
) -> None:
    names = {line.code: line.name for line in lines}  # type: ignore[attr-defined]
    missing = [
        code for code in asked if code not in given or not (given[code].has_files or given[code].way == Way.PAPER)
    ]
    if missing:
        raise MaterialsMissing(field=missing[0], names="、".join(names[code] for code in missing))


def _replace(row: CaseMaterial, given: GivenMaterial, *, by: Actor, now: datetime) -> None:
    is_paper = given.way == Way.PAPER and not given.has_files
    row.files.filter(replaced_at=None).update(replaced_at=now)
    kind = FileKind.SCAN if isinstance(by, Officer) else FileKind.UPLOAD
    files = stored(given, by=by, kind=kind, subject_id=row.case_id, now=now)
    CaseFile.objects.bulk_create(CaseFile(material=row, file_id=file_id) for file_id in files)
    row.way = Way.PAPER if is_paper else Way.SCAN if isinstance(by, Officer) else Way.UPLOAD
    row.verdict, row.flaw = Verdict.OPEN, ""
    row.given_at = None if is_paper and not isinstance(by, Officer) else now
    row.save(update_fields=["way", "verdict", "flaw", "given_at"])


def terminate_case(*, case_id: UUID, now: datetime) -> Case:
    """Corrections did not come by the day of the notice: the case ends, and the applicant is told. May run twice.

    Nobody is blacklisted for it; filing again is possible at once.
    """
    with take_up(case_id, Verb.TERMINATE, by=SYSTEM, now=now) as act:
        act.case.closed_at = now
        act.stop_clocks(ClockKind.CORRECTION)
        names = {line.code: line.name for line in act.version.content.materials}
        returned = tuple(names[row.code] for row in act.materials if row.way == Way.PAPER and row.given_at)
        act.draw_up(LetterKind.TERMINATION, returned=returned)
        return act.put_down("closed_at", facts={}, event=CaseTerminated(act.case.id))
