"""What is allowed: the one table of moves, who may make them, and what must be true first. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from yimen.calendar.rules import WorkCalendar, due
from yimen.calendar.terms import Limit, Unit
from yimen.cases.errors import (
    MaterialsMissing,
    MaterialsNotChecked,
    MoveNotAllowed,
    NothingToCorrect,
    NotYourCase,
    SamePersonTwice,
    SurveyNeedsTwo,
)
from yimen.cases.terms import CaseState as S
from yimen.cases.terms import ClockKind, Verdict, Way
from yimen.cases.terms import Verb as V  # noqa: N817  the table reads better
from yimen.catalogue.terms import Fee, LimitContent, Material, MaterialSource, Necessity, RouteStep
from yimen.identity.rules import check_any_id_number, check_phone, check_uscc
from yimen.identity.terms import Duty, Officer, Resident
from yimen.kernel.actors import Actor, ActorKind
from yimen.kernel.errors import NotFound
from yimen.kernel.forms import Answers, FieldType
from yimen.kernel.ids import check_character, is_checked

#: Working days in which everything missing must be said, from the day of receipt. Law: XKF art. 32(1)(4)
NOTICE_LIMIT = Limit(5, Unit.WORKING_DAY)
#: Working days in which a granted result is made and served. Law: XKF art. 44
DELIVERY_LIMIT = Limit(10, Unit.WORKING_DAY)
#: What a form's field must satisfy beyond its own limits.
FIELD_CHECKS: Mapping[FieldType, Callable[[str], object]] = {
    FieldType.PHONE: check_phone,
    FieldType.ID_NUMBER: check_any_id_number,
    FieldType.USCC: check_uscc,
}


class Who(StrEnum):
    """Whose move it is."""

    APPLICANT = "applicant"  #: the applicant or a representative
    CLERK = "clerk"  #: a window clerk of the centre that has the case (duty: accept)
    POST = "post"  #: an officer who holds the post of an open step
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


#: The whole life of a case. ``./yimen.sh manage print_moves`` prints it into docs/reference/moves.md.
MOVES: tuple[Move, ...] = (
    Move((), V.FILE, S.FILED, (Who.APPLICANT,)),
    Move((), V.TAKE_IN, S.RECEIVED, (Who.CLERK,)),
    Move((S.FILED, S.RECEIVED), V.RECEIVE, S.RECEIVED, (Who.CLERK,)),
    Move((S.IN_REVIEW,), V.RECEIVE, S.IN_REVIEW, (Who.CLERK,)),
    Move((S.AWAITING_PAYMENT,), V.RECEIVE, S.AWAITING_PAYMENT, (Who.CLERK,)),
    Move((S.FILED, S.RECEIVED), V.ACCEPT, S.IN_REVIEW, (Who.CLERK,)),
    Move((S.FILED, S.RECEIVED), V.DEEM_ACCEPTED, S.IN_REVIEW, (Who.SYSTEM,)),
    Move((S.FILED, S.RECEIVED), V.TURN_AWAY, S.NOT_ACCEPTED, (Who.CLERK,)),
    Move((S.FILED, S.RECEIVED), V.ASK_CORRECTION, S.CORRECTION, (Who.CLERK,)),
    Move((S.CORRECTION,), V.SUPPLY_CORRECTION, S.RECEIVED, (Who.APPLICANT, Who.CLERK)),
    Move((S.CORRECTION,), V.TERMINATE, S.TERMINATED, (Who.SYSTEM,)),
    Move((S.IN_REVIEW,), V.GIVE_OPINION, S.IN_REVIEW, (Who.POST,)),
    Move((S.IN_REVIEW,), V.RECORD_SURVEY, S.IN_REVIEW, (Who.POST,)),
    Move((S.IN_REVIEW,), V.ASK_PAYMENT, S.AWAITING_PAYMENT, (Who.DECIDER,)),
    Move((S.AWAITING_PAYMENT,), V.CONFIRM_PAYMENT, S.IN_REVIEW, (Who.CLERK, Who.ISSUER)),
    Move((S.IN_REVIEW, S.AWAITING_PAYMENT), V.WAIVE_PAYMENT, S.IN_REVIEW, (Who.DECIDER,)),
    Move((S.IN_REVIEW,), V.GRANT, S.GRANTED, (Who.DECIDER,)),
    Move((S.IN_REVIEW, S.AWAITING_PAYMENT), V.REFUSE, S.REFUSED, (Who.DECIDER,)),
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
_BEGINNINGS = {move.verb: move for move in MOVES if not move.frm}

#: States in which nothing more happens.
ENDS = frozenset({S.CLOSED, S.NOT_ACCEPTED, S.WITHDRAWN, S.TERMINATED})


def move_for(state: S | str, verb: V) -> Move:
    """The declared move.

    Raises: MoveNotAllowed
    """
    try:
        return _BY_STATE_AND_VERB[S(state), verb]
    except KeyError:
        raise MoveNotAllowed(state=S(state).label, verb=V(verb).label) from None


def beginning(verb: V) -> Move:
    """The move with which a case begins: filed by the applicant, or taken in at a window."""
    return _BEGINNINGS[verb]


def verbs_from(state: S | str) -> list[V]:
    """What can be done in this state, by whomever."""
    return [move.verb for move in MOVES if S(state) in move.frm]


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides whose move it is: where the case lies, which posts have an open step, who did what already."""

    centre_id: int
    person_ids: frozenset[UUID]
    #: Codes of posts with an open step, and of those with an open deciding step.
    open_posts: frozenset[str] = frozenset()
    deciding_posts: frozenset[str] = frozenset()
    #: What each member of staff has done so far, by the id of the staff record.
    done_by: Mapping[str, frozenset[Duty]] = field(default_factory=dict)


