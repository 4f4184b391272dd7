"""The facts of a letter as the words that stand on the page: dates, limits, ways, in Chinese and in the reader's language."""

from __future__ import annotations

import json
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from yimen.documents.terms import LetterFacts, LetterKind, LimitFacts
from yimen.kernel import clock

LETTERS = Path(__file__).resolve().parents[1] / "letters"

_UNITS = {"working_day": "个工作日", "calendar_day": "日", "opening_hour": "个办公小时", "month": "个月"}
_WAYS = {"upload": "电子上传", "paper": "纸质", "scan": "窗口扫描", "form": "在线填写"}
_MONTHS = "January February March April May June July August September October November December".split()

#: The facts that a translation repeats, in their order.
_TRANSLATED = (
    "case_no", "item_name", "applicant_name", "representative_name", "agency", "centre", "filed_at", "accepted_at",
    "decided_at", "statutory", "promised", "reason", "legal_basis", "correct_agency", "correct_until", "result_name",
    "result_no", "valid_for", "collector_name", "contact_phone", "query_url", "pin",
)  # fmt: skip


def chinese_date(day: date) -> str:
    """2026年11月23日, as official letters write it (GB/T 9704)."""
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_moment(moment: datetime) -> str:
    """2026年11月23日15时07分, in legal time."""
    local = clock.local(moment)
    return f"{chinese_date(local)}{local.hour}时{local.minute:02d}分"


def chinese_limit(limit: LimitFacts) -> str:
    """20个工作日，至2026年12月21日届满; without a day where the calendar of that year is not published yet."""
    length = f"{limit.count}{_UNITS.get(limit.unit, limit.unit)}"
    if limit.due_on:
        return f"{length}，于{chinese_date(limit.due_on)}届满"
    if limit.missing_year:
        return f"{length}；具体届满日期待{limit.missing_year}年节假日安排公布后确定"
    return length


def words_of(facts: LetterFacts) -> dict[str, Any]:
    """Every fact as Chinese text, every list as a list of texts; empty where nothing is known."""
    words: dict[str, Any] = {name: _chinese(getattr(facts, name)) for name in type(facts).model_fields}
    words["materials"] = [{**line.model_dump(), "way": _WAYS.get(line.way, line.way)} for line in facts.materials]
    words["returned"] = list(facts.returned)
    words["is_licence"] = facts.item_type in {"", "行政许可"}
    return words


def _chinese(value: object) -> str:
    if isinstance(value, datetime):
        return chinese_moment(value)
    if isinstance(value, date):
        return chinese_date(value)
    if isinstance(value, LimitFacts):
        return chinese_limit(value)
    return "" if value is None or isinstance(value, tuple) else str(value)


@cache
def _translations() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads((LETTERS / "translations.json").read_text(encoding="utf-8"))
    return found


def translation(kind: LetterKind, facts: LetterFacts, language: str) -> dict[str, Any] | None:
    """The core of the letter in the reader's language, for information; None for readers of Chinese."""
    words = _translations().get(language.split("-", maxsplit=1)[0])
    if words is None:
        return None
    rows = [(words["labels"][name], _foreign(getattr(facts, name), words)) for name in _TRANSLATED]
    materials = [_foreign_line(line.name, line.flaw, line.how_to_mend, words) for line in facts.materials]
    return {
        "language": language.split("-", maxsplit=1)[0],
        "heading": words["heading"],
        "note": words["note"],
        "title": words["titles"][kind],
        "sentence": words["sentences"][kind],
        "rows": [row for row in rows if row[1]],
        "materials_label": words["labels"]["materials"],
        "materials": materials,
        "remedies": _remedies(facts, words) if kind in {LetterKind.NOT_ACCEPTED, LetterKind.REFUSAL} else "",
    }


def _foreign(value: object, words: dict[str, Any]) -> str:
    if isinstance(value, datetime):
        local = clock.local(value)
        return f"{_foreign_date(local, words)} {local:%H:%M}"
    if isinstance(value, date):
        return _foreign_date(value, words)
    if isinstance(value, LimitFacts):
        return _foreign_limit(value, words)
    return str(value or "")


def _foreign_date(day: date, words: dict[str, Any]) -> str:
    return str(words["date"]).format(year=day.year, month=day.month, month_name=_MONTHS[day.month - 1], day=day.day)


def _foreign_limit(limit: LimitFacts, words: dict[str, Any]) -> str:
    length = words["units"].get(limit.unit, "{count}").format(count=limit.count)
    if limit.due_on:
        return str(words["limit_with_day"]).format(length=length, day=_foreign_date(limit.due_on, words))
    if limit.missing_year:
        return str(words["limit_without_day"]).format(length=length, year=limit.missing_year)
    return str(length)


def _foreign_line(name: str, flaw: str, how_to_mend: str, words: dict[str, Any]) -> str:
    more = words["joiner"].join(text for text in (flaw, how_to_mend) if text)
    return f"{name} — {more}" if more else name


def _remedies(facts: LetterFacts, words: dict[str, Any]) -> str:
    if not (facts.review_body and facts.court):
        return ""
    return str(words["remedies"]).format(
        review_body=facts.review_body,
        review_days=facts.review_days or 60,
        court=facts.court,
        court_months=facts.court_months or 6,
    )
