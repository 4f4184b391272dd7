"""Days, moments, numbers and money in the reader's language; moments in legal time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from functools import lru_cache
from typing import Protocol
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_decimal
from django.conf import settings
from django.utils import translation

_BABEL = {"zh-hans": "zh_Hans_CN", "en": "en_GB", "ja": "ja_JP", "ko": "ko_KR"}
_DAY = {"zh-hans": "M 月 d 日", "en": "d MMM", "ja": "M月d日", "ko": "M월 d일"}
_YEAR_AND_DAY = {"zh-hans": "y 年 M 月 d 日", "en": "d MMM y", "ja": "y年M月d日", "ko": "y년 M월 d일"}
_WEEKDAY = {
    "zh-hans": "{day}（{weekday}）",
    "en": "{weekday} {day}",
    "ja": "{day}（{weekday}）",
    "ko": "{day}({weekday})",
}
_MONEY = {"zh-hans": "{yuan} 元", "en": "CNY {yuan}", "ja": "{yuan}元", "ko": "{yuan}위안"}
#: Today as the house's clock has it; the addresses hand it in when they start.
_today: Callable[[], date] | None = None


class Named(Protocol):
    """Something with a name in Chinese and, perhaps, in other languages."""

    @property
    def name(self) -> str:
        """In Chinese."""

    @property
    def names(self) -> dict[str, str]:
        """By language code."""


def tell_day_by(today: Callable[[], date]) -> None:
    """Which clock says what year it is: days of this year are written without it."""
    global _today  # noqa: PLW0603  set once at start
    _today = today


def reader() -> str:
    """The language code of the reader, one of the four."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    return language if language in _BABEL else "zh-hans"


def day(value: date) -> str:
    """``10 月 12 日``, ``12 Oct``; with the year when it is not this one."""
    this_year = _today is not None and _today().year == value.year
    pattern = (_DAY if this_year else _YEAR_AND_DAY)[reader()]
    return _written(_legal_day(value), pattern, _BABEL[reader()])


def full_day(value: date) -> str:
    """The day with its year, always: for letters and proofs."""
    return _written(_legal_day(value), _YEAR_AND_DAY[reader()], _BABEL[reader()])


def weekday(value: date, width: str = "short") -> str:
    """``周三``, ``Wed``, ``水``; ``width="narrow"`` for the heads of calendars, ``"full"`` for ``星期三``."""
    style = {"narrow": "ccccc", "short": "ccc", "full": "cccc"}[width]
    return _written(_legal_day(value), style, _BABEL[reader()])


def week_heads() -> list[str]:
    """Monday to Sunday in one letter or two, for the head of a calendar."""
    return [weekday(date(2024, 1, number), "narrow") for number in range(1, 8)]


def weekday_and_day(value: date) -> str:
    """``10 月 12 日（星期三）``, ``Wed 12 Oct``."""
    name = weekday(value, "full" if reader() == "zh-hans" else "short")
    return _WEEKDAY[reader()].format(day=day(_legal_day(value)), weekday=name)


def moment(value: datetime) -> str:
    """Day and time in legal time: ``10 月 9 日 16:40``, ``9 Oct, 16:40``."""
    return f"{day(_legal_day(value))}{',' if reader() == 'en' else ''} {clock_time(value)}"


def clock_time(value: datetime | time) -> str:
    """``16:40``, on the 24-hour clock in every language; moments in legal time."""
    local = value.astimezone(ZoneInfo(settings.TIME_ZONE)) if isinstance(value, datetime) else value
    return f"{local.hour}:{local.minute:02}"


def hour(value: datetime) -> int:
    """The hour in legal time, 0 to 23: which part of the day it is."""
    return value.astimezone(ZoneInfo(settings.TIME_ZONE)).hour


def intervals(rows: Iterable[tuple[time, time]]) -> str:
    """``9:00–12:00，14:00–20:00``."""
    comma = {"zh-hans": "，", "ja": "、"}.get(reader(), ", ")
    return comma.join(f"{clock_time(opens)}–{clock_time(closes)}" for opens, closes in rows)


def number(value: float) -> str:
    """With separators of thousands."""
    return format_decimal(value, locale=_BABEL[reader()])


def money(fen: int) -> str:
    """An amount kept in fen, in yuan: ``12 元``, ``12.50 元``."""
    yuan = format_decimal(fen // 100, locale=_BABEL[reader()])
    return _MONEY[reader()].format(yuan=yuan if fen % 100 == 0 else f"{yuan}.{fen % 100:02}")


def language_name(code: str) -> str:
    """What a language calls itself."""
    return dict(settings.LANGUAGES).get(code, code)


def named(row: Named) -> str:
    """The row's name in the reader's language, in Chinese where there is none."""
    return row.names.get(reader()) or row.name


@lru_cache(maxsize=8192)
def _written(value: date, pattern: str, locale: str) -> str:
    """A day in words. The same few days are written again and again, and Babel takes its time."""
    return format_date(value, pattern, locale=locale)


def _legal_day(value: date) -> date:
    return value.astimezone(ZoneInfo(settings.TIME_ZONE)).date() if isinstance(value, datetime) else value
