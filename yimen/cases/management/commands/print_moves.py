"""``manage print_moves``: the life of a case as a page; ``docs/reference/moves.md`` is this."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation

from yimen.cases.rules import ENDS, MOVES, Move, Who, duty_of
from yimen.cases.terms import CaseState, Verb

_WHO = {
    Who.APPLICANT: "the applicant, or who represents them",
    Who.CLERK: "a window clerk of the centre that has the case",
    Who.POST: "an officer who holds the post of an open step",
    Who.DECIDER: "an officer who holds the post of the open deciding step",
    Who.ISSUER: "an issuing clerk of the centre that has the case",
    Who.SYSTEM: "the platform itself",
}

_HEAD = """\
# The life of a case

This page is printed by `./yimen.sh manage print_moves` from the table `MOVES` in `yimen/cases/rules.py`, and a test
compares the two. A verb that does not stand beside a state is refused there, with the code `cases.move-not-allowed`.
"""

_FOOT = """\
## Who may

| hand | who that is |
|---|---|
{hands}

## Four pairs of hands

Whoever has acted on a case in one duty cannot act on it in another (`cases.same-person-twice`).

| duty | verbs |
|---|---|
{duties}

Other verbs belong to no duty. Having acted means: accepted the case or turned it away, done a step or been named in its
survey, decided, or made the result. A case in one of these states is over: {ends}.
"""


class Command(BaseCommand):
    help = "Print the table and the diagram of moves."

    def handle(self, **_options: Any) -> None:
        self.stdout.write(moves_page(), ending="")


def moves_page() -> str:
    """The page as text, in English, always the same for the same rules."""
    with translation.override("en"):
        return "\n".join([_HEAD, _states(), _table(), _diagram(), _foot()])


def _states() -> str:
    rows = [f"| `{state.value}` | {state.label} |" for state in CaseState]
    return "\n".join(["## States", "", "| state | in words |", "|---|---|", *rows, ""])


def _table() -> str:
    return "\n".join(["## Moves", "", "| state | verb | new state | who may |", "|---|---|---|---|", *_rows(), ""])


def _rows() -> Iterator[str]:
    for start in [None, *CaseState]:
        for move in _moves_from(start):
            shown = f"`{start.value}`" if start else "(a new case)"
            yield f"| {shown} | `{move.verb.value}` | `{move.to.value}` | {', '.join(who.value for who in move.who)} |"


def _moves_from(state: CaseState | None) -> list[Move]:
    return [move for move in MOVES if (state in move.frm if state else not move.frm)]


def _diagram() -> str:
    arrows = [
        f"    {state} --> {move.to.value}: {move.verb.value}"
        for move in MOVES
        for state in ([one.value for one in move.frm] or ["[*]"])
    ]
    ends = [f"    {state.value} --> [*]" for state in CaseState if state in ENDS]
    return "\n".join(["## Diagram", "", "```mermaid", "stateDiagram-v2", *arrows, *ends, "```", ""])


def _foot() -> str:
    hands = "\n".join(f"| `{who.value}` | {said} |" for who, said in _WHO.items())
    duties: dict[str, list[str]] = {}
    for verb in Verb:
        if duty := duty_of(verb):
            duties.setdefault(str(duty.label), []).append(verb.value)
    return _FOOT.format(
        hands=hands,
        duties="\n".join(f"| {duty} | {_codes(verbs)} |" for duty, verbs in duties.items()),
        ends=_codes(state.value for state in CaseState if state in ENDS),
    )


def _codes(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)
