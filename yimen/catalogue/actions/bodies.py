"""Departments and regions by their codes, made where an imported list names new ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from yimen.catalogue.errors import AgencyUnknown, RegionUnknown
from yimen.identity.models import Agency
from yimen.kernel import clock
from yimen.kernel.actors import Actor
from yimen.places.models import Region
from yimen.places.terms import RegionLevel


@dataclass(frozen=True, slots=True)
class Named:
    """A department and a region as a line names them; names are empty where the line gives codes only."""

    agency: str
    agency_name: str
    region: str
    region_name: str


@dataclass(frozen=True, slots=True)
class Bodies:
    """Who is there: departments as code → (key, name), regions as code → (key, path)."""

    agencies: dict[str, tuple[int, str]]
    regions: dict[str, tuple[int, str]]

    def check(self, named: Named) -> None:
        """Both are there. Raises: AgencyUnknown, RegionUnknown."""
        if named.region not in self.regions:
            raise RegionUnknown(field="region", region=named.region)
        if named.agency not in self.agencies:
            raise AgencyUnknown(field="agency", agency=named.agency)


def known_bodies(named: Sequence[Named], *, by: Actor, now: datetime) -> Bodies:
    """Every department and region, after the new ones that have names were registered. Two queries where nothing is new."""
    bodies = Bodies(
        {row.code: (row.pk, row.name) for row in Agency.objects.all()},
        {row.code: (row.pk, row.path) for row in Region.objects.filter(valid_until=None)},
    )
    for one in named:
        if one.region_name and one.region not in bodies.regions:
            region = _register_region(one, now)
            bodies.regions[one.region] = (region.pk, region.path)
        if one.agency_name and one.agency not in bodies.agencies:
            agency = _register_agency(one, bodies.regions[one.region][0])
            bodies.agencies[one.agency] = (agency.pk, agency.name)
    return bodies


def _register_region(one: Named, now: datetime) -> Region:
    level = {2: RegionLevel.PROVINCE, 4: RegionLevel.CITY}.get(len(one.region.rstrip("0")), RegionLevel.DISTRICT)
    return Region.objects.create(
        code=one.region, name=one.region_name, level=level, path=one.region, valid_from=clock.local_date(now)
    )


def _register_agency(one: Named, region_id: int) -> Agency:
    return Agency.objects.create(code=one.agency, name=one.agency_name, region_id=region_id)
