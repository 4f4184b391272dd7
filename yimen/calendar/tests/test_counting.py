"""Which day a limit ends on."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yimen.calendar.errors import CentreNeeded, CountNotValid, DayOutOfRange
from yimen.calendar.rules import WorkCalendar, due, explain, working_days_between
from yimen.calendar.terms import DayKind, Due, ExplainedDay, Limit, NoticeDay, Unit
from yimen.calendar.tests.builders import a_calendar, count_by_hand, working_days

CALENDAR = a_calendar()
DAYS = st.dates(date(2004, 1, 1), date(2025, 12, 31))


def days_off(*days: str) -> list[NoticeDay]:
    return [NoticeDay(date.fromisoformat(day), False, "假日") for day in days]


@pytest.mark.parametrize(
    ("start", "count", "on"),
    [
        ("2016-06-24", 20, "2016-07-22"),
        ("2016-06-25", 20, "2016-07-22"),  # the hall is open on Saturday; it is still no working day
        ("2016-06-27", 20, "2016-07-25"),
        ("2016-06-08", 1, "2016-06-12"),  # Sunday worked to make up for the Dragon Boat Festival
        ("2016-09-30", 1, "2016-10-08"),
        ("2016-12-30", 1, "2017-01-03"),
        ("2026-02-13", 1, "2026-02-14"),
    ],
)
def test_working_days_end_on_the_day_that_the_law_gives(start, count, on):
    found = due(date.fromisoformat(start), working_days(count), CALENDAR)

    assert found == Due(date.fromisoformat(on), date.fromisoformat(on), None)


@pytest.mark.parametrize("unit", [Unit.WORKING_DAY, Unit.CALENDAR_DAY, Unit.MONTH])
def test_a_count_of_nought_ends_on_the_same_day_even_in_an_unpublished_year(unit):
    sunday = date(2027, 3, 7)

    assert due(sunday, Limit(0, unit), CALENDAR) == Due(sunday, sunday, None)


@given(start=DAYS, count=st.integers(1, 200))
def test_working_days_agree_with_counting_day_by_day(start, count):
    limit = count if start.year < 2025 else count % 200
    expected = count_by_hand(start, limit)

    assert due(start, working_days(limit), CALENDAR).on == expected


@given(start=DAYS, count=st.integers(1, 3650))
def test_a_count_and_the_days_between_are_each_others_reverse(start, count):
    found = due(start, working_days(count), CALENDAR)

    assert working_days_between(start, found.earliest_on, CALENDAR) == count
    assert working_days_between(found.earliest_on, start, CALENDAR) == -count
    assert (found.on is None) == (found.missing_year is not None) == (found.earliest_on.year > 2026)


@given(start=DAYS, count=st.integers(1, 300))
def test_more_days_never_end_earlier_and_a_later_start_never_either(start, count):
    found = due(start, working_days(count), CALENDAR).earliest_on

    assert found < due(start, working_days(count + 1), CALENDAR).earliest_on
    assert found <= due(start + timedelta(days=1), working_days(count), CALENDAR).earliest_on


def test_a_count_that_runs_into_an_unpublished_year_has_an_earliest_day_only():
    found = due(date(2026, 11, 23), working_days(30), CALENDAR)

    assert found == Due(None, date(2027, 1, 4), 2027)


def test_a_count_that_starts_on_the_last_published_day_needs_the_next_year():
    assert due(date(2026, 12, 31), working_days(1), CALENDAR) == Due(None, date(2027, 1, 1), 2027)
    assert due(date(2026, 12, 30), working_days(1), CALENDAR).on == date(2026, 12, 31)


def test_a_count_that_starts_before_the_first_published_year_names_it():
    assert due(date(2003, 12, 29), working_days(2), CALENDAR) == Due(None, date(2003, 12, 31), 2003)
    assert due(date(2003, 12, 31), working_days(1), CALENDAR).on == date(2004, 1, 2)
    assert due(date(2001, 5, 4), working_days(1), CALENDAR) == Due(None, date(2001, 5, 7), 2001)


def test_a_gap_between_published_years_is_not_guessed():
    calendar = WorkCalendar.build([2025, 2027], days_off("2027-01-01"))

    assert due(date(2025, 12, 30), working_days(1), calendar).on == date(2025, 12, 31)
    assert due(date(2025, 12, 30), working_days(300), calendar) == Due(None, date(2027, 2, 24), 2026)
    assert due(date(2026, 12, 31), working_days(1), calendar).on == date(2027, 1, 4)


def test_a_calendar_without_years_knows_weekdays_only():
    empty = WorkCalendar.build([], [])

    assert due(date(2016, 6, 25), working_days(20), empty) == Due(None, date(2016, 7, 22), 2016)
    assert empty.is_working(date(2016, 6, 27)) is None
    assert empty.kind_of(date(2016, 6, 27)) == DayKind.UNKNOWN


@pytest.mark.parametrize(
    ("start", "limit", "on"),
    [
        ("2016-06-01", Limit(5, Unit.CALENDAR_DAY), "2016-06-06"),
        ("2016-06-06", Limit(3, Unit.CALENDAR_DAY), "2016-06-12"),  # festival until the 11th; Sunday the 12th is worked
        ("2016-09-21", Limit(10, Unit.CALENDAR_DAY), "2016-10-08"),
        ("2016-01-31", Limit(1, Unit.MONTH), "2016-02-29"),
        ("2016-01-15", Limit(6, Unit.MONTH), "2016-07-15"),
        ("2016-03-01", Limit(7, Unit.MONTH), "2016-10-08"),
        ("2016-12-15", Limit(1, Unit.MONTH), "2017-01-16"),
        ("2016-06-06", Limit(6, Unit.CALENDAR_DAY), "2016-06-12"),
    ],
)
def test_calendar_days_and_months_end_on_a_working_day(start, limit, on):
    assert due(date.fromisoformat(start), limit, CALENDAR) == Due(date.fromisoformat(on), date.fromisoformat(on), None)


def test_a_last_day_in_an_unpublished_year_is_not_known():
    assert due(date(2026, 12, 1), Limit(60, Unit.CALENDAR_DAY), CALENDAR) == Due(None, date(2027, 2, 1), 2027)
    assert due(date(2026, 12, 1), Limit(3, Unit.MONTH), CALENDAR) == Due(None, date(2027, 3, 1), 2027)


def test_a_last_day_that_is_moved_into_an_unpublished_year_is_not_known():
    calendar = a_calendar(2004, 2022)  # Saturday 31 December 2022 was followed by a holiday

    assert due(date(2022, 12, 30), Limit(1, Unit.CALENDAR_DAY), calendar) == Due(None, date(2023, 1, 2), 2023)


def test_days_between_two_years_may_be_unpublished_where_only_the_last_day_matters():
    assert due(date(2003, 12, 1), Limit(60, Unit.CALENDAR_DAY), CALENDAR).on == date(2004, 1, 30)


@pytest.mark.parametrize(
    ("limit", "most"),
    [
        (Limit(-1, Unit.WORKING_DAY), 3650),
        (Limit(3651, Unit.WORKING_DAY), 3650),
        (Limit(121, Unit.MONTH), 120),
        (Limit(10**30, Unit.CALENDAR_DAY), 3650),
    ],
)
def test_counts_below_nought_and_beyond_ten_years_are_refused(limit, most):
    with pytest.raises(CountNotValid) as refused:
        due(date(2016, 6, 25), limit, CALENDAR)

    assert (refused.value.field, refused.value.params) == ("count", {"most": most})


@pytest.mark.parametrize("day", [date.min, date(1949, 12, 31), date(2200, 1, 1), date.max])
def test_days_outside_all_calendars_are_refused(day):
    with pytest.raises(DayOutOfRange):
        due(day, working_days(1), CALENDAR)


def test_opening_hours_need_a_centre():
    with pytest.raises(CentreNeeded):
        due(date(2016, 6, 25), Limit(4, Unit.OPENING_HOUR), CALENDAR)


def test_explain_says_of_every_day_why_it_counts_or_not():
    days = list(explain(date(2016, 6, 7), working_days(3), CALENDAR))

    assert days == [
        ExplainedDay(date(2016, 6, 8), DayKind.WORKDAY, "", 1),
        ExplainedDay(date(2016, 6, 9), DayKind.HOLIDAY, "Dragon Boat Festival", None),
        ExplainedDay(date(2016, 6, 10), DayKind.HOLIDAY, "Dragon Boat Festival", None),
        ExplainedDay(date(2016, 6, 11), DayKind.HOLIDAY, "Dragon Boat Festival", None),
        ExplainedDay(date(2016, 6, 12), DayKind.MAKE_UP, "Dragon Boat Festival", 2),
        ExplainedDay(date(2016, 6, 13), DayKind.WORKDAY, "", 3),
    ]


def test_explain_numbers_calendar_days_and_leaves_the_days_of_the_move_without():
    days = list(explain(date(2016, 6, 23), Limit(2, Unit.CALENDAR_DAY), CALENDAR))

    assert [(found.day.day, found.kind, found.number) for found in days] == [
        (24, DayKind.WORKDAY, 1),
        (25, DayKind.WEEKEND, 2),
        (26, DayKind.WEEKEND, None),
        (27, DayKind.WORKDAY, None),
    ]


def test_explain_numbers_the_days_on_which_months_are_complete():
    days = explain(date(2016, 1, 31), Limit(2, Unit.MONTH), CALENDAR)

    assert [(found.day, found.number) for found in days if found.number] == [
        (date(2016, 2, 29), 1),
        (date(2016, 3, 31), 2),
    ]


def test_explain_marks_days_of_an_unpublished_year():
    last = list(explain(date(2026, 12, 30), working_days(2), CALENDAR))[-1]

    assert last == ExplainedDay(date(2027, 1, 1), DayKind.UNKNOWN, "", 2)


def test_explain_of_nought_has_no_days():
    assert list(explain(date(2016, 6, 25), working_days(0), CALENDAR)) == []


@given(start=DAYS, count=st.integers(0, 120), unit=st.sampled_from([Unit.WORKING_DAY, Unit.CALENDAR_DAY, Unit.MONTH]))
def test_explain_ends_where_the_limit_ends_and_counts_to_its_count(start, count, unit):
    limit = Limit(count, unit)
    days = list(explain(start, limit, CALENDAR))

    assert [found.day for found in days] == [start + timedelta(days=n + 1) for n in range(len(days))]
    assert (days[-1].day if days else start) == due(start, limit, CALENDAR).earliest_on
    assert [found.number for found in days if found.number] == list(range(1, count + 1))
