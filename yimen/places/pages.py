"""Where the halls are, and when they are open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yimen.kernel import clock
from yimen.places import queries
from yimen.places.terms import RegionLevel, Tier, Weekday, WindowKind

#: How far ahead the page of a centre shows days that are not like their weekday.
_AHEAD = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Street:
    """A street and the centres in it."""

    region: queries.RegionRow
    lines: tuple[queries.CentreLine, ...]


@dataclass(frozen=True, slots=True)
class WindowGroup:
    """Windows of one kind in a zone: ``A01–A30``."""

    kind: str
    codes: str
    count: int


@dataclass(frozen=True, slots=True)
class ZoneOnPage:
    """A zone and its windows by kind."""

    row: queries.ZoneRow
    groups: tuple[WindowGroup, ...]


@require_safe
def centres(request: HttpRequest) -> HttpResponse:
    """All halls: the district's, then street by street."""
    now = clock.now()
    lines = queries.centre_lines(now)
    house = queries.institution()
    district = queries.region(house.region_code, clock.local_date(now))
    values = {
        "district_lines": [line for line in lines if line.centre.tier == Tier.DISTRICT],
        "streets": _by_street(lines, district),
        "open_count": sum(line.is_open_now for line in lines),
        "count": len(lines),
        "shown_at": now,
    }
    return render(request, "places/centres.html", values)


def _by_street(lines: list[queries.CentreLine], district: queries.RegionRow) -> list[Street]:
    """Streets that have a centre, by code; a street's own centre before those of its communities."""
    found = []
    for street in queries.regions_in(district.path, clock.today(), RegionLevel.STREET):
        inside = [line for line in lines if f"{line.centre.region_path}/".startswith(f"{street.path}/")]
        if inside:
            ordered = sorted(inside, key=lambda line: (line.centre.tier != Tier.STREET, line.centre.code))
            found.append(Street(street, tuple(ordered)))
    return found


@require_safe
def centre(request: HttpRequest, code: str) -> HttpResponse:
    """One hall: address, hours of the week, what is different soon, zones and windows."""
    now = clock.now()
    today = clock.local_date(now)
    found = queries.centre(code)
    times = queries.opening_times(found.id)
    values = {
        "line": queries.line_of(found, times, now),
        "centre": found,
        "week": queries.usual_week(times, today),
        "exceptions": queries.exceptions_of(found.id, today, today + _AHEAD),
        "zones": [ZoneOnPage(zone, _groups(zone)) for zone in queries.zones_of(found.id)],
        "amenities": [str(amenity.label) for amenity in found.amenities],
        "weekdays": {int(one.value): str(one.label) for one in Weekday},
        "weekday_today": today.isoweekday(),
    }
    return render(request, "places/centre.html", values)


def _groups(zone: queries.ZoneRow) -> tuple[WindowGroup, ...]:
    groups = []
    for kind in WindowKind:
        codes = [window.code for window in zone.windows if window.kind == kind and window.is_open]
        if codes:
            shown = codes[0] if len(codes) == 1 else f"{codes[0]}–{codes[-1]}"
            groups.append(WindowGroup(str(kind.label), shown, len(codes)))
    return tuple(groups)
