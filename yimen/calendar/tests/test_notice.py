"""What a holiday notice may say."""

from dataclasses import replace
from datetime import date

import pytest

from yimen.calendar.errors import KindNotPossible, NameMissing, TooManyDays, YearOutOfRange
from yimen.calendar.rules import check_notice, check_special_day
from yimen.calendar.terms import DayKind, NoticeDay
from yimen.calendar.tests.builders import NOTICE_2027, a_notice
from yimen.kernel.errors import Refusals


def said(days, notice=NOTICE_2027) -> list[tuple[str, str]]:
    with pytest.raises(Refusals) as refused:
        check_notice(2027, notice, days)
    return [(refusal.code, refusal.field) for refusal in refused.value.refusals]


def test_a_sound_notice_is_taken():
    check_notice(2027, NOTICE_2027, a_notice())


def test_a_notice_may_reach_into_the_december_before():
    check_notice(2027, NOTICE_2027, [*a_notice(), NoticeDay(date(2026, 12, 31), False, "元旦")])


def test_everything_that_is_wrong_is_said_at_once():
    days = [
        *a_notice()[1:],
        NoticeDay(date(2027, 10, 4), False, "国庆节"),
        NoticeDay(date(2028, 1, 3), False, "元旦"),
        NoticeDay(date(2026, 11, 30), False, "元旦"),
        NoticeDay(date(2027, 10, 11), True, "国庆节"),
        NoticeDay(date(2027, 10, 6), False, " "),
    ]

    assert said(days, notice=" ") == [
        ("calendar.notice-empty", "notice"),
        ("calendar.day-twice", "days"),
        ("calendar.day-outside-notice", "days"),
        ("calendar.day-outside-notice", "days"),
        ("calendar.make-up-not-on-weekend", "days"),
        ("calendar.name-missing", "days"),
        ("calendar.statutory-holiday-missing", "days"),
    ]


def test_a_statutory_holiday_that_is_worked_is_refused():
    days = [replace(day, is_working=True) if day.day == date(2027, 10, 2) else day for day in a_notice()]

    assert said(days) == [("calendar.statutory-holiday-missing", "days")]


@pytest.mark.parametrize("year", [1949, 2200, 10**9])
def test_years_that_nobody_plans_for_are_refused(year):
    with pytest.raises(YearOutOfRange):
        check_notice(year, NOTICE_2027, [])


def test_a_notice_without_end_is_refused():
    with pytest.raises(TooManyDays):
        check_notice(2027, NOTICE_2027, a_notice() * 9)


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        ("2027-10-11", DayKind.MAKE_UP),
        ("2027-10-11", DayKind.WEEKEND),
        ("2027-10-10", DayKind.WORKDAY),
        ("2027-10-10", DayKind.UNKNOWN),
    ],
)
def test_a_day_cannot_be_what_its_weekday_forbids(day, kind):
    with pytest.raises(KindNotPossible):
        check_special_day(date.fromisoformat(day), kind, "国庆节")


def test_a_holiday_has_a_name():
    with pytest.raises(NameMissing):
        check_special_day(date(2027, 10, 11), DayKind.HOLIDAY, "")
    check_special_day(date(2027, 10, 11), DayKind.WORKDAY, "")
