"""Centres with their zones and windows, and when they are open."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from yimen.kernel import clock
from yimen.kernel.actors import Actor
from yimen.ledger.actions import write_line
from yimen.places.errors import AmenityUnknown, CentreUnknown, CodeNotValid, NameNotValid
from yimen.places.models import Centre, OpeningException, OpeningHours, Window, Zone
from yimen.places.queries import opening_times, usual_week
from yimen.places.queries import region as region_row
from yimen.places.rules import Interval, check_intervals, check_week
from yimen.places.terms import Amenity, Tier, WindowKind

_CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{0,19}")
_PART_CODE = re.compile(r"[A-Z0-9-]{1,10}")


@dataclass(frozen=True, slots=True)
class WindowFacts:
    """A window as somebody sets it up."""

    code: str
    kind: WindowKind = WindowKind.INTEGRATED
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class ZoneFacts:
    """A zone and its windows."""

    code: str
    name: str
    names: Mapping[str, str] = field(default_factory=dict)
    windows: Sequence[WindowFacts] = ()


@dataclass(frozen=True, slots=True)
class CentreFacts:
    """A centre as somebody describes it."""

    code: str
    name: str
    tier: Tier
    region_code: str
    address: str
    names: Mapping[str, str] = field(default_factory=dict)
    addresses: Mapping[str, str] = field(default_factory=dict)
    directions: str = ""
    phone: str = ""
    amenities: Sequence[str] = ()
    is_open: bool = True
    zones: Sequence[ZoneFacts] = ()


@transaction.atomic
def open_centre(*, by: Actor, facts: CentreFacts, now: datetime) -> Centre:
    """Open a centre with its zones and windows, or bring what is known of it up to date; windows are never taken away.

    A window that is left out stays as it is: close it by naming it. May run twice.

    Raises: CodeNotValid, NameNotValid, AmenityUnknown, RegionUnknown
    """
    _check(facts)
    given = _columns(facts, clock.local_date(now))
    row, is_new = Centre.objects.select_for_update().get_or_create(code=facts.code, defaults=given)
    has_changed = is_new or any(getattr(row, key) != value for key, value in given.items())
    for key, value in given.items():
        setattr(row, key, value)
    row.save()
    changed_parts = [_set_zone(row, zone) for zone in facts.zones]
    if has_changed or any(changed_parts):
        told = {"name": facts.name, "tier": str(facts.tier), "region": facts.region_code, "is_open": facts.is_open}
        write_line(chain=f"centre:{facts.code}", by=by, verb="open_centre", facts=told, now=now)
    return row


def _check(facts: CentreFacts) -> None:
    if not _CODE.fullmatch(facts.code):
        raise CodeNotValid(field="code", code=facts.code[:40])
    codes = [zone.code for zone in facts.zones] + [one.code for zone in facts.zones for one in zone.windows]
    for code in codes:
        if not _PART_CODE.fullmatch(code):
            raise CodeNotValid(field="zones", code=code[:40])
    for name in [facts.name, facts.address, *(zone.name for zone in facts.zones)]:
        if not 0 < len(name.strip()) <= 100:
            raise NameNotValid(field="name")
    for amenity in facts.amenities:
        if amenity not in Amenity.values:
            raise AmenityUnknown(field="amenities", amenity=amenity[:40], known=", ".join(Amenity.values))


def _columns(facts: CentreFacts, today: date) -> dict[str, object]:
    return {
        "name": facts.name,
        "names": dict(facts.names),
        "tier": facts.tier,
        "region_id": region_row(facts.region_code, today).id,
        "address": facts.address,
        "addresses": dict(facts.addresses),
        "directions": facts.directions,
        "phone": facts.phone,
        "amenities": list(facts.amenities),
        "is_open": facts.is_open,
    }


def _set_zone(centre: Centre, facts: ZoneFacts) -> bool:
    """Whether anything changed."""
    before = set(Window.objects.filter(centre=centre).values_list("code", "kind", "is_open", "zone__code"))
    given = {"name": facts.name, "names": dict(facts.names)}
    has_changed = not Zone.objects.filter(centre=centre, code=facts.code, **given).exists()
    zone, _is_new = Zone.objects.update_or_create(centre=centre, code=facts.code, defaults=given)
    wanted = [window for window in facts.windows if (window.code, window.kind, window.is_open, zone.code) not in before]
    Window.objects.bulk_create(
        [Window(centre=centre, zone=zone, code=one.code, kind=one.kind, is_open=one.is_open) for one in wanted],
        update_conflicts=True,
        unique_fields=["centre", "code"],
        update_fields=["zone", "kind", "is_open"],
    )
    return has_changed or bool(wanted)


@transaction.atomic
def change_hours(
    *, by: Actor, centre_code: str, week: Mapping[int, Sequence[Interval]], valid_from: date, now: datetime
) -> list[OpeningHours]:
    """Give a centre another week from a day on; Monday is 1, days that are not named are closed.

    What was planned from that day on is replaced; the days before keep their hours. The same week again changes
    nothing. May run twice.

    Raises: CentreUnknown, WeekdayNotValid, IntervalsNotValid
    """
    sound = check_week(week)
    centre = _locked(centre_code)
    if dict(usual_week(opening_times(centre.pk), valid_from)) == {key: list(rows) for key, rows in sound.items()}:
        return list(centre.hours.filter(Q(valid_until=None) | Q(valid_until__gt=valid_from)))
    centre.hours.filter(valid_from__gte=valid_from).delete()
    centre.hours.filter(Q(valid_until=None) | Q(valid_until__gt=valid_from)).update(valid_until=valid_from)
    rows = OpeningHours.objects.bulk_create(
        OpeningHours(centre=centre, weekday=str(weekday), opens=opens, closes=closes, valid_from=valid_from)
        for weekday, intervals in sound.items()
        for opens, closes in intervals
    )
    told = {"valid_from": valid_from.isoformat(), "week": {str(key): _shown(rows) for key, rows in sound.items()}}
    write_line(chain=f"centre:{centre_code}", by=by, verb="change_hours", facts=told, now=now)
    return rows


@transaction.atomic
def set_exception(
    *,
    by: Actor,
    centre_code: str,
    day: date,
    intervals: Sequence[Interval],
    reason: str,
    reasons: Mapping[str, str],
    now: datetime,
) -> OpeningException:
    """Say that a centre is closed on a day, or open at other times than usual, and why. May run twice.

    Raises: CentreUnknown, IntervalsNotValid, NameNotValid
    """
    stored = _shown(check_intervals(intervals, of="intervals"))
    if not 0 < len(reason.strip()) <= 200:
        raise NameNotValid(field="reason")
    centre = _locked(centre_code)
    given = {"intervals": stored, "reason": reason.strip(), "reasons": dict(reasons)}
    row, is_new = OpeningException.objects.get_or_create(centre=centre, day=day, defaults=given)
    if not is_new and all(getattr(row, key) == value for key, value in given.items()):
        return row
    row.intervals, row.reason, row.reasons = stored, reason.strip(), dict(reasons)
    row.save()
    told = {"day": day.isoformat(), "intervals": stored, "reason": reason.strip()}
    write_line(chain=f"centre:{centre_code}", by=by, verb="set_exception", facts=told, now=now)
    return row


def _locked(code: str) -> Centre:
    row = Centre.objects.select_for_update().filter(code=code).first()
    if row is None:
        raise CentreUnknown(field="centre", code=code[:40])
    return row


def _shown(intervals: Sequence[Interval]) -> list[list[str]]:
    return [[f"{opens:%H:%M}", f"{closes:%H:%M}"] for opens, closes in intervals]
