"""Searches that found nothing: the words that we do not know yet."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from yimen.kernel.actors import Actor

_NOTE = """
INSERT INTO catalogue_searchmiss (words, times, last_at) VALUES (%s, 1, %s)
ON CONFLICT (words) DO UPDATE SET times = catalogue_searchmiss.times + 1, last_at = excluded.last_at
"""


def note_miss(*, by: Actor, words: str, now: datetime) -> None:  # noqa: ARG001  who searched is nobody's business
    """Count the words once more. They are kept without whoever typed them; long numbers are not kept at all."""
    if words and sum(char.isdigit() for char in words) < 6:
        with connection.cursor() as cursor:
            cursor.execute(_NOTE, [words[:100], now])
