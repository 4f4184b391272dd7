"""How a guide speaks of papers and days."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from yimen.calendar.terms import Limit
from yimen.catalogue.terms import Material, MaterialSource, Necessity, RouteStep


class Bring(StrEnum):
    """What the reader has to do about a paper."""

    BRING = "bring"  #: hand it in
    FILL = "fill"  #: fill it in online
    NOTHING = "nothing"  #: the government has it, or nobody asks for it
    SOMETIMES = "sometimes"  #: only in the case that the line names
    LATER = "later"  #: may follow after filing


@dataclass(frozen=True, slots=True)
class Stage:
    """Steps that run side by side; the longest of them is the stage's limit."""

    number: int
    steps: tuple[RouteStep, ...]
    limit: Limit


def bring_of(line: Material) -> Bring:
    """What the reader has to do about this line of the checklist."""
    if line.necessity == Necessity.EXEMPT:
        return Bring.NOTHING
    if line.necessity == Necessity.OPTIONAL:
        return Bring.SOMETIMES
    if line.necessity == Necessity.DEFERRABLE:
        return Bring.LATER
    return Bring.FILL if line.source == MaterialSource.FORM else Bring.BRING


def stages_of(route: tuple[RouteStep, ...]) -> list[Stage]:
    """The route as stages, in order."""
    ordered = sorted(route, key=lambda step: step.stage)
    return [_stage(number, tuple(steps)) for number, steps in groupby(ordered, key=lambda step: step.stage)]


def _stage(number: int, steps: tuple[RouteStep, ...]) -> Stage:
    longest = max((step.limit for step in steps), key=lambda limit: limit.count)
    return Stage(number, steps, Limit(longest.count, longest.unit))
