"""How lines are written down and hashed, and how heads become a Merkle root; ``docs/verify_proof.py`` repeats it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from yimen.kernel.actors import Actor

#: What stands before the first line and before the first anchor.
NOTHING = bytes(32)


@dataclass(frozen=True, slots=True)
class Head:
    """The last line of a chain at one moment."""

    chain: str
    number: int
    hash: bytes


def moment(at: datetime) -> str:
    """The moment as it is hashed: ISO 8601 in UTC with microseconds."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def canonical(value: object) -> str:
    """JSON with sorted keys, no spaces and plain characters: one value, one text."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def body_around_number(
    *, chain: str, by: Actor, verb: str, facts: Mapping[str, object], at: datetime
) -> tuple[str, str]:
    """The canonical body in two parts: what stands before the line's number, and what stands after it.

    The database fills in the number, in the statement that reads the head of the chain.
    """
    actor = {"id": by.id, "kind": by.kind, "label": by.label}
    before = canonical({"actor": actor, "at": moment(at), "chain": chain, "facts": dict(facts)})
    return f'{before[:-1]},"number":', f',"verb":{canonical(verb)}}}'


def line_hash(previous: bytes, body: str) -> bytes:
    """SHA-256 over the hash of the line before and the body of this one."""
    return sha256(previous + body.encode()).digest()


def anchor_hash(previous: bytes, root: bytes, at: datetime) -> bytes:
    """SHA-256 over the hash of the anchor before, the root, and the moment."""
    return sha256(previous + root + moment(at).encode()).digest()


def leaf_hash(head: Head) -> bytes:
    """A head as a leaf; the zero byte in front keeps a leaf from being taken for a node."""
    return sha256(b"\0" + head.chain.encode() + b"\0" + str(head.number).encode() + b"\0" + head.hash).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\1" + left + right).digest()


def _level_above(level: Sequence[bytes]) -> list[bytes]:
    """Pairs become nodes; an odd one at the end goes up as it is."""
    above = [_node(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
    return above + list(level[-1:]) if len(level) % 2 else above


def merkle_root(heads: Iterable[Head]) -> bytes:
    """The root over the heads in their order; of nothing, ``NOTHING``."""
    level = [leaf_hash(head) for head in heads]
    while len(level) > 1:
        level = _level_above(level)
    return level[0] if level else NOTHING


def merkle_path(heads: Sequence[Head], position: int) -> list[tuple[str, str]]:
    """What is met on the way from a leaf up to the root: the side on which the other stands, and its hash in hex."""
    level, path = [leaf_hash(head) for head in heads], []
    while len(level) > 1:
        other = position ^ 1
        if other < len(level):
            path.append(("left" if other < position else "right", level[other].hex()))
        level, position = _level_above(level), position // 2
    return path
