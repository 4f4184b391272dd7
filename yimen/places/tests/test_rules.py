"""Opening intervals, and questions as people write them."""

# ruff: noqa: DTZ001  questions are in naive legal time

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

from yimen.calendar.errors import CentreNeeded, CountNotWhole
from yimen.calendar.terms import Limit, Unit
from yimen.places.errors import (
    CountNotReadable,
    DayNotReadable,
    IntervalsNotValid,
    MomentNeeded,
    QuestionNotReadable,
    UnitUnknown,
    WeekdayNotValid,
)
from yimen.places.rules import (
    Hours,
    OpeningTimes,
    Question,
    check_intervals,
    check_week,
    is_open_at,
    next_opening,
    read_line,
)
from yimen.places.tests.builders import AFTERNOON, MORNING, WEEK

MONDAY, SUNDAY = date(2016, 6, 27), date(2016, 6, 26)


def the_times(**changes) -> OpeningTimes:
    hours = [Hours(day, *interval, date(2016, 6, 1)) for day, intervals in WEEK.items() for interval in intervals]
    return OpeningTimes(**({"hours": tuple(hours)} | changes))


def test_a_day_has_the_intervals_of_its_weekday_in_order():
    assert the_times().intervals_on(MONDAY) == (MORNING, AFTERNOON)
    assert the_times().intervals_on(SUNDAY) == (MORNING,)


def test_hours_hold_from_their_first_day_until_before_their_last():
    times = OpeningTimes((Hours(1, *MORNING, date(2016, 6, 27), date(2016, 7, 4)),))

    days = [date(2016, 6, 20), date(2016, 6, 27), date(2016, 7, 4)]

    assert [times.intervals_on(day) for day in days] == [(), (MORNING,), ()]


def test_an_exception_replaces_the_whole_day():
    times = the_times(exceptions={MONDAY: (), SUNDAY: (AFTERNOON,)})

    assert (times.intervals_on(MONDAY), times.intervals_on(SUNDAY)) == ((), (AFTERNOON,))


def test_times_that_remember_say_the_same():
    remembering = the_times().remembering()

    assert [remembering.intervals_on(SUNDAY) for _ in range(2)] == [(MORNING,), (MORNING,)]


@pytest.mark.parametrize(
    ("at", "is_open"), [("08:59", False), ("09:00", True), ("11:59", True), ("12:00", False), ("19:59", True)]
)
def test_closing_time_is_closed(at, is_open):
    moment = datetime.fromisoformat(f"2016-06-27T{at}+08:00").astimezone(UTC)

    assert is_open_at([MORNING, AFTERNOON], moment) == is_open


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2016-06-27T08:00", "2016-06-27T09:00"),
        ("2016-06-27T12:30", "2016-06-27T14:00"),
        ("2016-06-26T12:30", "2016-06-27T09:00"),
        ("2016-06-27T09:00", "2016-06-27T14:00"),
    ],
)
def test_the_next_opening_is_after_the_moment(moment, opens):
    found = next_opening(datetime.fromisoformat(f"{moment}+08:00"), the_times().intervals_on)

    assert found == datetime.fromisoformat(f"{opens}+08:00")


def test_a_centre_that_stays_shut_has_no_next_opening():
    assert next_opening(datetime(2016, 6, 27, tzinfo=UTC), OpeningTimes().intervals_on) is None


@pytest.mark.parametrize("wrong", [[(time(12), time(9))], [(time(9), time(9))], [MORNING, (time(11), time(13))]])
def test_intervals_that_overlap_or_end_before_they_begin_are_refused(wrong):
    with pytest.raises(IntervalsNotValid) as refused:
        check_intervals(wrong, of="hours")

    assert refused.value.field == "hours"


def test_a_week_is_put_in_order_and_days_left_out_are_closed():
    week = check_week({1: [AFTERNOON, MORNING]})

    assert week == {1: (MORNING, AFTERNOON)} | dict.fromkeys(range(2, 8), ())


def test_a_week_has_seven_days():
    with pytest.raises(WeekdayNotValid):
        check_week({0: [MORNING]})


@pytest.mark.parametrize(
    ("line", "question"),
    [
        ("2016-06-25,20,working_day", Question(datetime(2016, 6, 25), Decimal(20), Unit.WORKING_DAY)),
        (" 2016-06-25 , +3 , month , ", Question(datetime(2016, 6, 25), Decimal(3), Unit.MONTH)),
        (
            "2016-06-25T15:00,4.5,opening_hour,BA",
            Question(datetime(2016, 6, 25, 15), Decimal("4.5"), Unit.OPENING_HOUR, "BA"),
        ),
        (
            "2016-06-25T07:00Z,4,opening_hour,BA",
            Question(datetime(2016, 6, 25, 15), Decimal(4), Unit.OPENING_HOUR, "BA"),
        ),
        (
            "2016-06-25T15:00:30,1,calendar_day",
            Question(datetime(2016, 6, 25, 15, 0, 30), Decimal(1), Unit.CALENDAR_DAY),
        ),
    ],
)
def test_a_line_is_read(line, question):
    assert read_line(line) == question


def test_a_question_has_a_limit():
    assert read_line("2016-06-25,20,working_day").limit() == Limit(20, Unit.WORKING_DAY)


@pytest.mark.parametrize(
    ("line", "refusal"),
    [
        ("", QuestionNotReadable),
        ("2016-06-25", QuestionNotReadable),
        ("2016-06-25,20,working_day,BA,more", QuestionNotReadable),
        ("2016-06-25,20,working_day," + "x" * 200, QuestionNotReadable),
        ("heute,20,working_day", DayNotReadable),
        ("20160625,20,working_day", DayNotReadable),
        ("2016-W25-6,20,working_day", DayNotReadable),
        ("２０１６-06-25,20,working_day", DayNotReadable),
        ("2016-02-30,20,working_day", DayNotReadable),
        ("2016-06-25T25:00,4,opening_hour,BA", DayNotReadable),
        ("0001-01-01T00:00+14:00,4,opening_hour,BA", DayNotReadable),
        ("2016-06-25,many,working_day", CountNotReadable),
        ("2016-06-25,1e3,working_day", CountNotReadable),
        ("2016-06-25,٣,working_day", CountNotReadable),
        ("2016-06-25,9999999999999,working_day", CountNotReadable),
        ("2016-06-25,2.5,working_day", CountNotWhole),
        ("2016-06-25,20,days", UnitUnknown),
        ("2016-06-25T15:00,4,opening_hour", CentreNeeded),
        ("2016-06-25,4,opening_hour,BA", MomentNeeded),
    ],
)
def test_a_line_that_is_no_question_is_refused(line, refusal):
    with pytest.raises(refusal):
        read_line(line)
