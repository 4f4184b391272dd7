"""The facts of a letter as words on the page: dates, limits, ways, in Chinese and in the reader's language."""

from __future__ import annotations

import calendar
import json
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from yimen.documents.terms import LetterFacts, LetterKind, LimitFacts
from yimen.kernel import clock

LETTERS = Path(__file__).resolve().parents[1] / "letters"

_UNITS = {"working_day": "个工作日", "calendar_day": "日", "opening_hour": "个办公小时", "month": "个月"}
_WAYS = {
    "upload": "电子上传",
    "paper": "纸质",
    "paper-to-come": "纸质（待交）",
    "scan": "窗口扫描",
    "form": "在线填写",
    "none": "未提交",
}

#: The facts that a translation repeats: of every letter, and of this kind.
_ALWAYS = ("case_no", "item_name", "applicant_name", "representative_name", "agency")
_ALSO = {
    LetterKind.RECEIPT: ("centre", "filed_at", "pin"),
    LetterKind.ACCEPTANCE: ("centre", "accepted_at", "statutory", "promised"),
    LetterKind.NOT_ACCEPTED: ("filed_at", "reason", "legal_basis", "correct_agency"),
    LetterKind.CORRECTION: ("centre", "filed_at", "correct_until"),
    LetterKind.CORRECTION_RECEIPT: ("centre",),
    LetterKind.GRANT: ("decided_at", "reason", "result_name", "result_no", "valid_for"),
    LetterKind.REFUSAL: ("decided_at", "reason", "legal_basis"),
    LetterKind.SERVICE: ("result_name", "result_no", "collector_name"),
    LetterKind.WITHDRAWAL: ("filed_at", "reason"),
    LetterKind.TERMINATION: ("filed_at", "reason", "legal_basis"),
    LetterKind.COLLECTION: ("centre", "result_name", "result_no", "collector_name"),
    LetterKind.HAND_OVER: ("centre",),
}
_AT_THE_END = ("contact_phone", "query_url")
_WITH_MATERIALS = {
    LetterKind.RECEIPT,
    LetterKind.ACCEPTANCE,
    LetterKind.CORRECTION,
    LetterKind.CORRECTION_RECEIPT,
    LetterKind.HAND_OVER,
}


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
    """Every fact as Chinese text, every list as a list of texts; empty where nothing is known.

    Receipts say the minute; everything else counts in days.
    """
    words: dict[str, Any] = {name: _chinese(getattr(facts, name)) for name in type(facts).model_fields}
    words["received_at"] = chinese_moment(facts.received_at) if facts.received_at else ""
    words["materials"] = [{**line.model_dump(), "way": _WAYS.get(line.way, line.way)} for line in facts.materials]
    words["filed_moment"] = chinese_moment(facts.filed_at) if facts.filed_at else ""
    words["returned"] = list(facts.returned)
    words |= {"is_deemed": facts.is_deemed, "is_later": facts.is_later}
    words["is_licence"] = facts.item_type in {"", "行政许可"}
    return words


def _chinese(value: object) -> str:
    if isinstance(value, datetime):
        return chinese_date(clock.local_date(value))
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
    names = (*_ALWAYS, *_ALSO[kind], *_AT_THE_END)
    rows = [(words["labels"][name], _foreign(getattr(facts, name), words)) for name in names]
    lines = facts.materials if kind in _WITH_MATERIALS else ()
    return {
        "language": language.split("-", maxsplit=1)[0],
        "heading": words["heading"],
        "note": words["note"],
        "title": words["titles"][kind],
        "sentence": words["sentences"][_sentence(kind, facts)],
        "rows": [row for row in rows if row[1]],
        "materials_label": words["labels"]["materials"],
        "materials": [_foreign_line(line.name, line.flaw, line.how_to_mend, words) for line in lines],
        "remedies": _remedies(facts, words) if kind in {LetterKind.NOT_ACCEPTED, LetterKind.REFUSAL} else "",
    }


def _sentence(kind: LetterKind, facts: LetterFacts) -> str:
    """Which sentence says what the letter means: some kinds have a second one for another occasion."""
    if kind == LetterKind.ACCEPTANCE and facts.is_deemed:
        return "W02-deemed"
    return "W01-later" if kind == LetterKind.RECEIPT and facts.is_later else kind


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
    return str(words["date"]).format(
        year=day.year, month=day.month, month_name=calendar.month_name[day.month], day=day.day
    )


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
