"""What is allowed: the one table of moves, who may make them, and what must be true first. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from yimen.cases.errors import MoveNotAllowed
from yimen.cases.terms import CaseState as S
from yimen.cases.terms import Verb as V


class Who(StrEnum):
    """Whose move it is."""

    APPLICANT = "applicant"  #: the applicant or a representative
    CLERK = "clerk"  #: a window clerk of the centre that has the case (duty: accept)
    POST = "post"  #: an officer who holds the post of the open step
    DECIDER = "decider"  #: an officer who holds the post of the open deciding step
    ISSUER = "issuer"  #: an issuing clerk of the centre (duty: issue)
    SYSTEM = "system"  #: the platform, when a limit runs out or the last thing is done


@dataclass(frozen=True, slots=True)
class Move:
    """From one of these states, by this verb, to that state, by one of these hands."""

    frm: tuple[S, ...]
    verb: V
    to: S
    who: tuple[Who, ...]


#: The whole life of a case. Printed into docs/reference/moves.md by ``./yimen.sh manage print_moves``.
MOVES: tuple[Move, ...] = (
    Move((), V.FILE, S.FILED, (Who.APPLICANT, Who.CLERK)),
    Move((S.FILED,), V.RECEIVE, S.RECEIVED, (Who.CLERK,)),
    Move((S.FILED, S.RECEIVED), V.ACCEPT, S.IN_REVIEW, (Who.CLERK,)),
    Move((S.FILED, S.RECEIVED), V.DEEM_ACCEPTED, S.IN_REVIEW, (Who.SYSTEM,)),
    Move((S.FILED, S.RECEIVED), V.TURN_AWAY, S.NOT_ACCEPTED, (Who.CLERK,)),
    Move((S.FILED, S.RECEIVED), V.ASK_CORRECTION, S.CORRECTION, (Who.CLERK,)),
    Move((S.CORRECTION,), V.SUPPLY_CORRECTION, S.RECEIVED, (Who.APPLICANT, Who.CLERK)),
    Move((S.CORRECTION,), V.TERMINATE, S.TERMINATED, (Who.SYSTEM,)),
    Move((S.IN_REVIEW,), V.GIVE_OPINION, S.IN_REVIEW, (Who.POST,)),
    Move((S.IN_REVIEW,), V.RECORD_SURVEY, S.IN_REVIEW, (Who.POST,)),
    Move((S.IN_REVIEW,), V.ASK_PAYMENT, S.AWAITING_PAYMENT, (Who.POST, Who.DECIDER)),
    Move((S.AWAITING_PAYMENT,), V.CONFIRM_PAYMENT, S.IN_REVIEW, (Who.CLERK, Who.ISSUER)),
    Move((S.IN_REVIEW,), V.GRANT, S.GRANTED, (Who.DECIDER,)),
    Move((S.IN_REVIEW,), V.REFUSE, S.REFUSED, (Who.DECIDER,)),
    Move((S.GRANTED, S.REFUSED), V.MAKE_RESULT, S.READY, (Who.ISSUER,)),
    Move((S.READY,), V.HAND_OVER, S.HANDED_OVER, (Who.ISSUER,)),
    Move((S.HANDED_OVER,), V.CLOSE, S.CLOSED, (Who.SYSTEM,)),
    Move(
        (S.FILED, S.RECEIVED, S.CORRECTION, S.IN_REVIEW, S.AWAITING_PAYMENT),
        V.WITHDRAW,
        S.WITHDRAWN,
        (Who.APPLICANT,),
    ),
)

_BY_STATE_AND_VERB = {(state, move.verb): move for move in MOVES for state in move.frm}


def move_for(state: S, verb: V) -> Move:
    """The declared move. Raises: MoveNotAllowed"""
    try:
        return _BY_STATE_AND_VERB[state, verb]
    except KeyError:
        raise MoveNotAllowed(state=S(state).label, verb=V(verb).label) from None


def verbs_from(state: S) -> list[V]:
    """What can be done in this state, by whomever."""
    return [move.verb for move in MOVES if state in move.frm]
