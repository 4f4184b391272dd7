"""Where a member of staff can act on a case, and what the window may do with it now."""

from __future__ import annotations

from dataclasses import dataclass

from yimen.cases.queries.view import CaseView, MaterialRow
from yimen.cases.rules import ENDS, is_to_come
from yimen.cases.terms import CaseState, ClockKind, StepState, Verdict, Way
from yimen.identity.terms import Duty, Officer

#: What lies at the issuing window, with what waits there for its fee.
AT_ISSUING = frozenset({CaseState.AWAITING_PAYMENT, CaseState.GRANTED, CaseState.REFUSED, CaseState.READY})
_BEFORE_ACCEPTANCE = frozenset({CaseState.FILED, CaseState.RECEIVED})
_MAY_MOVE = frozenset({CaseState.FILED, CaseState.CORRECTION})


@dataclass(frozen=True, slots=True)
class Doors:
    """The pages on which this officer can act on the case."""

    window: bool = False
    review: bool = False
    issuing: bool = False


def doors_of(officer: Officer, view: CaseView) -> Doors:
    """Where the officer can act on the case as it stands. No query."""
    is_here = officer.centre_id == view.centre.id
    has_step = any(row.state == StepState.OPEN and row.post_code in officer.posts for row in view.steps)
    return Doors(
        window=Duty.ACCEPT in officer.duties and view.state not in ENDS and (is_here or view.state in _MAY_MOVE),
        review=has_step and not view.is_ended,
        issuing=Duty.ISSUE in officer.duties and is_here and view.state in AT_ISSUING,
    )


_RECEIVING = frozenset({*_BEFORE_ACCEPTANCE, CaseState.IN_REVIEW, CaseState.AWAITING_PAYMENT})


def papers_to_come(view: CaseView) -> tuple[MaterialRow, ...]:
    """Lines whose paper is still awaited and would be taken at the window now. No query."""
    if view.state not in _RECEIVING:
        return ()
    return tuple(row for row in view.materials if is_to_come(row.way, row.given_at))


@dataclass(frozen=True, slots=True)
class WindowDesk:
    """What a window clerk may do with a case now."""

    #: The case is with this clerk's centre.
    is_here: bool
    #: The lines may be judged, and the case accepted, turned away or sent back once.
    can_check: bool
    #: The one notice has been given: there is no second one.
    was_asked: bool
    #: Lines whose paper may be taken now.
    to_come: tuple[MaterialRow, ...]
    #: Lines to be corrected that may be handed in here now.
    to_correct: tuple[MaterialRow, ...]
    #: Paper of the case lies at the other centre, so that it cannot come here.
    is_held_there: bool


def window_desk(officer: Officer, view: CaseView) -> WindowDesk:
    """What this clerk may do with the case as it stands. No query."""
    is_here = officer.centre_id == view.centre.id
    is_held_there = not is_here and any(row.way == Way.PAPER and row.given_at for row in view.materials)
    may_receive = is_here or (view.state == CaseState.FILED and not is_held_there)
    return WindowDesk(
        is_here=is_here,
        can_check=is_here and view.state in _BEFORE_ACCEPTANCE,
        was_asked=ClockKind.CORRECTION in view.clocks,
        to_come=papers_to_come(view) if may_receive else (),
        to_correct=tuple(row for row in view.materials if row.verdict == Verdict.FLAWED)
        if view.state == CaseState.CORRECTION and not is_held_there
        else (),
        is_held_there=is_held_there,
    )
