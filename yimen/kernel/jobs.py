"""Long and regular work: started by name, so that an action need not know who does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from procrastinate.contrib.django import app

Sweep = Callable[[], int]


@dataclass(frozen=True, slots=True)
class RegularWork:
    """A sweep that runs by itself: its name, the cron line, and what it does (it returns how many things it changed)."""

    name: str
    cron: str
    sweep: Sweep


_regular: dict[str, RegularWork] = {}


def regularly(name: str, cron: str) -> Callable[[Sweep], Sweep]:
    """Mark a sweep that runs by the cron line, and whenever the demo's clock is moved."""

    def mark(sweep: Sweep) -> Sweep:
        _regular[name] = RegularWork(name, cron, sweep)
        return sweep

    return mark


def regular_work() -> list[RegularWork]:
    """Every sweep that was marked."""
    return list(_regular.values())


def defer(task: str, **arguments: object) -> None:
    """Start a task by its name, in the current transaction."""
    app.configure_task(task).defer(**arguments)  # type: ignore[arg-type]
