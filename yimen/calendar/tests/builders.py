"""Calendars and notices for tests."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
from chinese_calendar import constants

from yimen.calendar.rules import WorkCalendar
from yimen.calendar.terms import Limit, NoticeDay, Unit

NOTICE_2027 = "关于2027年部分节假日安排的通知(虚构)"


def a_calendar(first=2004, last=2026) -> WorkCalendar:
    """The published years as chinesecalendar has them."""
    rest = [NoticeDay(day, False, name) for day, name in constants.holidays.items()]
    made_up = [NoticeDay(day, True, name) for day, name in constants.workdays.items()]
    return WorkCalendar.build(range(first, last + 1), [*rest, *made_up])


def working_days(count: int) -> Limit:
    return Limit(count, Unit.WORKING_DAY)


def count_by_hand(start: date, count: int) -> date:
    """Day by day, asking another library about each."""
    day = start
    while count:
        day += timedelta(days=1)
        count -= chinese_calendar.is_workday(day)
    return day


def a_notice(year=2027) -> list[NoticeDay]:
    """A plausible notice for a year that has none."""
    off = ["01-01", "02-05", "02-06", "02-07", "02-08", "05-01", "05-03", "10-01", "10-02", "10-03", "10-04", "10-05"]
    days = [NoticeDay(date.fromisoformat(f"{year}-{text}"), False, "假日") for text in off]
    return [*days, NoticeDay(date.fromisoformat(f"{year}-10-09"), True, "国庆节")]
