"""The working days of the published years, numbered one after the other, so that counting is looking up."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from yimen.calendar.terms import DayKind, NoticeDay

# Day 1 of the proleptic calendar is a Monday: its ordinal modulo 7 is 1, Sunday's is 0.


def _weekdays_until(ordinal: int) -> int:
    """How many days from Monday to Friday there are from day 1 up to and including this one."""
    weeks, rest = divmod(ordinal, 7)
    return 5 * weeks + min(rest, 5)


def _weekday_number(number: int) -> int:
    """The ordinal of the so-manyth day from Monday to Friday."""
    weeks, rest = divmod(number - 1, 5)
    return 7 * weeks + rest + 1


@dataclass(frozen=True, slots=True, eq=False)
class WorkCalendar:
    """What the notices say, ready for counting. Never changes; a new notice makes a new calendar.

    Every working day has a running index: 1 is the first one of the first published year. Outside the published years
    the index goes on over Mondays to Fridays.
    """

    years: frozenset[int]
    special: Mapping[date, NoticeDay]
    _first: int
    _last: int
    _working: array[int]
    _index: array[int]

    @classmethod
    def build(cls, years: Iterable[int], days: Iterable[NoticeDay]) -> WorkCalendar:
        """The calendar of these published years. One pass over their days."""
        known = frozenset(years)
        special = {day.day: day for day in days if day.day.year in known}
        first = date(min(known), 1, 1).toordinal() if known else 1
        last = date(max(known), 12, 31).toordinal() if known else 0
        exceptions = {day.toordinal(): given.is_working for day, given in special.items()}
        working, index = array("l"), array("l")
        for ordinal in range(first, last + 1):
            if exceptions.get(ordinal, 0 < ordinal % 7 < 6):
                working.append(ordinal)
            index.append(len(working))
        return cls(known, MappingProxyType(special), first, last, working, index)

    def index_until(self, ordinal: int) -> int:
        """The running index of the last working day up to and including this day. Constant time."""
        if self._first <= ordinal <= self._last:
            return self._index[ordinal - self._first]
        if ordinal > self._last:
            return len(self._working) + _weekdays_until(ordinal) - _weekdays_until(self._last)
        return _weekdays_until(ordinal) - _weekdays_until(self._first - 1)

    def ordinal_at(self, index: int) -> int:
        """The working day with this running index. Constant time."""
        if 0 < index <= len(self._working):
            return self._working[index - 1]
        if index > 0:
            return _weekday_number(_weekdays_until(self._last) + index - len(self._working))
        return _weekday_number(_weekdays_until(self._first - 1) + index)

    def missing_year(self, first: int, last: int) -> int | None:
        """The first year from ``first`` to ``last`` that is not published."""
        return next((year for year in range(first, last + 1) if year not in self.years), None)

    def is_working(self, day: date) -> bool | None:
        """Whether the day is worked; None in a year that is not published."""
        if day.year not in self.years:
            return None
        given = self.special.get(day)
        return given.is_working if given else day.weekday() < 5

    def kind_of(self, day: date) -> DayKind:
        """What the day is in law."""
        if day.year not in self.years:
            return DayKind.UNKNOWN
        given = self.special.get(day)
        if given:
            return DayKind.MAKE_UP if given.is_working else DayKind.HOLIDAY
        return DayKind.WORKDAY if day.weekday() < 5 else DayKind.WEEKEND

    def name_of(self, day: date) -> str:
        """The holiday to which the day belongs, or nothing."""
        given = self.special.get(day)
        return given.name if given else ""
