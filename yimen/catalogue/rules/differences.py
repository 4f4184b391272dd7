"""What changed from one version to the next, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Change:
    """One place that differs: its path, what stood there, what stands there now. Empty text: nothing."""

    path: str
    before: str
    after: str


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Every leaf that differs, in the order of the newer version. Lists of things with codes are compared by code."""
    return list(_walk("", before, after))


def _walk(path: str, before: Any, after: Any) -> Iterator[Change]:
    old, new = _branches(before), _branches(after)
    if old is None and new is None:
        if before != after:
            yield Change(path, _words(before), _words(after))
        return
    old, new = old or {}, new or {}
    for key in [*new, *(key for key in old if key not in new)]:
        yield from _walk(f"{path}.{key}" if path else str(key), old.get(key), new.get(key))


def _branches(value: Any) -> Mapping[str, Any] | None:
    if isinstance(value, Mapping):
        return value
    if isinstance(value, list):
        return {_key(entry, number): entry for number, entry in enumerate(value, 1)}
    return None


def _key(entry: Any, number: int) -> str:
    return str(entry["code"]) if isinstance(entry, Mapping) and "code" in entry else str(number)


def _words(value: Any) -> str:
    return "" if value is None or value == "" else str(value)
