"""Centres, zones and windows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from json import loads

from django.db.models import Q, QuerySet

from yimen.kernel.questions import Question, Rows
from yimen.places.errors import CentreUnknown, WindowUnknown
from yimen.places.models import Centre, Window, Zone
from yimen.places.queries.regions import Names
from yimen.places.terms import Amenity, Tier, WindowKind


@dataclass(frozen=True, slots=True)
class CentreRow:
    """A service centre."""

    id: int
    code: str
    name: str
    names: Names
    tier: Tier
    region_id: int
    region_code: str
    region_path: str
    region_name: str
    region_names: Names
    address: str
    addresses: Names
    directions: str
    phone: str
    amenities: tuple[Amenity, ...]
    is_open: bool


@dataclass(frozen=True, slots=True)
class WindowRow:
    """A window, and where it is."""

    id: int
    code: str
    kind: WindowKind
    is_open: bool
    zone_code: str
    zone_name: str
    zone_names: Names
    centre_id: int
    centre_code: str


@dataclass(frozen=True, slots=True)
class ZoneRow:
    """A part of a hall with its windows."""

    code: str
    name: str
    names: Names
    windows: tuple[WindowRow, ...]


def centre(code: str) -> CentreRow:
    """The centre with this code. One query. Raises: CentreUnknown."""
    return _one_centre(Centre.objects.filter(code=code), code)


def centre_by_id(centre_id: int) -> CentreRow:
    """The centre with this key. One query. Raises: CentreUnknown."""
    return _one_centre(Centre.objects.filter(pk=centre_id), str(centre_id))


def asking_centre_id(code: str) -> Question[int]:
    """Key of the centre with this code, to be asked among other questions.

    Raises: CentreUnknown, when it is read
    """

    def read(rows: Rows) -> int:
        if not rows:
            raise CentreUnknown(field="centre", code=code[:40])
        return int(rows[0][0])

    return Question("SELECT id FROM places_centre WHERE code = %s", (code,), read)


def asking_centre(centre_id: int) -> Question[CentreRow]:
    """The centre with this key, to be asked among other questions.

    Raises: CentreUnknown, when it is read
    """
    return Question(
        """
        SELECT centre.id, centre.code, centre.name, centre.names, centre.address, centre.addresses, centre.directions,
               centre.phone, centre.tier, centre.amenities, centre.is_open,
               region.id, region.code, region.path, region.name, region.names
        FROM places_centre centre JOIN places_region region ON region.id = centre.region_id WHERE centre.id = %s
        """,
        (centre_id,),
        _centre_of,
    )


def _centre_of(rows: Rows) -> CentreRow:
    if not rows:
        raise CentreUnknown(field="centre", code="")
    own, (region_id, region_code, path, region_name, region_names) = rows[0][:11], rows[0][11:]
    pk, code, name, names, address, addresses, directions, phone, tier, amenities, is_open = own
    return CentreRow(
        id=pk,
        code=code,
        name=name,
        names=loads(names),
        tier=Tier(tier),
        region_id=region_id,
        region_code=region_code,
        region_path=path,
        region_name=region_name,
        region_names=loads(region_names),
        address=address,
        addresses=loads(addresses),
        directions=directions,
        phone=phone,
        amenities=tuple(Amenity(one) for one in loads(amenities)),
        is_open=is_open,
    )


def asking_place(centre_id: int, window_id: int | None) -> Question[tuple[str, str]]:
    """Name of the centre and code of the window, empty where there is none: what stands on a letter."""
    return Question(
        """
        SELECT centre.name, coalesce(place.code, '') FROM places_centre centre
        LEFT JOIN places_window place ON place.id = %s WHERE centre.id = %s
        """,
        (window_id, centre_id),
        lambda rows: (rows[0][0], rows[0][1]) if rows else ("", ""),
    )


def centres_by_id(ids: Iterable[int]) -> list[CentreRow]:
    """The centres with these keys, by code; unknown keys are passed over. One query."""
    return [_centre_row(row) for row in Centre.objects.select_related("region").filter(pk__in=list(ids))]


def centres(tier: str = "", region_path: str = "") -> list[CentreRow]:
    """The centres of a tier, in a region or under it, by code; all of them without a condition. One query."""
    rows = Centre.objects.select_related("region")
    if tier:
        rows = rows.filter(tier=tier)
    if region_path:
        rows = rows.filter(Q(region__path=region_path) | Q(region__path__startswith=f"{region_path}/"))
    return [_centre_row(row) for row in rows]


def _one_centre(rows: QuerySet[Centre], code: str) -> CentreRow:
    row = rows.select_related("region").first()
    if row is None:
        raise CentreUnknown(field="centre", code=code[:40])
    return _centre_row(row)


def _centre_row(row: Centre) -> CentreRow:
    own = {
        key: getattr(row, key) for key in ("id", "code", "name", "names", "address", "addresses", "directions", "phone")
    }
    return CentreRow(
        **own,
        tier=Tier(row.tier),
        region_id=row.region_id,
        region_code=row.region.code,
        region_path=row.region.path,
        region_name=row.region.name,
        region_names=row.region.names,
        amenities=tuple(Amenity(one) for one in row.amenities),
        is_open=row.is_open,
    )


def window_row(window_id: int) -> WindowRow:
    """The window with this key. One query. Raises: WindowUnknown."""
    row = Window.objects.select_related("zone", "centre").filter(pk=window_id).first()
    if row is None:
        raise WindowUnknown(field="window")
    return _window_row(row)


def windows_of(centre_id: int) -> list[WindowRow]:
    """The windows of a centre, by code. One query."""
    rows = Window.objects.select_related("zone", "centre").filter(centre=centre_id).order_by("code")
    return [_window_row(row) for row in rows]


def zones_of(centre_id: int) -> list[ZoneRow]:
    """The zones of a centre with their windows, by code. Two queries."""
    windows = defaultdict(list)
    for row in windows_of(centre_id):
        windows[row.zone_code].append(row)
    zones = Zone.objects.filter(centre=centre_id).order_by("code")
    return [ZoneRow(zone.code, zone.name, zone.names, tuple(windows[zone.code])) for zone in zones]


def _window_row(row: Window) -> WindowRow:
    return WindowRow(
        id=row.pk,
        code=row.code,
        kind=WindowKind(row.kind),
        is_open=row.is_open,
        zone_code=row.zone.code,
        zone_name=row.zone.name,
        zone_names=row.zone.names,
        centre_id=row.centre_id,
        centre_code=row.centre.code,
    )
