"""Writing into the ledger: a line in a chain, and an anchor over the heads of all chains that grew."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import astuple
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from yimen.kernel.actors import Actor
from yimen.ledger.models import Anchor, Line
from yimen.ledger.rules import NOTHING, Head, anchor_hash, body_around_number, merkle_root

#: How long an anchor waits for acts that are being written; then it goes on, and looks at the same lines again later.
PATIENCE_SECONDS = 5.0

# Reads the head of the chain, numbers the new line, hashes and inserts it. Two at once on one chain: the unique
# (chain, number) lets one through.
_WRITE_LINE = """
WITH head AS (
    SELECT number, hash FROM ledger_line WHERE chain = %(chain)s ORDER BY number DESC LIMIT 1
), line AS (
    SELECT coalesce((SELECT number FROM head), 0) + 1 AS number,
           coalesce((SELECT hash FROM head), %(nothing)s) AS previous
), written AS (
    SELECT number, previous, %(before)s || number || %(after)s AS body FROM line
)
INSERT INTO ledger_line (chain, number, at, verb, body, previous, hash)
SELECT %(chain)s, number, %(at)s, %(verb)s, body, previous, sha256(previous || convert_to(body, 'UTF8')) FROM written
RETURNING id, number, body, previous, hash
"""


def write_line(*, chain: str, by: Actor, verb: str, facts: Mapping[str, object], now: datetime) -> Line:
    """Add the next line to the chain. One statement, in the transaction of the act that it records.

    It locks nothing: the caller holds the row of the subject. ``facts`` are JSON and name no private person: what
    stands here can never be taken out again. Put the SHA-256 of a text there, not the text.
    Raises IntegrityError when somebody wrote to the same chain at the same time without holding the row.
    """
    with connection.cursor() as cursor:
        cursor.execute(*line_statement(chain=chain, by=by, verb=verb, facts=facts, now=now))
        pk, number, body, previous, digest = cursor.fetchone()
    return Line(id=pk, chain=chain, number=number, at=now, verb=verb, body=body, previous=previous, hash=digest)


def line_statement(
    *, chain: str, by: Actor, verb: str, facts: Mapping[str, object], now: datetime
) -> tuple[str, dict[str, Any]]:
    """The statement of ``write_line`` and its values, for an act that sends all it writes in one pipeline."""
    before, after = body_around_number(chain=chain, by=by, verb=verb, facts=facts, at=now)
    values = {"chain": chain, "nothing": NOTHING, "before": before, "after": after, "at": now, "verb": str(verb)}
    return _WRITE_LINE, values


def anchor_heads(*, now: datetime) -> Anchor | None:
    """Fix the heads of all chains that grew since the last anchor in one Merkle root, chained to the root before.

    Returns None when nothing grew. May run twice and at once. No line is ever missed: a line may become visible after
    one with a higher key, so ``last_line`` moves up to a key only when every act that could hold a lower one has ended.
    """
    with transaction.atomic():
        _one_at_a_time()
        last = Anchor.objects.order_by("-id").first()
        covered = last.last_line if last else 0
        reached = _reached(covered)
        heads = _heads_since(covered)
        if not heads:
            return None
        root, previous = merkle_root(heads), bytes(last.hash) if last else NOTHING
        anchor = Anchor.objects.create(
            at=now,
            last_line=reached,
            leaf_count=len(heads),
            root=root,
            previous=previous,
            hash=anchor_hash(previous, root, now),
        )
        _write_leaves(anchor.id, heads)
        return anchor


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('ledger.anchor_heads'))")


def _reached(covered: int) -> int:
    """The key up to which every line is settled, written or given up; ``covered`` again if somebody takes too long.

    Whoever inserts holds a lock on the table from before the key is counted up until the end of the transaction. So:
    note the highest key, note who holds that lock, wait until those have ended. Newcomers get higher keys.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM ledger_line")
        highest: int = cursor.fetchone()[0]
    waiting, patience = _writers(), time.monotonic() + PATIENCE_SECONDS
    while waiting:
        if time.monotonic() > patience:
            return covered
        time.sleep(0.01)
        waiting &= _writers()
    return max(highest, covered)


def _writers() -> set[str]:
    """The transactions, other than this one, that are writing lines at this moment."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT virtualtransaction FROM pg_locks
            WHERE locktype = 'relation' AND relation = 'ledger_line'::regclass AND mode = 'RowExclusiveLock'
              AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
              AND pid IS DISTINCT FROM pg_backend_pid()
            """
        )
        return {row[0] for row in cursor.fetchall()}


def _heads_since(covered: int) -> list[Head]:
    """The heads that no anchor holds yet, of all chains with lines above the key; in the order of the chains' names."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT head.chain, head.number, head.hash
            FROM (
                SELECT DISTINCT ON (chain) chain, number, hash FROM ledger_line WHERE id > %s
                ORDER BY chain, number DESC
            ) AS head
            WHERE NOT EXISTS (SELECT FROM ledger_leaf l WHERE l.chain = head.chain AND l.number >= head.number)
            ORDER BY head.chain COLLATE "C"
            """,
            [covered],
        )
        return [Head(chain, number, bytes(digest)) for chain, number, digest in cursor.fetchall()]


def _write_leaves(anchor_id: int, heads: Sequence[Head]) -> None:
    columns: list[list[Any]] = [list(column) for column in zip(*map(astuple, heads), strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO ledger_leaf (anchor_id, position, chain, number, hash)
            SELECT %s, position - 1, chain, number, hash
            FROM unnest(%s::text[], %s::int[], %s::bytea[]) WITH ORDINALITY AS leaf (chain, number, hash, position)
            """,
            [anchor_id, *columns],
        )


__all__ = ["anchor_heads", "write_line"]