def hand_of(by: Actor, standing: Standing) -> frozenset[Who]:
    """Every way in which this actor may put a hand on the case."""
    if by.kind == ActorKind.SYSTEM:
        return frozenset({Who.SYSTEM})
    if isinstance(by, Resident):
        return frozenset({Who.APPLICANT}) if by.person_id in standing.person_ids else frozenset()
    if not isinstance(by, Officer):
        return frozenset()
    is_here = by.centre_id == standing.centre_id
    found = {
        Who.CLERK: is_here and Duty.ACCEPT in by.duties,
        Who.ISSUER: is_here and Duty.ISSUE in by.duties,
        Who.POST: bool(by.posts & standing.open_posts),
        Who.DECIDER: bool(by.posts & standing.deciding_posts) and Duty.DECIDE in by.duties,
    }
    return frozenset(who for who, is_so in found.items() if is_so)


#: Which duty a verb is part of, and which duties the same person may not have done on the case before.
_DUTY_OF = {
    V.TAKE_IN: Duty.ACCEPT,
    V.RECEIVE: Duty.ACCEPT,
    V.ACCEPT: Duty.ACCEPT,
    V.TURN_AWAY: Duty.ACCEPT,
    V.ASK_CORRECTION: Duty.ACCEPT,
    V.GIVE_OPINION: Duty.REVIEW,
    V.RECORD_SURVEY: Duty.SURVEY,
    V.WAIVE_PAYMENT: Duty.DECIDE,
    V.GRANT: Duty.DECIDE,
    V.REFUSE: Duty.DECIDE,
    V.MAKE_RESULT: Duty.ISSUE,
    V.HAND_OVER: Duty.ISSUE,
}


def duty_of(verb: V) -> Duty | None:
    """The duty that the verb is part of; none for what anybody at the counter may do."""
    return _DUTY_OF.get(verb)


def check_hand(move: Move, by: Actor, standing: Standing) -> None:
    """The actor may make this move, and has not acted on the case in another duty.

    Law: XKF art. 26 (acceptance, examination and service are organised apart)
    Raises: NotYourCase, SamePersonTwice
    """
    if not hand_of(by, standing) & set(move.who):
        raise NotYourCase
    duty = duty_of(move.verb)
    if duty and isinstance(by, Officer):
        for other in sorted(standing.done_by.get(by.id, frozenset()) - {duty}):
            raise SamePersonTwice(duty=Duty(other).label)


def check_surveyors(staff_ids: Iterable[int], *, needed: int) -> None:
    """Enough different people were on site. Law: XKF art. 34.

    Raises: SurveyNeedsTwo
    """
    if len(set(staff_ids)) < max(needed, 2):
        raise SurveyNeedsTwo(people=max(needed, 2))


def is_needed(line: Material, answers: Answers) -> bool:
    """Whether the line has to be given in a case with these answers."""
    if line.condition is None:
        return line.necessity != Necessity.OPTIONAL
    return answers.get(line.condition["field"]) == line.condition["is"]


def way_at_start(line: Material, answers: Answers, given: Way) -> Way:
    """How the line counts at filing, when ``given`` is what the applicant did about it."""
    if line.necessity == Necessity.EXEMPT:
        return Way.EXEMPT
    if not is_needed(line, answers) and given == Way.NONE:
        return Way.NOT_NEEDED
    if line.source == MaterialSource.FORM and given == Way.NONE:
        return Way.FORM
    return given


def is_to_come(way: Way, given_at: datetime | None) -> bool:
    """Whether the paper of a line is still awaited: promised, or left out."""
    return way == Way.NONE or (way == Way.PAPER and given_at is None)


def check_nothing_missing(lines: Iterable[tuple[Material, Way]]) -> None:
    """Every line is given in some way; all that is missing is said at once. Law: XKF art. 32(1)(4).

    Raises: MaterialsMissing
    """
    missing = [line.name for line, way in lines if way == Way.NONE and line.necessity != Necessity.DEFERRABLE]
    if missing:
        raise MaterialsMissing(names="、".join(missing))


