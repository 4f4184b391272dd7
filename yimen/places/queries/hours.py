"""When centres are open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from json import loads
from typing import Any

from yimen.kernel import clock
from yimen.kernel.questions import Question, Rows, ask
from yimen.places.models import OpeningException
from yimen.places.queries.centres import CentreRow, centres
from yimen.places.queries.regions import Names
from yimen.places.rules import Hours, Interval, OpeningTimes, is_open_at, next_opening


@dataclass(frozen=True, slots=True)
class ExceptionRow:
    """A day that is not like its weekday."""

    day: date
    intervals: tuple[Interval, ...]
    reason: str
    reasons: Names


@dataclass(frozen=True, slots=True)
class CentreLine:
    """A centre as a list shows it: open or closed now, its hours today, when it opens next if it is closed."""

    centre: CentreRow
    is_open_now: bool
    today: tuple[Interval, ...]
    opens_next: datetime | None


def centre_lines(now: datetime, *, tier: str = "", region_path: str = "") -> list[CentreLine]:
    """The centres of a tier or region with what a visitor wants to know now, by code. Three queries."""
    rows = centres(tier, region_path)
    times = opening_times_of([row.id for row in rows])
    return [line_of(row, times[row.id], now) for row in rows]


def line_of(row: CentreRow, times: OpeningTimes, now: datetime) -> CentreLine:
    """One centre and its opening times as they are at this moment; a centre that is shut down is never open."""
    if not row.is_open:
        return CentreLine(row, False, (), None)
    today = times.intervals_on(clock.local_date(now))
    if is_open_at(today, now):
        return CentreLine(row, True, today, None)
    return CentreLine(row, False, today, next_opening(now, times.intervals_on))


def opening_times(centre_id: int) -> OpeningTimes:
    """All hours and exceptions of a centre, ready for asking about any day. Two queries."""
    return opening_times_of([centre_id])[centre_id]


def opening_times_of(centre_ids: Iterable[int]) -> dict[int, OpeningTimes]:
    """The same of several centres, by key. One round trip, whatever their number."""
    keys = list(centre_ids)
    return _times_from(keys, *ask(_asking_hours(keys), _asking_exceptions(keys)))


def _asking_hours(centre_ids: list[int]) -> Question[dict[int, list[Hours]]]:
    """The usual hours of centres, by key."""

    def read(rows: Rows) -> dict[int, list[Hours]]:
        hours: dict[int, list[Hours]] = defaultdict(list)
        for centre_id, weekday, *interval in rows:
            hours[centre_id].append(Hours(int(weekday), *interval))
        return hours

    return Question(
        "SELECT centre_id, weekday, opens, closes, valid_from, valid_until FROM places_openinghours"
        " WHERE centre_id = ANY(%s) ORDER BY centre_id, weekday, opens",
        (centre_ids,),
        read,
    )


def _asking_exceptions(centre_ids: list[int]) -> Question[dict[int, dict[date, tuple[Interval, ...]]]]:
    """The days of centres that are not like their weekday, by key."""

    def read(rows: Rows) -> dict[int, dict[date, tuple[Interval, ...]]]:
        days: dict[int, dict[date, tuple[Interval, ...]]] = defaultdict(dict)
        for centre_id, on, intervals in rows:
            days[centre_id][on] = _intervals(loads(intervals))
        return days

    return Question(
        "SELECT centre_id, day, intervals FROM places_openingexception WHERE centre_id = ANY(%s)", (centre_ids,), read
    )


def _times_from(
    centre_ids: Iterable[int],
    hours: Mapping[int, list[Hours]],
    exceptions: Mapping[int, dict[date, tuple[Interval, ...]]],
) -> dict[int, OpeningTimes]:
    """Both answers, put together for each centre."""
    return {key: OpeningTimes(tuple(hours.get(key, ())), exceptions.get(key, {})) for key in centre_ids}


def _intervals(stored: list[Any]) -> tuple[Interval, ...]:
    return tuple((time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in stored)


def opening_intervals(centre_id: int, day: date) -> list[Interval]:
    """When the centre is open on this day, in order; nothing when it is closed. Two queries."""
    return list(opening_times(centre_id).intervals_on(day))


def is_open(centre_id: int, moment: datetime) -> bool:
    """Whether the doors are open at this moment. Two queries."""
    return is_open_at(opening_intervals(centre_id, clock.local_date(moment)), moment)


def week_of(centre_id: int, on: date | None = None) -> list[tuple[int, list[Interval]]]:
    """The usual week of a centre as it holds on a day (today): Monday is 1; exceptions are left out. Two queries."""
    return usual_week(opening_times(centre_id), on or clock.today())


def usual_week(times: OpeningTimes, on: date) -> list[tuple[int, list[Interval]]]:
    """The usual week as it holds on a day, without its exceptions."""
    holding = [row for row in times.hours if row.valid_from <= on and (row.valid_until is None or on < row.valid_until)]
    return [
        (weekday, sorted((row.opens, row.closes) for row in holding if row.weekday == weekday))
        for weekday in range(1, 8)
    ]


def exceptions_of(centre_id: int, first: date, last: date) -> list[ExceptionRow]:
    """The days from ``first`` to ``last`` that are not like their weekday, in order. One query."""
    rows = OpeningException.objects.filter(centre=centre_id, day__range=(first, last)).order_by("day")
    return [ExceptionRow(row.day, _intervals(row.intervals), row.reason, row.reasons) for row in rows]
