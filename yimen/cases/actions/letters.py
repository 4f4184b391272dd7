"""Official letters of a case: the facts, gathered once, in the words that the law wants on paper."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings

from yimen.cases.models import Case, CaseLetter, CaseMaterial, Clock
from yimen.cases.terms import ClockKind, Verdict, Way
from yimen.catalogue.queries import VersionRow
from yimen.documents.actions import draw_up
from yimen.documents.models import Letter
from yimen.documents.terms import LetterFacts, LetterKind, LimitFacts, MaterialLine
from yimen.identity.queries import agency_row, person_row
from yimen.identity.terms import Officer
from yimen.kernel.actors import Actor
from yimen.places.queries import centre_by_id, institution, window_row


def draw_up_for(
    case: Case,
    kind: LetterKind,
    version: VersionRow,
    *,
    by: Actor,
    now: datetime,
    materials: Iterable[CaseMaterial] = (),
    clocks: Iterable[Clock] = (),
    **more: Any,
) -> Letter:
    """Draw up a letter of the case and put it on file; ``more`` are facts that only the act knows."""
    facts = LetterFacts(
        **_who_and_where(case, version, by),
        materials=tuple(_line(version, row) for row in materials if row.way not in {Way.NOT_NEEDED, Way.EXEMPT}),
        **_limits(clocks),
        **more,
    )
    letter = draw_up(
        kind=kind, subject_kind="case", subject_no=case.case_no, facts=facts, language=case.language, now=now
    )
    CaseLetter.objects.create(case=case, letter=letter)
    return letter


def _who_and_where(case: Case, version: VersionRow, by: Actor) -> dict[str, Any]:
    house, agency, centre = institution(), agency_row(case.agency_id), centre_by_id(case.centre_id)
    person_id = case.person_id or case.representative_id
    return {
        "institution": house.name,
        "agency": agency.name,
        "case_no": case.case_no,
        "pin": case.pin,
        "item_name": version.name,
        "item_code": version.code,
        "applicant_name": case.applicant_name,
        "id_masked": person_row(person_id).id_masked if person_id else "",
        "representative_name": person_row(case.representative_id).name if case.representative_id else "",
        "centre": centre.name,
        "window": window_row(case.window_id).code if case.window_id else "",
        "officer": by.label if isinstance(by, Officer) else "",
        "filed_at": case.filed_at,
        "received_at": case.received_at,
        "accepted_at": case.accepted_at,
        "decided_at": case.decided_at,
        "contact_phone": version.content.consult_phone or house.hotline,
        "hotline": house.hotline,
        "query_url": f"{settings.BASE_URL}/check/",
    }


def _line(version: VersionRow, row: CaseMaterial) -> MaterialLine:
    line = next(line for line in version.content.materials if line.code == row.code)
    return MaterialLine(
        name=line.name,
        originals=line.originals,
        copies=row.copies or line.copies,
        way=row.way,
        flaw=row.flaw if row.verdict == Verdict.FLAWED else "",
        how_to_mend=line.note if row.verdict == Verdict.FLAWED else "",
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
