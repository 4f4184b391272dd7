"""Work that nobody waits for: jobs started by name, sweeps by the clock, and what is done over and over.

An action starts a job with ``defer`` and need not know who does it; a domain's ``tasks.py``, which only the worker and
the demo's clock import, marks the rest with ``regularly`` and ``continually``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from croniter import croniter
from procrastinate.contrib.django import app

from yimen.kernel.rooms import load_rooms

Sweep = Callable[[], int]


@dataclass(frozen=True, slots=True)
class RegularWork:
    """A sweep that runs by itself: its name, the cron line, and what it does; it returns how many things it changed."""

    name: str
    cron: str
    sweep: Sweep


@dataclass(frozen=True, slots=True)
class ContinualWork:
    """Work that is looked for several times a second: its name, and a turn of it (how many things it changed)."""

    name: str
    turn: Sweep


_regular: dict[str, RegularWork] = {}
_continual: dict[str, ContinualWork] = {}


def load_tasks() -> None:
    """Import the tasks of every domain: jobs get their doers, sweeps and continual work are marked."""
    load_rooms("tasks")


def regularly(name: str, cron: str) -> Callable[[Sweep], Sweep]:
    """Mark a sweep that runs by the cron line (legal time), and whenever the demo's clock is moved.

    It runs on one worker at a time, may run twice for the same minute, and must not mind. Raises ValueError for a cron
    line that is none.
    """
    if not croniter.is_valid(cron):
        raise ValueError(f"{name}: {cron!r} is not a cron line")

    def mark(sweep: Sweep) -> Sweep:
        _regular[name] = RegularWork(name, cron, sweep)
        return sweep

    return mark


def regular_work() -> list[RegularWork]:
    """Every sweep that was marked."""
    return list(_regular.values())


def continually(name: str) -> Callable[[Sweep], Sweep]:
    """Mark work that waits in a table and is looked for several times a second, by every worker at once."""

    def mark(turn: Sweep) -> Sweep:
        _continual[name] = ContinualWork(name, turn)
        return turn

    return mark


def continual_work() -> list[ContinualWork]:
    """All that was marked."""
    return list(_continual.values())


def defer(task: str, **arguments: object) -> None:
    """Start a task by its name, in the current transaction."""
    app.configure_task(task).defer(**arguments)  # type: ignore[arg-type]
