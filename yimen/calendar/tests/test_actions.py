"""Bringing in a notice, and correcting it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from yimen.calendar.actions import change_day, publish_year
from yimen.calendar.errors import YearNotPublished
from yimen.calendar.models import CalendarYear
from yimen.calendar.queries import days_of, due, published_years, work_calendar
from yimen.calendar.terms import DayKind, NoticeDay
from yimen.calendar.tests.builders import NOTICE_2027, a_notice, working_days
from yimen.kernel.actors import SYSTEM
from yimen.kernel.errors import Refusals
from yimen.kernel.models import EventRow
from yimen.ledger.queries import lines

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
PUBLISHED = date(2026, 11, 24)


def publish(days=None, notice=NOTICE_2027) -> CalendarYear:
    return publish_year(
        by=SYSTEM, year=2027, notice=notice, published_on=PUBLISHED, days=a_notice() if days is None else days, now=NOW
    )


def told() -> list[dict]:
    return list(EventRow.objects.filter(kind="calendar.CalendarYearPublished").values_list("data", flat=True))


def test_a_limit_that_ran_into_an_unpublished_year_is_dated_by_its_notice():
    before = due(date(2026, 11, 23), working_days(30), work_calendar())

    publish()

    after = due(date(2026, 11, 23), working_days(30), work_calendar())
    assert (before.on, before.missing_year, before.earliest_on) == (None, 2027, date(2027, 1, 4))
    assert (after.on, after.missing_year) == (date(2027, 1, 5), None)


def test_publishing_leaves_days_a_line_and_news():
    year = publish()

    assert (year.revision, year.published_on) == (1, PUBLISHED)
    assert days_of(2027) == sorted(a_notice(), key=lambda day: day.day)
    assert published_years()[-1].notice == NOTICE_2027
    assert [(line.number, line.verb, line.facts["revision"]) for line in lines("calendar:2027")] == [
        (1, "publish_year", 1)
    ]
    assert told() == [{"year": 2027}]


def test_the_same_notice_again_changes_nothing():
    publish()

    year = publish(notice=f" {NOTICE_2027} ")

    assert (year.revision, len(told()), len(lines("calendar:2027"))) == (1, 1, 1)


def test_a_corrected_notice_replaces_the_days():
    publish()
    days = [day for day in a_notice() if day.day != date(2027, 10, 9)]

    year = publish(days=days)

    assert (year.revision, len(told()), len(lines("calendar:2027"))) == (2, 2, 2)
    assert work_calendar().kind_of(date(2027, 10, 9)) == DayKind.WEEKEND


def test_a_notice_that_reaches_into_december_takes_the_day_over():
    first = NoticeDay(date(2026, 12, 31), False, "元旦")
    publish(days=[*a_notice(), first])
    publish(days=[*a_notice(), replace(first, name="元旦调休")])

    assert work_calendar().kind_of(date(2026, 12, 31)) == DayKind.HOLIDAY
    assert work_calendar().name_of(date(2026, 12, 31)) == "元旦调休"


def test_a_wrong_notice_leaves_nothing_behind():
    with pytest.raises(Refusals):
        publish(days=a_notice()[1:])

    assert (published_years()[-1].year, told(), lines("calendar:2027")) == (2026, [], [])


def test_change_day_lengthens_a_holiday():
    year = change_day(by=SYSTEM, day=date(2026, 10, 8), kind=DayKind.HOLIDAY, name="国庆节", now=NOW)

    assert year.revision == 2
    assert work_calendar().kind_of(date(2026, 10, 8)) == DayKind.HOLIDAY
    assert [line.verb for line in lines("calendar:2026")] == ["change_day"]
    assert told() == [{"year": 2026}]


def test_change_day_makes_a_special_day_ordinary_again():
    change_day(by=SYSTEM, day=date(2026, 10, 10), kind=DayKind.WEEKEND, name="", now=NOW)

    assert work_calendar().kind_of(date(2026, 10, 10)) == DayKind.WEEKEND


def test_change_day_turns_a_holiday_at_a_weekend_into_a_worked_day():
    change_day(by=SYSTEM, day=date(2026, 10, 3), kind=DayKind.MAKE_UP, name="国庆节", now=NOW)

    assert work_calendar().kind_of(date(2026, 10, 3)) == DayKind.MAKE_UP


@pytest.mark.parametrize(
    ("day", "kind", "name"),
    [("2026-10-01", DayKind.HOLIDAY, "国庆节"), ("2026-10-12", DayKind.WORKDAY, "")],
)
def test_change_day_to_what_it_is_changes_nothing(day, kind, name):
    year = change_day(by=SYSTEM, day=date.fromisoformat(day), kind=kind, name=name, now=NOW)

    assert (year.revision, told()) == (1, [])


def test_change_day_needs_a_published_year():
    with pytest.raises(YearNotPublished) as refused:
        change_day(by=SYSTEM, day=date(2027, 10, 1), kind=DayKind.HOLIDAY, name="国庆节", now=NOW)

    assert refused.value.params == {"year": 2027}
