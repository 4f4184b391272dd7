"""What a holiday notice may say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from yimen.calendar.errors import (
    DayOutsideNotice,
    DayTwice,
    KindNotPossible,
    MakeUpNotOnWeekend,
    NameMissing,
    NoticeEmpty,
    StatutoryHolidayMissing,
    TooManyDays,
    YearOutOfRange,
)
from yimen.calendar.terms import FIRST_YEAR, LAST_YEAR, DayKind, NoticeDay
from yimen.kernel.errors import Refusal, Refusals

#: The longest notice had 45 special days; twice that is a mistake.
MOST_DAYS = 90
#: Holidays by the sun: month and day. The others move with the moon and the solar terms.
_EVERY_YEAR = ((1, 1), (5, 1), (10, 1), (10, 2), (10, 3))


def check_notice(year: int, notice: str, days: Sequence[NoticeDay]) -> None:
    """Refuse a notice that cannot be right; everything that is wrong is said at once.

    Days lie in the year or in the December before (the notice for 2019 took 31 December 2018 off). Make-up days are
    weekend days; the holidays by the sun are off.

    Law: HOL art. 2
    Raises: YearOutOfRange, TooManyDays, Refusals
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise YearOutOfRange(field="year", first=FIRST_YEAR, last=LAST_YEAR)
    if len(days) > MOST_DAYS:
        raise TooManyDays(field="days", most=MOST_DAYS)
    wrong = [*_title_wrong(notice), *_days_wrong(year, days), *_missing(year, days)]
    if wrong:
        raise Refusals(wrong)


def _title_wrong(notice: str) -> Iterable[Refusal]:
    if not 0 < len(notice.strip()) <= 200:
        yield NoticeEmpty(field="notice")


def _days_wrong(year: int, days: Sequence[NoticeDay]) -> Iterable[Refusal]:
    seen: set[date] = set()
    for given in days:
        day, shown = given.day, given.day.isoformat()
        if day.year != year and (day.year, day.month) != (year - 1, 12):
            yield DayOutsideNotice(field="days", day=shown, year=year)
        if day in seen:
            yield DayTwice(field="days", day=shown)
        seen.add(day)
        yield from _day_wrong(given)


def _day_wrong(given: NoticeDay) -> Iterable[Refusal]:
    shown = given.day.isoformat()
    if given.is_working and given.day.weekday() < 5:
        yield MakeUpNotOnWeekend(field="days", day=shown)
    if not 0 < len(given.name.strip()) <= 60:
        yield NameMissing(field="days", day=shown)


def _missing(year: int, days: Sequence[NoticeDay]) -> Iterable[Refusal]:
    off = {given.day for given in days if not given.is_working}
    for month, number in _EVERY_YEAR:
        day = date(year, month, number)
        if day not in off:
            yield StatutoryHolidayMissing(field="days", day=day.isoformat())


def check_special_day(day: date, kind: DayKind, name: str) -> None:
    """Refuse a change that makes no sense of a day.

    Raises: KindNotPossible, NameMissing
    """
    possible = {DayKind.HOLIDAY, DayKind.WORKDAY if day.weekday() < 5 else DayKind.WEEKEND}
    if day.weekday() > 4:
        possible.add(DayKind.MAKE_UP)
    if kind not in possible:
        raise KindNotPossible(field="kind", day=day.isoformat(), kind=kind.label)
    if kind in (DayKind.HOLIDAY, DayKind.MAKE_UP) and not 0 < len(name.strip()) <= 60:
        raise NameMissing(field="name", day=day.isoformat())
