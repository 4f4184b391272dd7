"""What others ask of the calendar. The counting rules may be had here too, with the calendar to count in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from threading import Lock

from yimen.calendar.errors import YearUnknown
from yimen.calendar.models import CalendarYear, SpecialDay
from yimen.calendar.rules import (
    Due,
    ExplainedDay,
    WorkCalendar,
    due,
    explain,
    explain_opening,
    opening_due,
    working_days_between,
)
from yimen.calendar.terms import NoticeDay
from yimen.kernel.questions import Question

__all__ = [
    "Due",
    "ExplainedDay",
    "PublishedYear",
    "WorkCalendar",
    "asking_calendar",
    "days_of",
    "due",
    "explain",
    "explain_opening",
    "opening_due",
    "published_years",
    "work_calendar",
    "working_days_between",
]


@dataclass(frozen=True, slots=True)
class PublishedYear:
    """A year whose notice is in."""

    year: int
    notice: str
    published_on: date | None
    revision: int


_lock = Lock()
_kept: tuple[str, WorkCalendar] | None = None


def work_calendar() -> WorkCalendar:
    """The calendar of all published years. One tiny query; two more after a change."""
    return asking_calendar().answer()


def asking_calendar() -> Question[WorkCalendar]:
    """The same to be asked among others. The transaction's number tells apart two changes of which one was undone."""
    return Question(
        "SELECT COALESCE(string_agg(concat_ws(':', year, revision, xmin), ' ' ORDER BY year), '')"
        " FROM calendar_calendaryear",
        (),
        lambda rows: _calendar_of(rows[0][0]),
    )


def _calendar_of(state: str) -> WorkCalendar:
    global _kept  # noqa: PLW0603  one calendar per process, replaced as a whole
    kept = _kept
    if kept and kept[0] == state:
        return kept[1]
    with _lock:
        calendar = WorkCalendar.build(CalendarYear.objects.values_list("year", flat=True), _notice_days())
        _kept = (state, calendar)
    return calendar


def _notice_days() -> Iterable[NoticeDay]:
    rows = SpecialDay.objects.values_list("day", "is_working", "name")
    return [NoticeDay(day, is_working, name) for day, is_working, name in rows]


def published_years() -> list[PublishedYear]:
    """Every year whose notice is in, oldest first. One query."""
    rows = CalendarYear.objects.order_by("year").values_list("year", "notice", "published_on", "revision")
    return [PublishedYear(*row) for row in rows]


def days_of(year: int) -> list[NoticeDay]:
    """The special days of a published year in order. Two queries.

    Raises: YearUnknown
    """
    if not CalendarYear.objects.filter(year=year).exists():
        raise YearUnknown(field="year", year=year)
    rows = SpecialDay.objects.filter(day__year=year).order_by("day").values_list("day", "is_working", "name")
    return [NoticeDay(day, is_working, name) for day, is_working, name in rows]
