"""The institution and the administrative tree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from json import loads

from django.db.models import Q, QuerySet

from yimen.kernel.questions import Question, Rows
from yimen.places.errors import InstitutionMissing, RegionUnknown
from yimen.places.models import Region
from yimen.places.terms import RegionLevel

Names = dict[str, str]


@dataclass(frozen=True, slots=True)
class InstitutionRow:
    """Who runs this installation."""

    name: str
    names: Names
    case_prefix: str
    hotline: str
    sponsor: str
    sponsors: Names
    region_code: str
    region_id: int


@dataclass(frozen=True, slots=True)
class RegionRow:
    """A piece of the administrative tree and the days between which it stands (the last one no longer)."""

    id: int
    code: str
    name: str
    names: Names
    level: RegionLevel
    path: str
    valid_from: date
    valid_until: date | None


def institution() -> InstitutionRow:
    """Who runs this installation. One query. Raises: InstitutionMissing."""
    return asking_institution().answer()


def asking_institution() -> Question[InstitutionRow]:
    """The same to be asked among others."""
    return Question(
        """
        SELECT house.name, house.names, house.case_prefix, house.hotline, house.sponsor, house.sponsors,
               region.code, region.id
        FROM places_institution house JOIN places_region region ON region.id = house.region_id LIMIT 1
        """,
        (),
        _institution_row,
    )


def _institution_row(rows: Rows) -> InstitutionRow:
    if not rows:
        raise InstitutionMissing
    name, names, prefix, hotline, sponsor, sponsors, region_code, region_id = rows[0]
    return InstitutionRow(
        name=name,
        names=loads(names),
        case_prefix=prefix,
        hotline=hotline,
        sponsor=sponsor,
        sponsors=loads(sponsors),
        region_code=region_code,
        region_id=region_id,
    )


def region(code: str, on: date) -> RegionRow:
    """The region that bears this code on that day. One query. Raises: RegionUnknown."""
    row = _standing(on).filter(code=code).first()
    if row is None:
        raise RegionUnknown(field="region", code=code, day=on.isoformat())
    return _region_row(row)


def regions_in(path: str, on: date, level: str = "") -> list[RegionRow]:
    """What lies under a path on that day (itself left out), by code. One query."""
    rows = _standing(on).filter(path__startswith=f"{path}/").order_by("code")
    return [_region_row(row) for row in (rows.filter(level=level) if level else rows)]


def successors_of(region_id: int) -> list[RegionRow]:
    """What an ended region became, by code. One query."""
    return [_region_row(row) for row in Region.objects.filter(predecessors=region_id).order_by("code")]


def _standing(on: date) -> QuerySet[Region]:
    return Region.objects.filter(Q(valid_until=None) | Q(valid_until__gt=on), valid_from__lte=on)


def _region_row(row: Region) -> RegionRow:
    level = RegionLevel(row.level)
    return RegionRow(row.pk, row.code, row.name, row.names, level, row.path, row.valid_from, row.valid_until)
