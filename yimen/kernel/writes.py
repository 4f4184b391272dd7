"""Many rows, one round trip: what an action wants written, collected and sent in a single pipeline.

The rows are ordinary model instances; columns and values come from the models, so nothing is said twice. Nothing
is read back: give keys beforehand (``new_id``), or do not need them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
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
        meta = rows[0]._meta
        fields = [field for field in meta.concrete_fields if not _is_left_to_database(field, rows[0])]
        values = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for row in rows for field in fields]
        columns = ", ".join(f'"{field.column}"' for field in fields)
        places = ", ".join(["(" + ", ".join(["%s"] * len(fields)) + ")"] * len(rows))
        self.sql(f'INSERT INTO "{meta.db_table}" ({columns}) VALUES {places}', values)

    def update(self, row: models.Model, fields: Iterable[str]) -> None:
        """The named fields of a row that is there already."""
        meta = row._meta
        changed = [meta.get_field(name) for name in fields]
        values = [field.get_db_prep_save(field.pre_save(row, add=False), connection) for field in changed]  # type: ignore[union-attr]
        sets = ", ".join(f'"{field.column}" = %s' for field in changed)  # type: ignore[union-attr]
        assert meta.pk is not None
        self.sql(
            f'UPDATE "{meta.db_table}" SET {sets} WHERE "{meta.pk.column}" = %s',
            [*values, meta.pk.get_db_prep_save(row.pk, connection)],
        )

    def news(self, event: Event) -> None:
        """A piece of news."""
        self.insert([event_row(event)])

    def sql(self, statement: str, values: Sequence[Any] | Mapping[str, Any]) -> None:
        """A statement with ``%s`` or ``%(name)s`` places."""
        self._statements.append((statement, values))

    def send(self) -> None:
        """Everything, in one round trip. Errors of the database come as Django's own."""
        with self.trip():
            self.execute()

    def __bool__(self) -> bool:
        """Whether anything was collected."""
        return bool(self._statements)

    def trip(self) -> AbstractContextManager[None]:
        """The round trip of ``execute``, for whoever wants more to travel with it."""
        return one_trip(" ; ".join(statement for statement, _ in self._statements))

    def execute(self) -> None:
        """Everything, inside a trip."""
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
    with ExitStack() as around_commit, transaction.atomic():
        yield writes
        if is_outermost and writes:
            around_commit.enter_context(writes.trip())
            writes.execute()
        else:
            writes.send()


def _is_left_to_database(field: models.Field[Any, Any], row: models.Model) -> bool:
    value = getattr(row, field.attname)
    return isinstance(value, DatabaseDefault) or (field.primary_key and value is None)
