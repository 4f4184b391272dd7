"""The applicant takes the application back, any time before the decision."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from yimen.cases.actions.move import take_up
from yimen.cases.events import CaseWithdrawn
from yimen.cases.models import Case, CaseStep
from yimen.cases.terms import ClockKind, StepState, Verb
from yimen.documents.terms import LetterKind
from yimen.identity.terms import Resident


def withdraw_case(*, by: Resident, case_id: UUID, reason: str = "", revision: int | None = None, now: datetime) -> Case:
    """Take the application back. Steps that wait are dropped, limits stop.

    Raises: MoveNotAllowed, NotYourCase
    """
    with take_up(case_id, Verb.WITHDRAW, by=by, now=now, revision=revision) as act:
        act.case.reason, act.case.closed_at = reason.strip()[:1000], now
        CaseStep.objects.filter(case=act.case, state__in=[StepState.OPEN, StepState.WAITING]).update(
            state=StepState.DROPPED
        )
        act.stop_clocks(*(kind for kind in ClockKind if kind != ClockKind.STEP))
        act.draw_up(LetterKind.WITHDRAWAL, reason=act.case.reason)
        return act.put_down("reason", "closed_at", facts={}, event=CaseWithdrawn(case_id))
