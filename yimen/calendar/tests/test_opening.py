"""The clock that runs only while the doors are open."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yimen.calendar.errors import CountNotValid, DayOutOfRange, NeverOpen
from yimen.calendar.rules import explain_opening, opening_due
from yimen.calendar.terms import OpenSpan

MORNING = (time(9), time(12))


def baoan(day: date) -> list[tuple[time, time]]:
    """Monday to Friday until eight, Saturday until four, Sunday in the morning."""
    afternoon = {5: [(time(14), time(16))], 6: []}
    return [MORNING, *afternoon.get(day.weekday(), [(time(14), time(20))])]


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2016-06-27T15:00", "4", "2016-06-27T19:00"),
        ("2016-06-25T15:00", "4", "2016-06-26T12:00"),  # one hour on Saturday, three on Sunday; over when it closes
        ("2016-06-25T15:00", "4.5", "2016-06-27T09:30"),
        ("2016-06-27T07:00", "1", "2016-06-27T10:00"),
        ("2016-06-27T12:30", "0.25", "2016-06-27T14:15"),
        ("2016-06-27T20:00", "3", "2016-06-28T12:00"),
        ("2016-06-26T13:00", "0", "2016-06-26T13:00"),
    ],
)
def test_hours_count_while_the_centre_is_open(start, hours, end):
    assert opening_due(datetime.fromisoformat(start), Decimal(hours), baoan) == datetime.fromisoformat(end)


def test_an_aware_moment_is_answered_in_legal_time():
    found = opening_due(datetime(2016, 6, 27, 7, 0, tzinfo=UTC), Decimal(1), baoan)

    assert found.isoformat() == "2016-06-27T16:00:00+08:00"


def test_explain_opening_lists_every_stretch():
    spans = list(explain_opening(datetime(2016, 6, 25, 15, 0), Decimal("4.5"), baoan))  # noqa: DTZ001

    assert [(span.begins.isoformat(" "), span.ends.isoformat(" "), span.hours) for span in spans] == [
        ("2016-06-25 15:00:00", "2016-06-25 16:00:00", Decimal(1)),
        ("2016-06-26 09:00:00", "2016-06-26 12:00:00", Decimal(4)),
        ("2016-06-27 09:00:00", "2016-06-27 09:30:00", Decimal("4.5")),
    ]
    assert isinstance(spans[0], OpenSpan)


@given(hours=st.decimals(0, 200, places=2), minutes=st.integers(0, 10_000))
def test_the_stretches_add_up_to_the_hours(hours, minutes):
    start = datetime(2016, 6, 20) + timedelta(minutes=minutes)  # noqa: DTZ001
    spans = list(explain_opening(start, hours, baoan))

    assert sum((span.ends - span.begins for span in spans), timedelta()) == timedelta(seconds=int(hours * 3600))
    assert all(before.ends <= after.begins for before, after in pairwise(spans))


@pytest.mark.parametrize("hours", ["-1", "3651", "NaN", "Infinity"])
def test_hours_that_make_no_sense_are_refused(hours):
    with pytest.raises(CountNotValid):
        opening_due(datetime(2016, 6, 25, 15, 0), Decimal(hours), baoan)  # noqa: DTZ001


def test_a_moment_outside_all_calendars_is_refused():
    with pytest.raises(DayOutOfRange):
        opening_due(datetime(1900, 1, 1), Decimal(1), baoan)  # noqa: DTZ001


def test_a_centre_that_never_opens_is_refused():
    with pytest.raises(NeverOpen) as refused:
        opening_due(datetime(2016, 6, 25, 15, 0), Decimal(1), lambda _day: [])  # noqa: DTZ001

    assert refused.value.params == {"day": "2016-06-25"}
