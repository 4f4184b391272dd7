"""Several questions, one round trip: what an action must know, asked of the domains at once in a single pipeline.

A domain offers a ``Question`` for what is asked on hot paths: its own SQL over its own tables, and how to read the
rows. Whoever needs several sends them together with ``ask``; ``answer`` sends one alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar

import psycopg
from django.db import connection, models

from yimen.kernel.trips import one_trip

T = TypeVar("T")
M = TypeVar("M", bound=models.Model)
Rows = list[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Question(Generic[T]):
    """One statement with its values, and what its rows mean."""

    sql: str
    values: Sequence[Any] | Mapping[str, Any]
    read: Callable[[Rows], T]

    def answer(self) -> T:
        """The answer, asked alone."""
        found: T = ask(self)[0]
        return found


def ask(*questions: Question[Any]) -> list[Any]:
    """The answers in the order of the questions. One round trip; errors of the database come as Django's own."""
    with one_trip(" ; ".join(question.sql for question in questions)):
        cursors = [_sent(question) for question in questions]
    rows = [cursor.fetchall() for cursor in cursors]
    return [question.read(found) for question, found in zip(questions, rows, strict=True)]


def _sent(question: Question[Any]) -> psycopg.Cursor[tuple[Any, ...]]:
    cursor = psycopg.Cursor(connection.connection)
    cursor.execute(question.sql.encode(), question.values)
    return cursor


def rows_of(model: type[M], condition: str, values: Sequence[Any]) -> Question[list[M]]:
    """Rows of a model as instances: ``condition`` is what stands behind WHERE, with the order or lock if it matters."""
    names, columns, converters = _columns_of(model)

    def read(rows: Rows) -> list[M]:
        return [model.from_db("default", names, _converted(row, converters)) for row in rows]

    return Question(f'SELECT {columns} FROM "{model._meta.db_table}" WHERE {condition}', values, read)


Converter = Callable[[Any, object, object], Any]


@cache
def _columns_of(model: type[models.Model]) -> tuple[list[str], str, list[tuple[int, Converter]]]:
    """Attributes, columns, and what must be made of a value before it is the model's: sealed texts, JSON."""
    fields = model._meta.concrete_fields
    converters = [(place, field.from_db_value) for place, field in enumerate(fields) if hasattr(field, "from_db_value")]
    return [field.attname for field in fields], ", ".join(f'"{field.column}"' for field in fields), converters


def _converted(row: tuple[Any, ...], converters: list[tuple[int, Converter]]) -> Sequence[Any]:
    if not converters:
        return row
    values = list(row)
    for place, convert in converters:
        values[place] = convert(values[place], None, connection)
    return values
