"""Many rows, one round trip: what an action wants written, collected and sent in a single pipeline.

The rows are ordinary model instances; columns and values come from the models, so nothing is said twice. Nothing
is read back: give keys beforehand (``new_id``), or do not need them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import psycopg
from django.db import connection, models, transaction
from django.db.models.expressions import DatabaseDefault

from yimen.kernel.events import Event, event_row
from yimen.kernel.trips import one_trip


class Writes:
    """Statements in the order in which they were asked for. ``one_act`` sends them when the act is done."""

    def __init__(self) -> None:
        self._statements: list[tuple[str, Sequence[Any] | Mapping[str, Any]]] = []

    def insert(self, rows: Sequence[models.Model]) -> None:
        """New rows of one model, in one statement. Keys that the database counts up are left to it."""
        if not rows:
            return
        columns = [column for column in _columns_of(type(rows[0])) if not column.is_left_to_database(rows[0])]
        values = [column.value(row, is_new=True) for row in rows for column in columns]
        names = ", ".join(column.name for column in columns)
        places = ", ".join(["(" + ", ".join(["%s"] * len(columns)) + ")"] * len(rows))
        self.sql(f'INSERT INTO "{rows[0]._meta.db_table}" ({names}) VALUES {places}', values)

    def update(self, row: models.Model, fields: Iterable[str]) -> None:
        """The named fields of a row that is there already."""
        by_field = {column.field.name: column for column in _columns_of(type(row))}
        changed, key = [by_field[name] for name in fields], row._meta.pk
        assert key is not None
        sets = ", ".join(f"{column.name} = %s" for column in changed)
        values = [column.value(row, is_new=False) for column in changed]
        self.sql(f'UPDATE "{row._meta.db_table}" SET {sets} WHERE "{key.column}" = %s', [*values, row.pk])

    def news(self, event: Event) -> None:
        """A piece of news."""
        self.insert([event_row(event)])

    def sql(self, statement: str, values: Sequence[Any] | Mapping[str, Any]) -> None:
        """A statement with ``%s`` or ``%(name)s`` places."""
        self._statements.append((statement, values))

    def send(self) -> None:
        """Everything, in one round trip. Errors of the database come as Django's own."""
        with one_trip(" ; ".join(statement for statement, _ in self._statements)):
            cursor = psycopg.Cursor(connection.connection)
            for statement, values in self._statements:
                cursor.execute(statement.encode(), values)
        self._statements.clear()


@contextmanager
def one_act() -> Iterator[Writes]:
    """A transaction whose collected writes go out at its end, in one round trip with the COMMIT.

    Inside another transaction there is no COMMIT to travel with: then they are sent before the savepoint is released.
    Errors of the database come as Django's own, and nothing is written.
    """
    writes, is_outermost = Writes(), not connection.in_atomic_block
    with transaction.atomic():
        yield writes
        if is_outermost:
            # Django's own commit, a moment later, finds nothing left to do
            writes.sql("COMMIT", ())
        writes.send()


#: Values of these fields are PostgreSQL's own as they are; of others Django makes what is written.
_AS_THEY_ARE = (
    models.AutoField,
    models.BooleanField,
    models.DateField,
    models.DateTimeField,
    models.ForeignKey,
    models.IntegerField,
    models.UUIDField,
)


@dataclass(frozen=True, slots=True)
class _Column:
    """A column as it is written."""

    name: str
    field: models.Field[Any, Any]
    #: A text or an enum of texts.
    is_text: bool
    is_plain: bool
    may_be_left: bool

    def value(self, row: models.Model, *, is_new: bool) -> Any:
        """What is written for this row."""
        if self.is_plain:
            return getattr(row, self.field.attname)
        if self.is_text:
            text = getattr(row, self.field.attname)
            return text if text is None else str(text)
        return self.field.get_db_prep_save(self.field.pre_save(row, add=is_new), connection)

    def is_left_to_database(self, row: models.Model) -> bool:
        """A key that the database counts up, or a value that it gives by itself."""
        if not self.may_be_left:
            return False
        value = getattr(row, self.field.attname)
        return isinstance(value, DatabaseDefault) or (self.field.primary_key and value is None)


@cache
def _columns_of(model: type[models.Model]) -> list[_Column]:
    return [
        _Column(
            name=f'"{field.column}"',
            field=field,
            is_text=type(field) in (models.CharField, models.TextField),
            is_plain=isinstance(field, _AS_THEY_ARE) and not getattr(field, "auto_now_add", False),
            may_be_left=field.primary_key or field.has_db_default(),
        )
        for field in model._meta.concrete_fields
    ]
