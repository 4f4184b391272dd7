"""How every act on a case begins and ends: taken up under lock, put down with its line, its news, its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from yimen.cases.errors import SomebodyWasFaster
from yimen.cases.models import Case, CaseStep, Clock
from yimen.cases.rules import Move, Standing, check_hand, duty_of, move_for
from yimen.cases.terms import CaseState, ClockKind, StepState, Verb
from yimen.catalogue.queries import VersionRow, version
from yimen.catalogue.terms import StepKind
from yimen.identity.terms import Duty, Officer
from yimen.kernel.actors import Actor
from yimen.kernel.errors import NotFound
from yimen.kernel.events import Event
from yimen.kernel.writes import Writes
from yimen.ledger.actions import write_line

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
    steps: list[CaseStep]
    writes: Writes = field(default_factory=Writes)

    @property
    def version(self) -> VersionRow:
        """The version under which the case was filed."""
        return version(self.case.version_id)

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

    def put_down(self, *changed: str, facts: Mapping[str, Any], event: Event) -> Case:
        """Write the new state, the changed fields, the ledger's line and the news. The last thing in every action."""
        case, before = self.case, self.case.state
        case.state = self.move.to
        case.revision += 1
        self.writes.update(case, ["state", "revision", *changed])
        self.writes.news(event)
        self.writes.send()
        write_line(
            chain=case.case_no,
            by=self.by,
            verb=self.move.verb,
            facts={"from": before, "to": self.move.to, "revision": case.revision, **facts},
            now=self.now,
        )
        return case


def standing_of(case: Case, steps: list[CaseStep]) -> Standing:
    """Whose move it could be."""
    open_steps = [step for step in steps if step.state == StepState.OPEN]
    return Standing(
        centre_id=case.centre_id,
        person_ids=frozenset(pk for pk in (case.person_id, case.representative_id) if pk),
        open_posts=frozenset(step.post.code for step in open_steps),
        deciding_posts=frozenset(step.post.code for step in open_steps if step.kind == StepKind.DECIDE),
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


def take_up(case_id: UUID, verb: Verb, *, by: Actor, now: datetime, revision: int | None = None) -> Act:
    """Lock the case and make sure that this actor may do this now, on the picture of the case that they saw.

    Raises: NotFound, SomebodyWasFaster, MoveNotAllowed, NotYourCase, SamePersonTwice
    """
    case = Case.objects.select_for_update().filter(pk=case_id).first()
    if case is None:
        raise NotFound
    if revision is not None and case.revision != revision:
        raise SomebodyWasFaster
    steps = steps_of(case)
    move = move_for(CaseState(case.state), verb)
    check_hand(move, by, standing_of(case, steps))
    return Act(case=case, move=move, by=by, now=now, steps=steps)


def steps_of(case: Case) -> list[CaseStep]:
    """The steps of the route with their posts; none before acceptance."""
    if case.accepted_at is None:
        return []
    return list(CaseStep.objects.filter(case=case).select_related("post"))


__all__ = ["Act", "duty_of", "standing_of", "steps_of", "take_up"]
