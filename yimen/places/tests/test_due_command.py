"""``manage due``: one answer a line, whatever comes in."""

import io
import sys

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from yimen.places.tests.builders import a_centre, baoan

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(monkeypatch):
    def run(given: bytes) -> list[str]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
        out = io.StringIO()
        try:
            call_command("due", stdout=out)
        except CommandError as error:
            return [*out.getvalue().splitlines(), f"! {error}"]
        return out.getvalue().splitlines()

    return run


def test_days_and_moments_are_answered_line_by_line(ask):
    baoan()
    a_centre("BA")

    assert ask(b"2016-06-25,20,working_day\n2016-06-27T15:00,4,opening_hour,BA\n2016-06-25,0,working_day") == [
        "2016-07-22",
        "2016-06-27T19:00",
        "2016-06-25",
    ]
    assert ask(b"2016-06-27T15:00:30,0.001,opening_hour,BA") == ["2016-06-27T15:00:34"]


def test_errors_stand_on_their_line_and_the_rest_goes_on(ask):
    answers = ask(
        b"2016-06-25,-1,working_day\n2026-12-01,60,working_day\n\n2016-06-25T15:00,4,opening_hour,NO\n\xff\xfe,1,month\n"
        b"2016-06-25,99999,working_day\n1800-01-01,1,working_day\n" + b"9" * 1000 + b"\n2016-06-25,20,working_day\n"
    )

    assert answers == [
        "error: The count must be between 0 and 3650.",
        "error: The calendar of 2027 is not published yet. The day is fixed when the holiday notice of 2027 is out.",
        "error: Write FROM,COUNT,UNIT or FROM,COUNT,UNIT,CENTRE, for example 2016-06-25,20,working_day.",
        "error: There is no service centre with the code “NO”.",
        "error: Write FROM,COUNT,UNIT or FROM,COUNT,UNIT,CENTRE, for example 2016-06-25,20,working_day.",
        "error: The count must be between 0 and 3650.",
        "error: The day must lie between the years 1950 and 2199.",
        "error: Write FROM,COUNT,UNIT or FROM,COUNT,UNIT,CENTRE, for example 2016-06-25,20,working_day.",
        "2016-07-22",
        "! 8 of 9 lines had an error.",
    ]


def test_a_byte_order_mark_and_line_ends_of_windows_are_passed_over(ask):
    assert ask(b"\xef\xbb\xbf2016-06-25,20,working_day\r\n2016-06-24,20,working_day\r\n") == [
        "2016-07-22",
        "2016-07-22",
    ]


def test_nothing_at_all_is_an_error(ask):
    assert ask(b"") == ["! Nothing came in on standard input: write lines such as 2016-06-25,20,working_day."]


def test_thousands_of_lines_ask_the_database_a_handful_of_times(ask, django_assert_num_queries):
    baoan()
    a_centre("BA")
    ask(b"2016-06-27,1,working_day\n")  # from here the process knows the calendar

    with django_assert_num_queries(3):
        answers = ask(b"2016-06-27T15:00,4,opening_hour,BA\n" * 6000)

    assert answers == ["2016-06-27T19:00"] * 6000
