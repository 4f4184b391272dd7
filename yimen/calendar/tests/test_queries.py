"""What the seeded calendar says, beside other calendars."""

import csv
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import holidays
import pytest
from django.db import connection, transaction

from yimen.calendar import queries
from yimen.calendar.errors import YearUnknown
from yimen.calendar.models import CalendarYear
from yimen.calendar.terms import DayKind, NoticeDay

pytestmark = pytest.mark.django_db
#: 国办发明电〔2005〕35号: worked on Saturday, 31 December 2005. chinesecalendar 1.11 does not know it.
KNOWN_DIFFERENCE = {date(2005, 12, 31)}
LISTED = Path(__file__).resolve().parents[4] / "shared" / "data" / "holidays" / "calendar_2015_2026.csv"


def every_day() -> list[date]:
    first, last = date(2004, 1, 1), date(2026, 12, 31)
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def test_the_seed_is_what_the_holidays_package_says_day_by_day():
    calendar = queries.work_calendar()
    other = holidays.country_holidays("CN", years=range(2004, 2027))

    assert [day for day in every_day() if calendar.is_working(day) != other.is_working_day(day)] == []


def test_the_seed_is_what_chinesecalendar_says_but_for_one_day():
    calendar = queries.work_calendar()

    different = {day for day in every_day() if calendar.is_working(day) != chinese_calendar.is_workday(day)}

    assert different == KNOWN_DIFFERENCE


if LISTED.exists():  # the list lies beside some clones, not in the repository

    def test_the_seed_is_what_the_list_of_notices_says():
        calendar = queries.work_calendar()
        with LISTED.open(encoding="utf-8-sig") as file:
            special = {date.fromisoformat(row["date"]): row["kind"] == "work" for row in csv.DictReader(file)}
        days = [day for day in every_day() if day.year >= 2015]

        assert [day for day in days if calendar.is_working(day) != special.get(day, day.weekday() < 5)] == []


def test_the_seed_names_its_holidays_in_chinese():
    calendar = queries.work_calendar()

    assert calendar.name_of(date(2016, 6, 12)) == "端午节"
    assert queries.days_of(2016)[0] == NoticeDay(date(2016, 1, 1), False, "元旦")
    assert {year.year for year in queries.published_years()} == set(range(2004, 2027))


def test_days_of_an_unpublished_year_are_not_known():
    with pytest.raises(YearUnknown):
        queries.days_of(2027)


def test_the_calendar_is_kept_and_asked_for_with_one_query(django_assert_num_queries):
    kept = queries.work_calendar()

    with django_assert_num_queries(1):
        assert queries.work_calendar() is kept


def test_the_kept_calendar_forgets_a_change_that_was_undone():
    before = queries.work_calendar()
    undone = transaction.savepoint()
    CalendarYear.objects.create(year=2027, notice="虚构")
    assert queries.work_calendar().kind_of(date(2027, 1, 4)) == DayKind.WORKDAY
    transaction.savepoint_rollback(undone)
    assert queries.work_calendar().kind_of(date(2027, 1, 4)) == DayKind.UNKNOWN

    CalendarYear.objects.create(year=2028, notice="虚构")

    assert before.years | {2028} == queries.work_calendar().years


def test_a_database_without_years_gives_an_empty_calendar():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM calendar_specialday; DELETE FROM calendar_calendaryear")

    assert queries.work_calendar().years == frozenset()
