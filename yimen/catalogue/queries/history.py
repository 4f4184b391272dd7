"""The versions of an item, and what changed between two of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from yimen.catalogue.errors import ItemNotFound
from yimen.catalogue.models import ItemVersion
from yimen.catalogue.rules import Change, differences
from yimen.catalogue.terms import VersionState


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One published version in the list of an item's versions."""

    number: int
    state: VersionState
    name: str
    effective_from: date | None
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Difference:
    """What a version changed against the one before it; everything is new in the first."""

    number: int
    before: int | None
    changes: tuple[Change, ...]


def version_history(item_code: str) -> list[VersionLine]:
    """Every version that was ever published, newest first. One query. Raises: ItemNotFound."""
    rows = ItemVersion.objects.filter(item__code=item_code, published_at__isnull=False).order_by("-number")
    found = [
        VersionLine(row.number, VersionState(row.state), row.name, row.effective_from, row.published_at)
        for row in rows.defer("content")
        if row.published_at
    ]
    if not found:
        raise ItemNotFound
    return found


def difference(item_code: str, number: int) -> Difference:
    """What version ``number`` changed. One query. Raises: ItemNotFound."""
    rows = ItemVersion.objects.filter(item__code=item_code, published_at__isnull=False, number__lte=number)
    newest = list(rows.order_by("-number")[:2])
    if not newest or newest[0].number != number:
        raise ItemNotFound
    if len(newest) == 1:
        return Difference(number, None, ())
    return Difference(number, newest[1].number, tuple(differences(_whole(newest[1]), _whole(newest[0]))))


def _whole(row: ItemVersion) -> dict[str, Any]:
    return {
        "name": row.name,
        "plain_name": row.plain_name,
        "type": row.type,
        "case_type": row.case_type,
        "audience": row.audience,
        "statutory_limit": _limit(row.statutory_count, row.statutory_unit),
        "promised_limit": _limit(row.promised_count, row.promised_unit),
        **row.content,
    }


def _limit(count: int | None, unit: str) -> dict[str, Any] | None:
    return None if count is None else {"count": count, "unit": unit}
