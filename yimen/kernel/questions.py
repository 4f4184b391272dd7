"""Several questions, one round trip: what an action must know, asked of the domains at once in a single pipeline.

A domain offers a ``Question`` for what is asked on hot paths: its own SQL over its own tables, and how to read the
rows. Whoever needs several sends them together with ``ask``; ``answer`` sends one alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
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
    """Rows of a model as instances: ``condition`` is what stands behind WHERE, with the order if it matters.

    For models whose columns are plain values; sealed texts and JSON are for the ORM.
    """
    fields = model._meta.concrete_fields
    names = [field.attname for field in fields]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    table = model._meta.db_table

    def read(rows: Rows) -> list[M]:
        return [model.from_db("default", names, row) for row in rows]

    return Question(f'SELECT {columns} FROM "{table}" WHERE {condition}', values, read)
