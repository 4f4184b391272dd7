"""The places of a data set: regions, splits, the institution, centres with their hours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django.db import transaction

from yimen.kernel.actors import SYSTEM
from yimen.places.actions import (
    CentreFacts,
    InstitutionFacts,
    RegionFacts,
    Successor,
    WindowFacts,
    ZoneFacts,
    add_region,
    change_hours,
    open_centre,
    set_exception,
    set_institution,
    split_region,
)
from yimen.places.terms import RegionLevel, Tier, WindowKind

Data = Mapping[str, Any]


@transaction.atomic
def load_places(data: Data, now: datetime) -> None:
    """Bring everything in ``places.json`` into the house, through the actions. May run twice."""
    for given in data["regions"]:
        _add_region(given, now)
    for given in data["splits"]:
        successors = [_successor(one) for one in given["successors"]]
        on = date.fromisoformat(given["on"])
        split_region(by=SYSTEM, code=given["code"], on=on, successors=successors, now=now)
    set_institution(by=SYSTEM, facts=_institution(data["institution"]), now=now)
    for given in data["centres"]:
        _open_centre(given, now)


def _add_region(given: Data, now: datetime) -> None:
    add_region(
        by=SYSTEM,
        facts=_region(given),
        level=RegionLevel(given["level"]),
        parent_code=given["parent"],
        valid_from=date.fromisoformat(given["valid_from"]),
        now=now,
    )


def _region(given: Data) -> RegionFacts:
    return RegionFacts(given["code"], given["name"], given.get("names", {}))


def _successor(given: Data) -> Successor:
    takes = {code: _region(part) for code, part in given["takes"].items()}
    return Successor(_region(given), takes, given["centres"])


def _institution(given: Data) -> InstitutionFacts:
    return InstitutionFacts(
        region_code=given["region"], **{key: text for key, text in given.items() if key != "region"}
    )


def _open_centre(given: Data, now: datetime) -> None:
    open_centre(by=SYSTEM, facts=_centre(given), now=now)
    week = {int(weekday): _intervals(rows) for weekday, rows in given["hours"].items()}
    valid_from = date.fromisoformat(given["hours_from"])
    change_hours(by=SYSTEM, centre_code=given["code"], week=week, valid_from=valid_from, now=now)
    for one in given["exceptions"]:
        set_exception(
            by=SYSTEM,
            centre_code=given["code"],
            day=date.fromisoformat(one["day"]),
            intervals=_intervals(one["intervals"]),
            reason=one["reason"],
            reasons=one["reasons"],
            now=now,
        )


def _centre(given: Data) -> CentreFacts:
    same = ("code", "name", "names", "address", "addresses", "directions", "phone", "amenities")
    return CentreFacts(
        **{key: given[key] for key in same},
        tier=Tier(given["tier"]),
        region_code=given["region"],
        zones=[_zone(zone) for zone in given["zones"]],
    )


def _zone(given: Data) -> ZoneFacts:
    windows = [window for row in given["windows"] for window in _windows(row)]
    return ZoneFacts(given["code"], given["name"], given["names"], windows)


def _windows(row: Data) -> Iterator[WindowFacts]:
    """``{"first": "A01", "last": "A30", …}``: a letter and two digits."""
    letter, first, last = row["first"][0], int(row["first"][1:]), int(row["last"][1:])
    for number in range(first, last + 1):
        yield WindowFacts(f"{letter}{number:02}", WindowKind(row["kind"]))


def _intervals(rows: Sequence[Sequence[str]]) -> list[tuple[time, time]]:
    return [(time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in rows]
