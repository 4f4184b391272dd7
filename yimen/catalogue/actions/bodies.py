"""Departments and regions by their codes, made where an imported list names new ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from yimen.catalogue.errors import AgencyUnknown, RegionUnknown
from yimen.identity.actions import AgencyFacts, register_agency
from yimen.identity.queries import agencies
from yimen.kernel import clock
from yimen.kernel.actors import Actor
from yimen.places.actions import RegionFacts, add_region
from yimen.places.errors import RegionUnknown as NoSuchRegion
from yimen.places.queries import region
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
    """Every department, and the regions that are named, after new ones with names were registered.

    One query, and one for each region.
    """
    regions: dict[str, tuple[int, str]] = {}
    departments = {row.code: (row.id, row.name) for row in agencies()}
    for one in named:
        if one.region not in regions:
            found = _region(one, by=by, now=now)
            regions |= {one.region: found} if found else {}
        if one.agency_name and one.agency not in departments:
            facts = AgencyFacts(code=one.agency, name=one.agency_name, region_id=regions[one.region][0])
            agency = register_agency(by=by, facts=facts, now=now)
            departments[one.agency] = (agency.pk, agency.name)
    return Bodies(departments, regions)


def _region(one: Named, *, by: Actor, now: datetime) -> tuple[int, str] | None:
    today = clock.local_date(now)
    try:
        found = region(one.region, today)
    except NoSuchRegion:
        if not one.region_name:
            return None
        level = {2: RegionLevel.PROVINCE, 4: RegionLevel.CITY}.get(len(one.region.rstrip("0")), RegionLevel.DISTRICT)
        facts = RegionFacts(code=one.region, name=one.region_name)
        new = add_region(by=by, facts=facts, level=level, valid_from=today, now=now)
        return new.pk, new.path
    return found.id, found.path
