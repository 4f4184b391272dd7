"""A text as a ``tsvector``: A words of the name, B of the rest, C pairs of the name, D of the rest, and pinyin."""

from __future__ import annotations

from collections.abc import Iterable

from yimen.search.text import normal, pairs, readings, words


def vector(*, name: str, rest: str = "") -> str:
    """The ``tsvector`` literal of something with a name and a text. Deterministic; lexemes carry their label once."""
    name, rest = normal(name), normal(rest)
    labels: dict[str, set[str]] = {}
    _mark(labels, words(name), "A")
    _mark(labels, words(rest), "B")
    _mark(labels, pairs(name), "C")
    _mark(labels, pairs(rest), "D")
    _mark(labels, readings(name), "D")
    return " ".join(f"{_quoted(lexeme)}:{_places(marks)}" for lexeme, marks in sorted(labels.items()))


def _mark(labels: dict[str, set[str]], lexemes: Iterable[str], label: str) -> None:
    for lexeme in filter(None, lexemes):
        labels.setdefault(lexeme, set()).add(label)


def _places(marks: set[str]) -> str:
    return ",".join(f"{'ABCD'.index(mark) + 1}{mark}" for mark in sorted(marks))


def _quoted(lexeme: str) -> str:
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"
