"""One round trip to PostgreSQL for several statements: psycopg's pipeline, counted like one query."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import connection
from psycopg.pq import TransactionStatus


@contextmanager
def one_trip(what: str) -> Iterator[None]:
    """Everything executed inside goes out together, with the BEGIN if a transaction is to begin.

    Errors of the database come as Django's own. ``what`` stands in Django's log of queries, so that a budget of
    queries counts round trips.
    """
    connection.ensure_connection()
    begins = _is_about_to_begin()
    if begins:
        # left to itself psycopg sends BEGIN alone and waits for the answer
        connection.connection.autocommit = True
    with connection.wrap_database_errors, connection.connection.pipeline():
        if begins:
            psycopg.Cursor(connection.connection).execute(b"BEGIN", prepare=False)
        yield
    if connection.queries_logged:
        connection.queries_log.append({"sql": what, "time": "0"})


def _is_about_to_begin() -> bool:
    """Whether Django has opened a transaction of which PostgreSQL has not heard yet."""
    session = connection.connection
    return (
        connection.in_atomic_block
        and not session.autocommit
        and session.pgconn.transaction_status == TransactionStatus.IDLE
    )
