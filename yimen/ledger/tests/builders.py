"""A few acts to write down."""

from datetime import UTC, datetime, timedelta

from yimen.kernel.actors import SYSTEM, Actor, ActorKind
from yimen.ledger.actions import write_line

CLERK = Actor(kind=ActorKind.OFFICER, id="7", label="A-017 新安办事大厅")
NOON = datetime(2026, 11, 23, 4, 0, 0, 123456, tzinfo=UTC)


def a_chain(chain="BA-1", lines=3, at=NOON):
    """A case with so many lines, a minute apart."""
    verbs = ["file", "accept", "grant", "hand_over", "close"]
    return [
        write_line(
            chain=chain,
            by=CLERK if number else SYSTEM,
            verb=verbs[number % 5],
            facts={"to": "受理", "revision": number},
            now=at + timedelta(minutes=number),
        )
        for number in range(lines)
    ]
