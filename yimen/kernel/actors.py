"""Who acts: the first argument of every action, and what the ledger remembers of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ActorKind(StrEnum):
    """What kind of hand it was."""

    RESIDENT = "resident"  #: a person acting for themselves or for whom they may represent
    OFFICER = "officer"  #: a member of staff at a post
    SYSTEM = "system"  #: the platform itself: limits that run out, sweeps
    INTEGRATOR = "integrator"  #: another system with a token


@dataclass(frozen=True, slots=True)
class Actor:
    """A hand: its kind, the key of its record, and a label that names no private person (a staff number, a centre)."""

    kind: ActorKind
    id: str
    label: str


#: The platform itself.
SYSTEM = Actor(kind=ActorKind.SYSTEM, id="system", label="system")
