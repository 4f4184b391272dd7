"""Items as other portals publish them (Guangdong 2021, Sichuan 2025), turned into our own words.

Their telephones and addresses stay behind: they belong to somebody else's counters.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from yimen.catalogue.errors import ItemDataNotValid

_TYPES = {
    "行政许可": "licence",
    "行政征收": "levy",
    "行政给付": "benefit",
    "行政确认": "confirmation",
    "行政奖励": "award",
    "行政裁决": "adjudication",
    "其他行政权力": "other_power",
    "公共服务": "public_service",
}
#: GB/T 39046 A.1, without leading zeros.
_TYPE_CODES = {
    "1": "licence",
    "4": "levy",
    "5": "benefit",
    "7": "confirmation",
    "8": "award",
    "9": "adjudication",
    "10": "other_power",
    "20": "public_service",
}
#: GB/T 39046 A.4 and the portals' own additions.
_AUDIENCES = {
    "自然人": "person",
    "企业法人": "enterprise",
    "非法人企业": "enterprise",
    "事业法人": "institution",
    "社会组织法人": "social",
    "行政机关": "state",
    "其他组织": "other",
}
_UNITS = {"working_day": "working_day", "natural_day": "calendar_day", "calendar_day": "calendar_day", "month": "month"}


@dataclass(frozen=True, slots=True)
class ForeignItem:
    """The item in our format, with the names of its department and region, which may be unknown here."""

    data: dict[str, Any]
    agency_name: str
    region_name: str


def is_foreign(data: Mapping[str, Any]) -> bool:
    """Whether this is another portal's line: it names a department where ours gives a code."""
    return "department" in data and "agency" not in data


def item_from_foreign(data: Mapping[str, Any]) -> ForeignItem:
    """The line in our own words. Raises: ItemDataNotValid for what has no counterpart."""
    mapped = _from_sichuan(data) if "task_type_code" in data else _from_guangdong(data)
    region = _text(data, "area_code")
    mapped["region"] = region[:6] if len(region) == 12 and region.endswith("000000") else region
    return ForeignItem(mapped, _text(data, "department")[:100], (_text(data, "area", required=False) or region)[:100])


def _from_guangdong(data: Mapping[str, Any]) -> dict[str, Any]:
    name, parent = _text(data, "name"), _text(data, "parent_name", required=False)
    content = {
        "materials": _materials(data.get("materials", [])),
        "readiness": {
            "file_online": data.get("online", False),
            "courier": data.get("courier", False),
            "booking": data.get("booking", False),
            "visits": data.get("onsite_visits", 1),
        },
        "aliases": [parent] if parent and parent != name else [],
        "themes": [theme for theme in _list(data, "themes") if theme != "其他"],
        "legal_basis": [{"law": law} for law in _list(data, "laws_cited_in_conditions")],
    }
    return {
        "code": _text(data, "code"),
        "catalog_code": _text(data, "catalog_code", required=False),
        "name": name,
        "type": _word(_TYPES, "type", _text(data, "type")),
        "agency": _text(data, "org_code9"),
        "audience": list(dict.fromkeys(_word(_AUDIENCES, "audience", word) for word in _list(data, "audience"))),
        "statutory_limit": _limit(data, "statutory_limit"),
        "promised_limit": _limit(data, "promised_limit"),
        "source": _text(data, "source", required=False),
        "content": content,
    }


def _from_sichuan(data: Mapping[str, Any]) -> dict[str, Any]:
    main = _text(data, "main_item", required=False)
    name = _text(data, "name")
    return {
        "code": _text(data, "code"),
        "name": name,
        "type": _word(_TYPE_CODES, "task_type_code", _text(data, "task_type_code").lstrip("0")),
        "agency": _text(data, "dept_code"),
        "source": _text(data, "source", required=False),
        "content": {"aliases": [main] if main not in {"", "未分类", name} else []},
    }


def _text(data: Mapping[str, Any], key: str, *, required: bool = True) -> str:
    value = data.get(key)
    if value is None and not required:
        return ""
    if not isinstance(value, str) or (required and not value.strip()):
        raise ItemDataNotValid(field=key, place=key, reason="a text is needed here")
    return value.strip()


def _list(data: Mapping[str, Any], key: str) -> list[str]:
    value = data.get(key) or []
    if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
        raise ItemDataNotValid(field=key, place=key, reason="a list of texts is needed here")
    return value


def _word(words: Mapping[str, str], key: str, value: str) -> str:
    if value not in words:
        raise ItemDataNotValid(field=key, place=key, reason=f"not a known word: {value[:40]}")
    return words[value]


def _limit(data: Mapping[str, Any], key: str) -> dict[str, Any] | None:
    value = data.get(key)
    if value is None:
        return None
    if not isinstance(value, Mapping):
        raise ItemDataNotValid(field=key, place=key, reason="days and unit are needed here")
    unit = value.get("unit")
    return {"count": value.get("days"), "unit": _word(_UNITS, f"{key}.unit", unit if isinstance(unit, str) else "")}


def _materials(names: Any) -> list[dict[str, Any]]:
    if not isinstance(names, list):
        raise ItemDataNotValid(field="materials", place="materials", reason="a list of names is needed here")
    return [{"code": f"m{number}", "name": name} for number, name in enumerate(names, 1)]
