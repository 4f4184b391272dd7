"""What is said at a field when something is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def error_at(found: Iterable[Mapping[str, str]], name: str) -> str:
    """The sentences about this field, out of ``[{"field": …, "text": …}, …]``; empty where it is in order."""
    return " ".join(row["text"] for row in found if row["field"] == name)
