"""Limits in days and months: the day they end on, and every day on the way."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from yimen.calendar.errors import CentreNeeded, CountNotValid, DayOutOfRange
from yimen.calendar.rules.work_calendar import WorkCalendar
from yimen.calendar.terms import FIRST_YEAR, LAST_YEAR, MAX_COUNT, Due, ExplainedDay, Limit, Unit


def check_limit(start: date, limit: Limit) -> None:
    """Refuse counts below nought or beyond ten years, and days outside all calendars.

    Raises: CountNotValid, DayOutOfRange
    """
    most = MAX_COUNT[limit.unit]
    if not 0 <= limit.count <= most:
        raise CountNotValid(field="count", most=most)
    if not FIRST_YEAR <= start.year <= LAST_YEAR:
        raise DayOutOfRange(field="from", first=FIRST_YEAR, last=LAST_YEAR)


def due(start: date, limit: Limit, calendar: WorkCalendar) -> Due:
    """The day on which a limit ends that something on ``start`` set running.

    The day of the start is not counted, whatever day it is. A count of nought ends on the same day, in every unit.

    - Working days: the so-manyth working day after the start; make-up days count, weekends and holidays do not. Every
      year between the day after the start and the end must be published.
    - Calendar days and months: every day counts; a month ends on the same date, or on the last day of a shorter month.
      A last day that is a weekend or holiday is moved to the next working day. Only the year of the last day, and of
      the day it is moved to, must be published: before its notice is out nobody knows whether the last day is worked.
    - Opening hours are counted by ``opening_due``.

    Law: XKF art. 82; MFD art. 201, 202, 203
    Raises: CountNotValid, DayOutOfRange, CentreNeeded
    """
    check_limit(start, limit)
    if limit.unit == Unit.OPENING_HOUR:
        raise CentreNeeded(field="centre")
    if limit.count == 0:
        return Due(start, start)
    if limit.unit == Unit.WORKING_DAY:
        return _after_working_days(start, limit.count, calendar)
    return _moved_off_rest(_last_day(start, limit), calendar)


def _after_working_days(start: date, count: int, calendar: WorkCalendar) -> Due:
    ordinal = start.toordinal()
    end = date.fromordinal(calendar.ordinal_at(calendar.index_until(ordinal) + count))
    return _due(date.fromordinal(ordinal + 1), end, calendar)


def _moved_off_rest(last: date, calendar: WorkCalendar) -> Due:
    before = calendar.index_until(last.toordinal() - 1)
    return _due(last, date.fromordinal(calendar.ordinal_at(before + 1)), calendar)


def _due(first: date, end: date, calendar: WorkCalendar) -> Due:
    missing = calendar.missing_year(first.year, end.year)
    return Due(end if missing is None else None, end, missing)


def _last_day(start: date, limit: Limit) -> date:
    if limit.unit == Unit.CALENDAR_DAY:
        return start + timedelta(days=limit.count)
    return _months_later(start, limit.count)


def _months_later(start: date, months: int) -> date:
    years, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, month + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def working_days_between(start: date, end: date, calendar: WorkCalendar) -> int:
    """Working days after ``start`` up to and including ``end``; negative when ``end`` lies before ``start``.

    The counterpart of ``due``. Weekdays of years without a notice are counted as worked.
    """
    return calendar.index_until(end.toordinal()) - calendar.index_until(start.toordinal())


def explain(start: date, limit: Limit, calendar: WorkCalendar) -> Iterator[ExplainedDay]:
    """Every day after the start up to the due day (or the earliest possible one), with its kind and running number.

    Working days and calendar days carry the number that they have in the count; of months only the days on which one is
    complete carry one. Days after the last one of a limit, up to the working day to which it is moved, carry none.
    """
    end = due(start, limit, calendar).earliest_on
    number_of = _numbering(start, limit, calendar)
    for ordinal in range(start.toordinal() + 1, end.toordinal() + 1):
        day = date.fromordinal(ordinal)
        yield ExplainedDay(day, calendar.kind_of(day), calendar.name_of(day), number_of(ordinal))


def _numbering(start: date, limit: Limit, calendar: WorkCalendar) -> Callable[[int], int | None]:
    first = start.toordinal()
    if limit.unit == Unit.WORKING_DAY:
        before = calendar.index_until(first)
        return lambda day: (
            calendar.index_until(day) - before if calendar.index_until(day) > calendar.index_until(day - 1) else None
        )
    if limit.unit == Unit.CALENDAR_DAY:
        return lambda day: day - first if day - first <= limit.count else None
    months = {_months_later(start, number).toordinal(): number for number in range(1, limit.count + 1)}
    return months.get
