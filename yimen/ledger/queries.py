"""Reading the ledger: the lines of a chain, the proof that a person takes home, and the check of everything."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db import connection, transaction

from yimen.kernel.questions import Question
from yimen.ledger.models import Anchor, Leaf, Line
from yimen.ledger.rules import NOTHING, Head, anchor_hash, line_hash, merkle_path, merkle_root, moment

#: The most anchors in one proof: a day of them, which is enough to meet a root that was published for the day.
ANCHORS_IN_PROOF = 1_500
#: Rows fetched at a time when everything is read.
CHUNK = 5_000
#: After how many lines whoever waits is told how far it is.
TELL_EVERY = 100_000


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line as people read it."""

    number: int
    at: datetime
    verb: str
    actor_kind: str
    actor_label: str
    facts: dict[str, Any]
    hash_hex: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What a check of the whole ledger found: all well, or the first break as ``(chain, line, reason)``.

    A break in the anchors is told as chain ``anchor`` with the anchor's key as line.
    """

    ok: bool
    lines: int
    chains: int
    broken: tuple[str, int, str] | None = None


def lines(chain: str) -> list[LineRow]:
    """The lines of a chain in their order. One query."""
    return asking_lines(chain).answer()


def asking_lines(chain: str) -> Question[list[LineRow]]:
    """The same to be asked among other questions."""
    return Question(
        "SELECT number, at, verb, body, hash FROM ledger_line WHERE chain = %s ORDER BY number",
        (chain,),
        lambda rows: [_row(*row) for row in rows],
    )


def _row(number: int, at: datetime, verb: str, text: str, digest: bytes) -> LineRow:
    body = json.loads(text)
    return LineRow(
        number=number,
        at=at,
        verb=verb,
        actor_kind=body["actor"]["kind"],
        actor_label=body["actor"]["label"],
        facts=body["facts"],
        hash_hex=bytes(digest).hex(),
    )


def proof_of(chain: str) -> dict[str, Any]:
    """Everything needed to check the chain without us; ``docs/verify_proof.py`` does it.

    ``anchored`` is None until the first minute is over; lines after ``anchored.number`` wait for the next anchor.
    """
    rows = Line.objects.filter(chain=chain).order_by("number").values_list("body", "hash")
    leaf = Leaf.objects.filter(chain=chain).order_by("-number", "-id").first()
    return {
        "format": "yimen-ledger-proof/1",
        "chain": chain,
        "lines": [{"body": body, "hash": bytes(digest).hex()} for body, digest in rows],
        "anchored": _anchored(leaf) if leaf else None,
    }


def _anchored(leaf: Leaf) -> dict[str, Any]:
    columns = Leaf.objects.filter(anchor_id=leaf.anchor_id).order_by("position").values_list("chain", "number", "hash")
    heads = [Head(chain, number, bytes(digest)) for chain, number, digest in columns]
    anchors = Anchor.objects.filter(id__gte=leaf.anchor_id).order_by("id")[:ANCHORS_IN_PROOF]
    return {
        "number": leaf.number,
        "path": merkle_path(heads, leaf.position),
        "anchors": [
            {
                "at": moment(anchor.at),
                "root": bytes(anchor.root).hex(),
                "previous": bytes(anchor.previous).hex(),
                "hash": bytes(anchor.hash).hex(),
            }
            for anchor in anchors
        ],
    }


def verify(progress: Callable[[int], None] = lambda _lines: None) -> Verification:
    """Check every line, every leaf and every anchor; stops at the first break.

    Reads in a stream, while acts go on. ``progress`` is told the number of lines read, every so often.
    """
    count = _Count(progress)
    with transaction.atomic():
        broken = _broken_line(count) or _broken_leaf() or _broken_anchor()
    return Verification(ok=broken is None, lines=count.lines, chains=count.chains, broken=broken)


@dataclass(slots=True)
class _Count:
    progress: Callable[[int], None]
    lines: int = 0
    chains: int = 0

    def line(self, number: int) -> None:
        self.lines += 1
        self.chains += number == 1
        if self.lines % TELL_EVERY == 0:
            self.progress(self.lines)


Broken = tuple[str, int, str]


def _broken_line(count: _Count) -> Broken | None:
    columns = ("chain", "number", "at", "verb", "body", "previous", "hash")
    rows = Line.objects.order_by("chain", "number").values_list(*columns).iterator(chunk_size=CHUNK)
    for chain, of_chain in groupby(rows, key=lambda row: row[0]):
        before, expected = NOTHING, 1
        for _, number, at, verb, body, previous, digest in of_chain:
            reason = _flaw(
                is_next=number == expected,
                is_linked=bytes(previous) == before,
                is_sound=line_hash(bytes(previous), body) == bytes(digest),
                is_itself=lambda: _says(body, chain, number, at, verb),  # noqa: B023
            )
            if reason:
                return chain, expected if number != expected else number, reason
            count.line(number)
            before, expected = bytes(digest), number + 1
    return None


def _flaw(*, is_next: bool, is_linked: bool, is_sound: bool, is_itself: Callable[[], bool]) -> str:
    if not is_next:
        return "the line is missing"
    if not is_sound:
        return "the line was changed"
    if not is_linked:
        return "the link to the line before is broken"
    return "" if is_itself() else "the line says something else than its columns"


def _says(body: str, chain: str, number: int, at: datetime, verb: str) -> bool:
    """Whether the columns repeat what the hashed body says."""
    try:
        said = json.loads(body)
        return (said["chain"], said["number"], said["at"], said["verb"]) == (chain, number, moment(at), verb)
    except (ValueError, KeyError, TypeError):
        return False


def _broken_leaf() -> Broken | None:
    """The first anchored head that the chains no longer hold as it was: a tail cut off, a chain rewritten or gone."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT leaf.chain, leaf.number, line.id IS NULL
            FROM ledger_leaf leaf LEFT JOIN ledger_line line ON line.chain = leaf.chain AND line.number = leaf.number
            WHERE line.hash IS DISTINCT FROM leaf.hash ORDER BY leaf.id LIMIT 1
            """
        )
        found = cursor.fetchone()
    if found is None:
        return None
    chain, number, is_gone = found
    return (
        chain,
        number,
        "the line was anchored and is gone" if is_gone else "the line is not the one that was anchored",
    )


def _broken_anchor() -> Broken | None:
    before = NOTHING
    for (anchor_id, at, leaf_count, root, previous, digest), rows in groupby(_anchors_with_leaves(), key=_anchor_part):
        heads = [Head(chain, number, bytes(leaf)) for *_, chain, number, leaf in rows if chain is not None]
        if at is None:
            return "anchor", anchor_id, "the anchor is gone"
        if leaf_count != len(heads) or merkle_root(heads) != root:
            return "anchor", anchor_id, "the root does not fit its leaves"
        if previous != before:
            return "anchor", anchor_id, "the link to the anchor before is broken"
        if anchor_hash(before, root, at) != digest:
            return "anchor", anchor_id, "the anchor was changed"
        before = digest
    return None


def _anchor_part(row: Sequence[Any]) -> tuple[Any, ...]:
    return row[0], row[1], row[2], *(value if value is None else bytes(value) for value in row[3:6])


def _anchors_with_leaves() -> Iterator[Sequence[Any]]:
    """Anchors and their leaves in one stream and one snapshot: an anchor written meanwhile is seen whole or not."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            """
            SELECT coalesce(anchor.id, leaf.anchor_id), anchor.at, anchor.leaf_count, anchor.root, anchor.previous,
                   anchor.hash, leaf.chain, leaf.number, leaf.hash
            FROM ledger_anchor anchor FULL JOIN ledger_leaf leaf ON leaf.anchor_id = anchor.id
            ORDER BY 1, leaf.position
            """
        )
        while rows := cursor.fetchmany(CHUNK):
            yield from rows
