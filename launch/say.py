"""How the launcher speaks: progress on standard error, an obstacle in one sentence."""

from __future__ import annotations

import sys


class Obstacle(Exception):
    """Why it cannot go on, in one sentence for the person at the keyboard."""


def say(text: str) -> None:
    """One line of progress on standard error."""
    print(f"yimen: {text}", file=sys.stderr, flush=True)
