"""How every act on a case begins and ends: taken up under lock, put down with its line, its news, its rows.

An act costs three round trips: the case under lock, everything else that it must know, and everything that it writes
with the commit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from yimen.calendar.queries import WorkCalendar, asking_calendar
from yimen.cases.actions.letters import Around, letter_rows
from yimen.cases.errors import SomebodyWasFaster
from yimen.cases.models import Case, CaseMaterial, CaseStep, Clock
from yimen.cases.queries.steps import asking_steps
from yimen.cases.rules import Move, Standing, check_hand, move_for
from yimen.cases.terms import CaseState, ClockKind, StepState, Verb
from yimen.catalogue.queries import VersionRow, version
from yimen.catalogue.terms import StepKind
from yimen.documents.actions import next_serial
from yimen.documents.terms import LetterKind
from yimen.identity.queries import asking_people, asking_posts
from yimen.identity.terms import Duty, Officer
from yimen.kernel.actors import Actor
from yimen.kernel.errors import NotFound
from yimen.kernel.events import Event
from yimen.kernel.questions import ask, rows_of
from yimen.kernel.writes import Writes, one_act
from yimen.ledger.actions import line_statement
from yimen.places.queries import asking_institution, asking_place

_DUTY_OF_STEP = {
    StepKind.REVIEW: Duty.REVIEW,
    StepKind.SIGN: Duty.REVIEW,
    StepKind.SURVEY: Duty.SURVEY,
    StepKind.DECIDE: Duty.DECIDE,
}


@dataclass
class Act:
    """One act on one case, from taking it up to putting it down."""

    case: Case
    move: Move
    by: Actor
    now: datetime
    version: VersionRow
    steps: list[CaseStep]
    materials: list[CaseMaterial]
    calendar: WorkCalendar
    around: Around
    #: Keys of the posts of the version's route, by code.
    posts: dict[str, int]
    #: What the act will write.
    writes: Writes

    @property
    def staff_id(self) -> int | None:
        """The record of the member of staff who acts; none when it is somebody else."""
        return int(self.by.id) if isinstance(self.by, Officer) else None

    def stop_clocks(self, *kinds: ClockKind) -> None:
        """These limits have been kept or have run out; either way they run no more."""
        self.writes.sql(
            f'UPDATE "{Clock._meta.db_table}" SET stopped_at = %s '
            "WHERE case_id = %s AND kind = ANY(%s) AND stopped_at IS NULL",
            [self.now, self.case.id, [str(kind) for kind in kinds]],
        )

    def draw_up(
        self, kind: LetterKind, *, materials: Iterable[CaseMaterial] = (), clocks: Iterable[Clock] = (), **more: Any
    ) -> None:
        """Draw up a letter of the case; ``more`` are facts of ``LetterFacts`` that only the act knows."""
        letter, on_file = letter_rows(
            self.case,
            kind,
            self.version,
            self.around,
            by=self.by,
            materials=materials,
            clocks=clocks,
            now=self.now,
            **more,
        )
        self.writes.insert([letter])
        self.writes.insert([on_file])

    def put_down(self, *changed: str, facts: Mapping[str, Any], event: Event) -> Case:
        """Note the new state, the changed fields, the ledger's line and the news. The last thing in every action."""
        case, before = self.case, self.case.state
        case.state = self.move.to
        case.revision += 1
        self.writes.update(case, ["state", "revision", *changed])
        self.writes.news(event)
        line = {"from": before, "to": self.move.to, "revision": case.revision, **facts}
        statement = line_statement(chain=case.case_no, by=self.by, verb=self.move.verb, facts=line, now=self.now)
        self.writes.sql(*statement)
        return case


def standing_of(case: Case, steps: list[CaseStep]) -> Standing:
    """Whose move it could be."""
    open_steps = [step for step in steps if step.state == StepState.OPEN]
    return Standing(
        centre_id=case.centre_id,
        person_ids=frozenset(pk for pk in (case.person_id, case.representative_id) if pk),
        open_posts=frozenset(step.post_code for step in open_steps),
        deciding_posts=frozenset(step.post_code for step in open_steps if step.kind == StepKind.DECIDE),
        done_by=_done_by(case, steps),
    )


def _done_by(case: Case, steps: list[CaseStep]) -> dict[str, frozenset[Duty]]:
    pairs = [(case.accepted_by_id, Duty.ACCEPT), (case.decided_by_id, Duty.DECIDE), (case.made_by_id, Duty.ISSUE)]
    for step in steps:
        pairs += [(staff_id, _DUTY_OF_STEP[StepKind(step.kind)]) for staff_id in {step.done_by_id, *step.people}]
    found: dict[str, set[Duty]] = {}
    for staff_id, duty in pairs:
        if staff_id is not None:
            found.setdefault(str(staff_id), set()).add(duty)
    return {staff: frozenset(duties) for staff, duties in found.items()}


@contextmanager
def take_up(case_id: UUID, verb: Verb, *, by: Actor, now: datetime, revision: int | None = None) -> Iterator[Act]:
    """Lock the case and make sure that this actor may do this now, on the picture of the case that they saw.

    What the act collects in ``writes`` is written when the block ends, together with the commit.

    Raises: NotFound, SomebodyWasFaster, MoveNotAllowed, NotYourCase, SamePersonTwice
    """
    with one_act() as writes:
        case = locked(case_id)
        if revision is not None and case.revision != revision:
            raise SomebodyWasFaster
        yield _taken_up(case, move_for(CaseState(case.state), verb), by, now, writes)


def _taken_up(case: Case, move: Move, by: Actor, now: datetime, writes: Writes) -> Act:
    found = version(case.version_id)
    route_posts = [step.post for step in found.content.route] if move.to == CaseState.IN_REVIEW else []
    steps, materials, calendar, house, place, people, serial, posts = ask(
        asking_steps(case),
        rows_of(CaseMaterial, "case_id = %s ORDER BY position", [case.id]),
        asking_calendar(),
        asking_institution(),
        asking_place(case.centre_id, (by.window_id if isinstance(by, Officer) else None) or case.window_id),
        asking_people([case.person_id, case.representative_id]),
        next_serial(),
        asking_posts(route_posts),
    )
    check_hand(move, by, standing_of(case, steps))
    around = Around(house, place[0], place[1], people, serial)
    return Act(case, move, by, now, found, steps, materials, calendar, around, posts, writes)


def locked(case_id: UUID) -> Case:
    """The case under lock, in one round trip with the beginning of the transaction.

    Raises: NotFound
    """
    found = rows_of(Case, "id = %s FOR UPDATE", [case_id]).answer()
    if not found:
        raise NotFound
    return found[0]
