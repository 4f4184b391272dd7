"""News of identity."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from yimen.kernel.events import Event


@dataclass(frozen=True, slots=True)
class MandateGiven(Event):
    """Somebody may now act for somebody else."""

    mandate_id: UUID


@dataclass(frozen=True, slots=True)
class MandateWithdrawn(Event):
    """A mandate has been taken back."""

    mandate_id: UUID
