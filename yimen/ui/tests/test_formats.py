"""Days, moments and money as four kinds of readers expect them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from django.utils import translation

from yimen.ui import formats

DAY = date(2016, 10, 12)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh-hans", "2016 年 10 月 12 日（星期三）"),
        ("en", "Wed 12 Oct 2016"),
        ("ja", "2016年10月12日（水）"),
        ("ko", "2016년 10월 12일(수)"),
    ],
)
def test_weekday_and_day_in_the_readers_language(language, said):
    with translation.override(language):
        assert formats.weekday_and_day(DAY) == said


def test_day_of_this_year_needs_no_year(monkeypatch):
    monkeypatch.setattr(formats, "_today", lambda: date(2016, 1, 1))

    with translation.override("zh-hans"):
        assert (formats.day(DAY), formats.day(date(2017, 1, 3))) == ("10 月 12 日", "2017 年 1 月 3 日")


def test_moment_is_told_in_legal_time(monkeypatch):
    monkeypatch.setattr(formats, "_today", lambda: DAY)

    with translation.override("en"):
        assert formats.moment(datetime(2016, 10, 9, 16, 40, tzinfo=UTC)) == "10 Oct, 0:40"


def test_money_has_fen_only_where_there_are_some():
    with translation.override("zh-hans"):
        assert [formats.money(fen) for fen in (0, 1200, 123456, 5)] == ["0 元", "12 元", "1,234.56 元", "0.05 元"]


def test_intervals_stand_side_by_side():
    with translation.override("zh-hans"):
        assert formats.intervals([(time(9), time(12)), (time(14), time(20))]) == "9:00–12:00，14:00–20:00"


def test_unknown_language_reads_chinese():
    with translation.override("fr"):
        assert formats.reader() == "zh-hans"


def test_week_begins_on_monday():
    with translation.override("zh-hans"):
        assert formats.week_heads() == ["一", "二", "三", "四", "五", "六", "日"]
