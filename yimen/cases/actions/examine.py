"""Behind the counter: opinions, surveys by somebody else, fees, stage after stage until the decision."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from yimen.calendar.terms import Limit
from yimen.cases.actions.move import Act, take_up
from yimen.cases.errors import NoFee, NotYourCase, ReasonMissing, ReceiptMissing, SamePersonTwice
from yimen.cases.events import PaymentAsked, PaymentConfirmed, StepDone
from yimen.cases.models import Case, CaseStep, Payment
from yimen.cases.rules import check_surveyors, stage_to_open, start_limit
from yimen.cases.terms import ClockKind, Opinion, StepState, Verb
from yimen.catalogue.terms import StepKind
from yimen.identity.queries import staff_posts
from yimen.identity.terms import Duty, Officer
from yimen.kernel import clock


def give_opinion(
    *, by: Officer, case_id: UUID, opinion: Opinion, text: str, revision: int | None = None, now: datetime
) -> Case:
    """Say what one's own open review or countersignature found; when its stage is done the next one opens.

    Raises: NotYourCase, SamePersonTwice, ReasonMissing, MoveNotAllowed
    """
    if not text.strip():
        raise ReasonMissing(field="text")
    with take_up(case_id, Verb.GIVE_OPINION, by=by, now=now, revision=revision) as act:
        step = open_step(act, by, StepKind.REVIEW, StepKind.SIGN)
        step.opinion, step.text = opinion, text.strip()[:4000]
        finish_step(act, step)
        facts = {"step": step.code, "opinion": step.opinion, "text_sha256": digest(step.text)}
        return act.put_down(facts=facts, event=StepDone(act.case.id, step.code))


def record_survey(
    *,
    by: Officer,
    case_id: UUID,
    people: Iterable[int],
    opinion: Opinion,
    text: str,
    revision: int | None = None,
    now: datetime,
) -> Case:
    """Record what two people or more found on site. ``people`` are staff records; who records is one of them.

    Law: XKF art. 34 (two people), art. 55
    Raises: SurveyNeedsTwo, SamePersonTwice, NotYourCase, ReasonMissing
    """
    if not text.strip():
        raise ReasonMissing(field="text")
    with take_up(case_id, Verb.RECORD_SURVEY, by=by, now=now, revision=revision) as act:
        step = open_step(act, by, StepKind.SURVEY)
        present = sorted({int(by.id), *people})
        check_surveyors(present, needed=_people_needed(act, step))
        _check_surveyors_hold_post(act, step, present)
        step.opinion, step.text, step.people = opinion, text.strip()[:4000], present
        finish_step(act, step)
        facts = {"step": step.code, "opinion": step.opinion, "people": present, "text_sha256": digest(step.text)}
        return act.put_down(facts=facts, event=StepDone(act.case.id, step.code))


def _people_needed(act: Act, step: CaseStep) -> int:
    return next((line.people for line in act.version.content.route if line.code == step.code), 2)


def _check_surveyors_hold_post(act: Act, step: CaseStep, present: list[int]) -> None:
    """Everybody on site holds the surveying post today and has had no other part in the case."""
    posts = staff_posts(present, on=clock.local_date(act.now))
    if any(step.post_code not in posts.get(staff_id, frozenset()) for staff_id in present):
        raise NotYourCase(field="people")
    if act.case.accepted_by_id in present:
        raise SamePersonTwice(duty=Duty.ACCEPT.label)
    others = {staff for row in act.steps if row.kind != StepKind.SURVEY for staff in {row.done_by_id, *row.people}}
    if others & set(present):
        raise SamePersonTwice(duty=Duty.REVIEW.label)


def open_step(act: Act, by: Officer, *kinds: StepKind) -> CaseStep:
    """The officer's own open step of one of these kinds.

    Raises: NotYourCase
    """
    for step in act.steps:
        if step.state == StepState.OPEN and step.kind in kinds and step.post_code in by.posts:
            return step
    raise NotYourCase


def finish_step(act: Act, step: CaseStep) -> None:
    """The step is done by this officer now; if it was the last of its stage, the next stage opens."""
    step.state, step.done_at, step.done_by_id = StepState.DONE, act.now, act.staff_id
    act.writes.update(step, ["state", "done_at", "done_by", "opinion", "text", "people"])
    stage = stage_to_open((row.stage, row.state in {StepState.DONE, StepState.DROPPED}) for row in act.steps)
    waiting = [row for row in act.steps if row.stage == stage and row.state == StepState.WAITING]
    if waiting:
        _open(act, waiting)


def _open(act: Act, steps: list[CaseStep]) -> None:
    today = clock.local_date(act.now)
    limits = {line.code: line.limit for line in act.version.content.route}
    for step in steps:
        limit = Limit(limits[step.code].count, limits[step.code].unit)
        step.state, step.opened_at = StepState.OPEN, act.now
        step.due_on = start_limit(ClockKind.STEP, limit, today, act.calendar).watch_on
        act.writes.update(step, ["state", "opened_at", "due_on"])


def ask_payment(*, by: Officer, case_id: UUID, revision: int | None = None, now: datetime) -> Case:
    """Ask for the fees of the frozen version, each with its basis; the case waits. Law: XKF art. 58.

    Raises: NoFee
    """
    with take_up(case_id, Verb.ASK_PAYMENT, by=by, now=now, revision=revision) as act:
        fees = act.version.content.fees
        if not fees or act.case.payments.exists():
            raise NoFee
        act.writes.insert(
            [
                Payment(case_id=case_id, name=fee.name, amount_fen=fee.amount_fen, basis=fee.basis, asked_at=now)
                for fee in fees
            ]
        )
        total = sum(fee.amount_fen for fee in fees)
        return act.put_down(facts={"amount_fen": total}, event=PaymentAsked(case_id))


def confirm_payment(*, by: Officer, case_id: UUID, receipt_no: str, revision: int | None = None, now: datetime) -> Case:
    """The fee has been paid at the counter or the bank; the number of the official receipt proves it."""
    if not receipt_no.strip():
        raise ReceiptMissing(field="receipt_no")
    with take_up(case_id, Verb.CONFIRM_PAYMENT, by=by, now=now, revision=revision) as act:
        act.case.payments.filter(paid_at=None).update(paid_at=now, receipt_no=receipt_no.strip()[:60])
        return act.put_down(facts={"receipt_no": receipt_no.strip()[:60]}, event=PaymentConfirmed(case_id))


def digest(text: str) -> str:
    """What the ledger keeps of a text that may name people."""
    return sha256(text.encode()).hexdigest()
