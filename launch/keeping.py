"""Keeps a running platform running: a part that dies is brought back, and given up when it dies again and again."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass, field
from typing import Protocol

from launch.say import say

#: A part that dies so often within so many seconds has a reason that starting it again does not mend.
OFTEN, WITHIN = 3, 60.0


class Part(Protocol):
    """Whatever lives and dies: a child, a server."""

    def alive(self) -> bool:
        """Whether it runs."""

    def revive(self) -> None:
        """Run it once more."""

    def farewell(self) -> str:
        """How it ended, in a line or with its last words."""


@dataclass(slots=True)
class Keeper:
    """Looks after parts; the order in which they are looked at is the order in which they need each other."""

    parts: list[Part]
    #: Never gives up: somebody kills the parts on purpose.
    patient: bool = False
    _deaths: dict[int, deque[float]] = field(default_factory=dict)

    def look(self) -> str:
        """Bring back whoever died; the farewell of one that died too often, or nothing."""
        for number, part in enumerate(self.parts):
            if part.alive():
                continue
            farewell = part.farewell()
            if self._too_often(number) and not self.patient:
                return farewell
            say(f"{farewell.partition(';')[0]}; starting it again …")
            part.revive()
        return ""

    def _too_often(self, number: int) -> bool:
        deaths = self._deaths.setdefault(number, deque(maxlen=OFTEN))
        deaths.append(time.monotonic())
        return len(deaths) == OFTEN and deaths[-1] - deaths[0] < WITHIN
