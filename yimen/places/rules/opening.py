"""Opening intervals: of a weekday between two days, of a day that is an exception, and what follows from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from yimen.kernel import clock
from yimen.places.errors import IntervalsNotValid, WeekdayNotValid

Interval = tuple[time, time]
CLOSED: tuple[Interval, ...] = ()
#: How far ahead the next opening is looked for: the longest holiday is eleven days.
_DAYS_AHEAD = 30


@dataclass(frozen=True, slots=True)
class Hours:
    """One interval of one weekday (1 to 7), from a day on and before another."""

    weekday: int
    opens: time
    closes: time
    valid_from: date
    valid_until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the interval is one of this day's."""
        has_begun = self.weekday == day.isoweekday() and self.valid_from <= day
        return has_begun and (self.valid_until is None or day < self.valid_until)


@dataclass(frozen=True, slots=True)
class OpeningTimes:
    """When one centre is open: its hours, and the days that are not like their weekday."""

    hours: tuple[Hours, ...] = ()
    exceptions: Mapping[date, tuple[Interval, ...]] = field(default_factory=dict)

    def intervals_on(self, day: date) -> tuple[Interval, ...]:
        """The intervals of this day in order; none when it is closed. An exception replaces the whole day."""
        if day in self.exceptions:
            return self.exceptions[day]
        return tuple(sorted((row.opens, row.closes) for row in self.hours if row.holds_on(day)))

    def remembering(self) -> OpeningTimes:
        """The same times, which remember the days they were asked for: for counting thousands of limits."""
        return _Remembering(self.hours, self.exceptions)


@dataclass(frozen=True, slots=True)
class _Remembering(OpeningTimes):
    seen: dict[date, tuple[Interval, ...]] = field(default_factory=dict)

    def intervals_on(self, day: date) -> tuple[Interval, ...]:
        if day not in self.seen:
            self.seen[day] = OpeningTimes.intervals_on(self, day)
        return self.seen[day]


def is_open_at(intervals: Sequence[Interval], moment: datetime) -> bool:
    """Whether the moment lies in one of its day's intervals; closing time is closed."""
    at = clock.local(moment).time()
    return any(opens <= at < closes for opens, closes in intervals)


def next_opening(moment: datetime, intervals_on: Callable[[date], Sequence[Interval]]) -> datetime | None:
    """When the doors open next after the moment, in legal time; None when they stay shut for a month."""
    local = clock.local(moment)
    for ahead in range(_DAYS_AHEAD + 1):
        day = local.date() + timedelta(days=ahead)
        for opens, _closes in intervals_on(day):
            begins = datetime.combine(day, opens, local.tzinfo)
            if begins > local:
                return begins
    return None


def check_intervals(intervals: Sequence[Interval], *, of: str) -> tuple[Interval, ...]:
    """The intervals in order. Raises: IntervalsNotValid."""
    ordered = tuple(sorted(intervals))
    is_sound = all(opens < closes for opens, closes in ordered)
    if not is_sound or any(before[1] > after[0] for before, after in pairwise(ordered)):
        shown = ", ".join(f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in ordered)
        raise IntervalsNotValid(field=of, intervals=shown)
    return ordered


def check_week(week: Mapping[int, Sequence[Interval]]) -> dict[int, tuple[Interval, ...]]:
    """The week with every day's intervals in order; days that are not named are closed.

    Raises: WeekdayNotValid, IntervalsNotValid
    """
    if not set(week) <= set(range(1, 8)):
        raise WeekdayNotValid(field="hours")
    return {weekday: check_intervals(week.get(weekday, CLOSED), of="hours") for weekday in range(1, 8)}
