"""Limits in opening hours: the clock runs only while the centre is open. Opening times come in as an argument."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from yimen.calendar.errors import CountNotValid, DayOutOfRange, NeverOpen
from yimen.calendar.terms import FIRST_YEAR, LAST_YEAR, MAX_COUNT, OpenSpan, Unit
from yimen.kernel import clock

#: When is it open on this day? Intervals in order, without overlaps, in legal time.
IntervalsOn = Callable[[date], Sequence[tuple[time, time]]]

#: A centre that is closed for longer is not coming back.
_MOST_DAYS_CLOSED = 366


def opening_due(start: datetime, hours: Decimal, intervals_on: IntervalsOn) -> datetime:
    """The moment at which so many opening hours have passed since ``start``.

    The clock starts at once, or when the centre opens next; it stops at closing time, not at the next opening. Nought
    hours end at the start. An aware start is answered in legal time; a naive one is legal time and is answered naive.
    Raises: CountNotValid, DayOutOfRange, NeverOpen
    """
    end = start.astimezone(clock.LEGAL_ZONE) if start.tzinfo else start
    for span in explain_opening(start, hours, intervals_on):
        end = span.ends
    return end


def explain_opening(start: datetime, hours: Decimal, intervals_on: IntervalsOn) -> Iterator[OpenSpan]:
    """Every stretch of opening time that is counted, in order, with the hours counted at its end.

    Raises: CountNotValid, DayOutOfRange, NeverOpen
    """
    _check(start, hours)
    whole = left = _rounded(hours)
    for begins, closes in _stretches(start, intervals_on):
        if not left:
            return
        used = min(left, closes - begins)
        left -= used
        yield OpenSpan(begins, begins + used, _in_hours(whole - left))


def _stretches(start: datetime, intervals_on: IntervalsOn) -> Iterator[tuple[datetime, datetime]]:
    """Opening time from the start on, without end; refuses when there is none for a year."""
    local = start.astimezone(clock.LEGAL_ZONE) if start.tzinfo else start
    day, last_open = local.date(), local.date()
    while (day - last_open).days <= _MOST_DAYS_CLOSED:
        for opens, closes in intervals_on(day):
            begins = max(local, datetime.combine(day, opens, local.tzinfo))
            ends = datetime.combine(day, closes, local.tzinfo)
            if begins < ends:
                last_open = day
                yield begins, ends
        day += timedelta(days=1)
    raise NeverOpen(field="centre", day=last_open.isoformat())


def _check(start: datetime, hours: Decimal) -> None:
    most = MAX_COUNT[Unit.OPENING_HOUR]
    if not (hours.is_finite() and 0 <= hours <= most):
        raise CountNotValid(field="count", most=most)
    if not FIRST_YEAR <= start.year <= LAST_YEAR:
        raise DayOutOfRange(field="from", first=FIRST_YEAR, last=LAST_YEAR)


def _rounded(hours: Decimal) -> timedelta:
    """To the second."""
    return timedelta(seconds=int((hours * 3600).to_integral_value()))


def _in_hours(span: timedelta) -> Decimal:
    return (Decimal(int(span.total_seconds())) / 3600).quantize(Decimal("0.0001")).normalize()
