"""Ours and the yardstick in turns, several times: what each did a second, and what ours cost the web server."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median

from bench import _house
from bench._http import Load
from bench._pgbench import Found

HEAD = ("path", "ours/s", "pgbench/s", "ratio", "target", "app CPU ms", "p50 ms", "p95 ms", "errors")


@dataclass
class Duel:
    """What came of it; ``errors`` counts wrong answers, acts that are missing or too many, failed transactions."""

    name: str
    target: float
    pairs: list[tuple[float, float]] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)
    p50_ms: list[float] = field(default_factory=list)
    p95_ms: list[float] = field(default_factory=list)
    errors: int = 0

    @property
    def ratio(self) -> float:
        """Median of the ratios of the pairs."""
        return median(mine / theirs for mine, theirs in self.pairs)

    def row(self) -> tuple[object, ...]:
        """For the table under ``HEAD``."""
        ours, theirs = median(one for one, _ in self.pairs), median(one for _, one in self.pairs)
        cost, p50, p95 = median(self.cpu_ms), median(self.p50_ms), median(self.p95_ms)
        return (self.name, ours, theirs, self.ratio, self.target, cost, p50, p95, self.errors)

    def facts(self) -> dict[str, object]:
        """For the JSON."""
        row = {"ours": 1, "yardstick": 2, "app_cpu_ms": 5, "p50_ms": 6, "p95_ms": 7}
        found: dict[str, object] = {name: round(float(str(self.row()[at])), 2) for name, at in row.items()}
        return {**found, "ratio": round(self.ratio, 4), "target": self.target, "errors": self.errors}


Ours = Callable[[int], tuple[Load, int]]
Theirs = Callable[[int], Found]


def fight(name: str, target: float, ours: Ours, theirs: Theirs, *, runs: int) -> Duel:
    """Runs in turns; ``ours`` also says how many acts are astray. Run 0 of both is for warming up."""
    duel, web = Duel(name, target), _house.web_processes()
    ours(0), theirs(0)
    _house.settle()
    for number in range(1, runs + 1):
        before = _house.cpu_seconds(web)
        load, astray = ours(number)
        duel.cpu_ms.append((_house.cpu_seconds(web) - before) / max(1, load.done) * 1000)
        found = theirs(number)
        duel.pairs.append((load.rate, found.rate))
        duel.p50_ms.append(load.ms(50))
        duel.p95_ms.append(load.ms(95))
        duel.errors += sum(load.errors.values()) + astray + found.failed
        for words, count in load.errors.most_common(3):
            print(f"bench: {name}: {count} × {words}", file=sys.stderr)
    return duel


def weakest(duels: list[Duel]) -> Duel:
    """The one that is furthest from its target."""
    return min(duels, key=lambda one: one.ratio / one.target)
