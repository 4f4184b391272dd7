"""Paper to be sent, and bags on their way."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, Exists, F, Func, OuterRef

from yimen.cases.models import CaseMaterial, HandOverLine, HandOverList
from yimen.cases.terms import CaseState, Way
from yimen.catalogue.queries import version
from yimen.identity.queries import agency_row
from yimen.identity.terms import Officer

_CODES = ArrayField(CharField(max_length=40))


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A case whose paper lies at the centre."""

    case_id: UUID
    case_no: str
    item_name: str
    applicant_name: str
    papers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PaperPile:
    """Paper for one department."""

    agency_id: int
    agency_name: str
    rows: tuple[PaperRow, ...]


@dataclass(frozen=True, slots=True)
class BagRow:
    """A sealed bag."""

    number: str
    bag_no: str
    agency_id: int
    agency_name: str
    centre_id: int
    letter_id: UUID | None
    sent_at: datetime
    received_at: datetime | None
    cases: int


def paper_to_send(officer: Officer) -> list[PaperPile]:
    """Paper of accepted cases at the officer's centre that no bag holds yet, by department. One query."""
    if officer.centre_id is None:
        return []
    code = Func(OuterRef("code"), template="ARRAY[%(expressions)s]::varchar[]", output_field=_CODES)
    sent = HandOverLine.objects.filter(case_id=OuterRef("case_id"), materials__contains=code)
    papers = (
        CaseMaterial.objects.filter(
            case__centre_id=officer.centre_id,
            case__state__in=[CaseState.IN_REVIEW, CaseState.AWAITING_PAYMENT],
            way=Way.PAPER,
            given_at__isnull=False,
        )
        .exclude(Exists(sent))
        .select_related("case")
        .order_by("case__accepted_at", "position")[:500]
    )
    by_case: dict[UUID, list[CaseMaterial]] = defaultdict(list)
    for row in papers:
        by_case[row.case_id].append(row)
    piles: dict[int, list[PaperRow]] = defaultdict(list)
    for rows in by_case.values():
        case = rows[0].case
        found = version(case.version_id)
        names = {line.code: line.name for line in found.content.materials}
        papers_of_case = tuple(names[row.code] for row in rows)
        piles[case.agency_id].append(PaperRow(case.id, case.case_no, found.name, case.applicant_name, papers_of_case))
    return [PaperPile(agency_id, agency_row(agency_id).name, tuple(rows)) for agency_id, rows in piles.items()]


def bags(officer: Officer) -> list[BagRow]:
    """The last bags of the officer's centre, or to the officer's agency; those not signed for first."""
    rows = HandOverList.objects.prefetch_related("lines").order_by(F("received_at").desc(nulls_first=True), "-sent_at")
    if officer.agency_id is not None:
        rows = rows.filter(agency_id=officer.agency_id)
    else:
        rows = rows.filter(centre_id=officer.centre_id or 0)
    return [
        BagRow(
            number=row.number,
            bag_no=row.bag_no,
            agency_id=row.agency_id,
            agency_name=agency_row(row.agency_id).name,
            centre_id=row.centre_id,
            letter_id=row.letter_id,
            sent_at=row.sent_at,
            received_at=row.received_at,
            cases=len(row.lines.all()),
        )
        for row in rows[:60]
    ]
