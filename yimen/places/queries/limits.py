"""When a limit ends, in days of the calendar or in opening hours of a centre, and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from yimen.calendar.errors import YearNotPublished
from yimen.calendar.queries import (
    ExplainedDay,
    WorkCalendar,
    due,
    explain,
    explain_opening,
    opening_due,
    work_calendar,
)
from yimen.calendar.terms import OpenSpan, Unit
from yimen.places.errors import CentreNotKnown, CentreUnknown
from yimen.places.queries.centres import centre
from yimen.places.queries.hours import opening_times
from yimen.places.rules import OpeningTimes, Question

TimesOf = Callable[[str], OpeningTimes]


@dataclass(frozen=True, slots=True)
class DueAnswer:
    """The end of a limit: the day, the moment where hours were asked for, and the way there."""

    question: Question
    day: date
    moment: datetime | None
    days: tuple[ExplainedDay, ...]
    stretches: tuple[OpenSpan, ...]


def times_by_code(code: str) -> OpeningTimes:
    """The opening times of the centre with this code. Three queries. Raises: CentreNotKnown."""
    try:
        return opening_times(centre(code).id)
    except CentreUnknown:
        raise CentreNotKnown(field="centre", code=code[:40]) from None


def due_on(question: Question, calendar: WorkCalendar, times_of: TimesOf) -> date | datetime:
    """The day on which a limit ends, or the moment (legal time, naive) when it runs in opening hours.

    Raises: YearNotPublished, CentreNotKnown, NeverOpen, CountNotValid, DayOutOfRange
    """
    if question.unit == Unit.OPENING_HOUR:
        return opening_due(question.start, question.count, times_of(question.centre).intervals_on)
    found = due(question.start.date(), question.limit(), calendar)
    if found.on is None:
        raise YearNotPublished(year=found.missing_year)
    return found.on


def answer(question: Question) -> DueAnswer:
    """The end of a limit and every day, or stretch of opening time, on the way. Raises as ``due_on`` does."""
    calendar = work_calendar()
    end = due_on(question, calendar, times_by_code)
    if not isinstance(end, datetime):
        return DueAnswer(question, end, None, tuple(explain(question.start.date(), question.limit(), calendar)), ())
    intervals_on = times_by_code(question.centre).intervals_on
    return DueAnswer(
        question, end.date(), end, (), tuple(explain_opening(question.start, question.count, intervals_on))
    )
