"""Tries counted in the database, so that every web process counts the same ones."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection

from yimen.kernel import clock
from yimen.kernel.errors import TooMany


def count_try(key: str, *, limit: int, minutes: int) -> None:
    """Count one try for ``key``; more than ``limit`` within ``minutes`` are refused. One statement.

    Keys hold no personal data: a case number, an address as a keyed index. Raises: TooMany
    """
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO kernel_attempt (key, since, tries) VALUES (%(key)s, %(now)s, 1)
            ON CONFLICT (key) DO UPDATE SET
                tries = CASE WHEN kernel_attempt.since < %(begin)s THEN 1 ELSE kernel_attempt.tries + 1 END,
                since = CASE WHEN kernel_attempt.since < %(begin)s THEN %(now)s ELSE kernel_attempt.since END
            RETURNING tries
            """,
            {"key": key[:120], "now": now, "begin": now - timedelta(minutes=minutes)},
        )
        (tries,) = cursor.fetchone()
    if tries > limit:
        raise TooMany(minutes=minutes)


def forget_tries(key: str) -> None:
    """It went well: the count begins anew."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM kernel_attempt WHERE key = %s", [key[:120]])
