"""News of the catalogue."""

from __future__ import annotations

from dataclasses import dataclass

from yimen.kernel.events import Event


@dataclass(frozen=True, slots=True)
class VersionPublished(Event):
    """A version of an item is in force."""

    item_code: str
    number: int


@dataclass(frozen=True, slots=True)
class ItemSuspended(Event):
    """An item cannot be applied for, for now."""

    item_code: str
    reason: str
