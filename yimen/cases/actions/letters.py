"""Official letters of a case: the facts, gathered once, in the words that the law wants on paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import override

from yimen.cases.models import Case, CaseLetter, CaseMaterial, Clock
from yimen.cases.terms import ClockKind, Verdict, Way
from yimen.catalogue.queries import VersionRow
from yimen.documents.actions import letter_row
from yimen.documents.models import Letter
from yimen.documents.terms import LetterFacts, LetterKind, LimitFacts, MaterialLine
from yimen.identity.terms import Officer
from yimen.kernel.actors import Actor
from yimen.places.queries import InstitutionRow

#: Lines that stand on no letter, and on receipts what was not given.
_NOT_SAID = {Way.NOT_NEEDED, Way.EXEMPT}
_NOT_RECEIVED = {*_NOT_SAID, Way.NONE}
#: Letters on which the query PIN stands: what the applicant takes home to follow the case.
_WITH_PIN = {LetterKind.RECEIPT, LetterKind.CORRECTION_RECEIPT}


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a case on its letters: who runs the hall, where, whose case it is, the letter's serial."""

    house: InstitutionRow
    centre_name: str
    window_code: str
    #: Name and masked number of the persons of the case.
    people: dict[UUID, tuple[str, str]]
    serial: int


def letter_rows(
    case: Case,
    kind: LetterKind,
    version: VersionRow,
    around: Around,
    *,
    by: Actor,
    now: datetime,
    materials: Iterable[CaseMaterial] = (),
    clocks: Iterable[Clock] = (),
    **more: Any,
) -> tuple[Letter, CaseLetter]:
    """The letter and its place on the case's file, not yet written. ``more`` are facts that only the act knows."""
    left_out = _NOT_RECEIVED if kind in _WITH_PIN else _NOT_SAID
    lines = [row for row in materials if row.way not in left_out]
    facts = LetterFacts(
        **_who_and_where(case, version, around, by),
        pin=case.pin if kind in _WITH_PIN else "",
        materials=tuple(_line(version, row) for row in lines),
        **_limits(clocks),
        **more,
    )
    letter = letter_row(
        kind=kind,
        serial=around.serial,
        subject_kind="case",
        subject_no=case.case_no,
        facts=facts,
        language=case.language,
        now=now,
    )
    return letter, CaseLetter(case_id=case.id, letter_id=letter.id)


def _who_and_where(case: Case, version: VersionRow, around: Around, by: Actor) -> dict[str, Any]:
    person = around.people.get(case.person_id or case.representative_id or case.id, ("", ""))
    representative = around.people.get(case.representative_id or case.id, ("", ""))
    with override("zh-hans"):
        item_type = str(version.type.label)
    return {
        "institution": around.house.name,
        "agency": version.agency_name,
        "case_no": case.case_no,
        "item_name": version.name,
        "item_type": item_type,
        "item_code": version.code,
        "applicant_name": case.applicant_name,
        "id_masked": person[1],
        "representative_name": representative[0],
        "centre": around.centre_name,
        "window": around.window_code,
        "officer": by.label if isinstance(by, Officer) else "",
        "filed_at": case.filed_at,
        "received_at": case.received_at,
        "accepted_at": case.accepted_at,
        "decided_at": case.decided_at,
        "contact_phone": version.content.consult_phone or around.house.hotline,
        "hotline": around.house.hotline,
        "query_url": f"{settings.BASE_URL}/check/",
    }


def _line(version: VersionRow, row: CaseMaterial) -> MaterialLine:
    line = next(line for line in version.content.materials if line.code == row.code)
    is_flawed = row.verdict == Verdict.FLAWED
    return MaterialLine(
        name=line.name,
        originals=line.originals,
        copies=row.copies or line.copies,
        way="paper-to-come" if row.way == Way.PAPER and row.given_at is None else row.way,
        flaw=row.flaw if is_flawed else "",
        how_to_mend=line.note if is_flawed else "",
    )


def _limits(clocks: Iterable[Clock]) -> dict[str, LimitFacts]:
    names = {ClockKind.STATUTORY: "statutory", ClockKind.PROMISED: "promised"}
    return {
        names[ClockKind(clock.kind)]: LimitFacts(
            count=clock.count,
            unit=clock.unit,
            due_on=clock.due_on,
            missing_year=None if clock.due_on else clock.watch_on.year,
        )
        for clock in clocks
        if clock.kind in names
    }