def check_acceptable(lines: Iterable[tuple[str, Way, Verdict]]) -> None:
    """Every line is there and found in order, so the case must be accepted.

    Law: XKF art. 32(1)(5)
    Raises: MaterialsNotChecked, MaterialsMissing
    """
    rows = list(lines)
    check_all_judged(rows)
    bad = [name for name, way, verdict in rows if verdict == Verdict.FLAWED or way == Way.NONE]
    if bad:
        raise MaterialsMissing(names="、".join(bad))


def check_all_judged(lines: Iterable[tuple[str, Way, Verdict]]) -> None:
    """Nothing is said before every line has been judged.

    Raises: MaterialsNotChecked
    """
    open_lines = [name for name, way, verdict in lines if verdict == Verdict.OPEN and way != Way.NOT_NEEDED]
    if open_lines:
        raise MaterialsNotChecked(names="、".join(open_lines))


def check_correctable(lines: Iterable[tuple[str, Way, Verdict]]) -> None:
    """At least one line is flawed and every line was judged.

    Raises: MaterialsNotChecked, NothingToCorrect
    """
    rows = list(lines)
    check_all_judged(rows)
    if not any(verdict == Verdict.FLAWED for _, _, verdict in rows):
        raise NothingToCorrect


@dataclass(frozen=True, slots=True)
class RunningLimit:
    """A limit that has begun: its last day, or its earliest possible one while a year is not published."""

    kind: ClockKind
    limit: Limit
    started_on: date
    due_on: date | None
    watch_on: date


def start_limit(kind: ClockKind, limit: Limit, started_on: date, calendar: WorkCalendar) -> RunningLimit:
    """The limit as it runs from ``started_on`` (which is not counted).

    Law: XKF art. 82, MFD art. 201
    """
    found = due(started_on, limit, calendar)
    return RunningLimit(kind, limit, started_on, found.on, found.earliest_on)


def step_due_on(limit: LimitContent, opened_on: date, calendar: WorkCalendar) -> date:
    """The day by which a step that opens now should be done; the earliest possible one while a year is not known."""
    return start_limit(ClockKind.STEP, Limit(limit.count, limit.unit), opened_on, calendar).watch_on


def stage_to_open(steps: Iterable[tuple[int, bool]]) -> int | None:
    """The stage whose turn it is, from (stage, is done) of every step; none when all are done."""
    return min((stage for stage, is_done in steps if not is_done), default=None)


def fees_left(fees: Iterable[Fee], settled: Iterable[str]) -> list[Fee]:
    """Fees that cost something and for which nothing has been asked, paid or waived; ``settled`` are names.

    Law: XKF art. 58
    """
    done = set(settled)
    return [fee for fee in fees if fee.amount_fen and fee.name not in done]


def route_days(route: Iterable[RouteStep]) -> int:
    """How many days the route takes by its own limits: the longest step of each stage, one stage after another."""
    longest: dict[int, int] = {}
    for step in route:
        longest[step.stage] = max(longest.get(step.stage, 0), step.limit.count)
    return sum(longest.values())


def case_number(prefix: str, day: date, serial: int) -> str:
    """The number people read out: ``BA16-0924-000417-6``; the last character checks the rest (MOD 37,36)."""
    text = f"{prefix}{day:%y}-{day:%m%d}-{serial:06d}"
    return f"{text}-{check_character(text)}"


def normal_case_number(text: str) -> str:
    """A number as typed, with the dashes where they belong; what is no case number comes back in capitals."""
    kept = "".join(char for char in text.upper() if char.isalnum())
    if len(kept) < 14 or not is_checked(kept):  # two letters at least, six of the day, six of the serial, one to check
        return text.replace("\0", "").strip().upper()
    return f"{kept[:-11]}-{kept[-11:-7]}-{kept[-7:-1]}-{kept[-1]}"


def result_number(prefix: str, case_no: str) -> str:
    """The number on the certificate or approval: the item's own letters, then the case it comes from."""
    return f"{prefix}{case_no}"


def hand_over_number(day: date, serial: int) -> str:
    """The number of a hand-over list: ``JJ161010-000017-K``."""
    text = f"JJ{day:%y%m%d}-{serial:06d}"
    return f"{text}-{check_character(text)}"


def task_cursor(text: str) -> tuple[date, int] | None:
    """The place in a work list after which to go on, from ``2016-10-12_417``; none for an empty text.

    Raises: NotFound
    """
    day, _, number = text.partition("_")
    try:
        return (date.fromisoformat(day), int(number)) if text else None
    except ValueError:
        raise NotFound from None


def list_cursor(text: str) -> tuple[datetime, UUID] | None:
    """The place in a list of cases after which to go on, from ``2016-09-24T02:00:00+00:00_<id>``; none for no text.

    Raises: NotFound
    """
    moment, _, case_id = text.partition("_")
    try:
        found = (datetime.fromisoformat(moment), UUID(case_id)) if text else None
    except ValueError:
        raise NotFound from None
    if found and found[0].tzinfo is None:
        raise NotFound
    return found
