"""One round trip to PostgreSQL for several statements: psycopg's pipeline, counted like one query."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def one_trip(what: str) -> Iterator[None]:
    """Everything executed inside goes out together. Errors of the database come as Django's own.

    ``what`` stands in Django's log of queries, so that a budget of queries counts round trips.
    """
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.pipeline():
        yield
    if connection.queries_logged:
        connection.queries_log.append({"sql": what, "time": "0"})
