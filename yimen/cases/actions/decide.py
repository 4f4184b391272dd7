"""The decision: granted or refused, in writing, by somebody who has had no other part in the case."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from yimen.cases.actions.counter import remedies
from yimen.cases.actions.examine import digest, finish_step, open_step
from yimen.cases.actions.filing import clock_row
from yimen.cases.actions.move import Act, take_up
from yimen.cases.errors import FeeNotPaid, ReasonMissing
from yimen.cases.events import CaseGranted, CaseRefused
from yimen.cases.models import Case
from yimen.cases.rules import DELIVERY_LIMIT, start_limit
from yimen.cases.terms import ClockKind, Decision, Opinion, Verb
from yimen.catalogue.terms import StepKind
from yimen.documents.terms import LetterKind
from yimen.identity.terms import Officer
from yimen.kernel import clock


def grant_case(*, by: Officer, case_id: UUID, text: str = "", revision: int | None = None, now: datetime) -> Case:
    """Grant what was asked for; the ten days for making and serving the result begin.

    Law: XKF art. 38, art. 44
    Raises: NotYourCase, SamePersonTwice, FeeNotPaid, MoveNotAllowed
    """
    with take_up(case_id, Verb.GRANT, by=by, now=now, revision=revision) as act:
        if act.version.content.fees and not act.case.payments.filter(paid_at__isnull=False).exists():
            raise FeeNotPaid
        _decide(act, by, Decision.GRANT, Opinion.PASS, text)
        result = act.version.content.results[0] if act.version.content.results else None
        act.draw_up(
            LetterKind.GRANT,
            result_name=result.name if result else "",
            valid_for=result.valid_for if result else "",
            reason=text,
        )
        return act.put_down(
            "decision", "decided_at", "decided_by", facts={"text_sha256": digest(text)}, event=CaseGranted(case_id)
        )


def refuse_case(
    *, by: Officer, case_id: UUID, reason: str, legal_basis: str, revision: int | None = None, now: datetime
) -> Case:
    """Refuse, with reasons, the legal basis, and where to turn against it.

    Law: XKF art. 38
    Raises: ReasonMissing, NotYourCase, SamePersonTwice, MoveNotAllowed
    """
    if not reason.strip():
        raise ReasonMissing(field="reason")
    if not legal_basis.strip():
        raise ReasonMissing(field="legal_basis")
    with take_up(case_id, Verb.REFUSE, by=by, now=now, revision=revision) as act:
        act.case.reason = reason.strip()[:4000]
        _decide(act, by, Decision.REFUSE, Opinion.AGAINST, reason)
        basis = legal_basis.strip()[:500]
        act.draw_up(LetterKind.REFUSAL, reason=act.case.reason, legal_basis=basis, **remedies(act.version))
        return act.put_down(
            "decision",
            "decided_at",
            "decided_by",
            "reason",
            facts={"text_sha256": digest(reason), "legal_basis": basis},
            event=CaseRefused(case_id),
        )


def _decide(act: Act, by: Officer, decision: Decision, opinion: Opinion, text: str) -> None:
    step = open_step(act, by, StepKind.DECIDE)
    step.opinion, step.text = opinion, text.strip()[:4000]
    finish_step(act, step)
    act.case.decision, act.case.decided_at, act.case.decided_by_id = decision, act.now, act.staff_id
    act.stop_clocks(ClockKind.STATUTORY, ClockKind.PROMISED)
    limit = start_limit(ClockKind.DELIVERY, DELIVERY_LIMIT, clock.local_date(act.now), act.calendar)
    act.writes.insert([clock_row(act.case, limit)])
