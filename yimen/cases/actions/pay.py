"""Fees: asked for before the decision, paid at a counter, or waived where the published version names a relief."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from yimen.cases.actions.move import Act, take_up
from yimen.cases.errors import FeeNotPaid, NoFee, NoRelief, ReasonMissing, ReceiptMissing
from yimen.cases.events import PaymentAsked, PaymentConfirmed, PaymentWaived
from yimen.cases.models import Case, Payment
from yimen.cases.rules import fees_left
from yimen.cases.terms import Verb
from yimen.catalogue.terms import Fee
from yimen.identity.terms import Officer


def ask_payment(*, by: Officer, case_id: UUID, revision: int | None = None, now: datetime) -> Case:
    """Ask for the fees of the frozen version, each with its basis; the case waits. Law: XKF art. 58.

    Raises: NoFee
    """
    with take_up(case_id, Verb.ASK_PAYMENT, by=by, now=now, revision=revision) as act:
        fees = _left(act)
        if not fees:
            raise NoFee
        act.writes.insert([_row(act, fee) for fee in fees])
        total = sum(fee.amount_fen for fee in fees)
        return act.put_down(facts={"amount_fen": total}, event=PaymentAsked(case_id))


def confirm_payment(*, by: Officer, case_id: UUID, receipt_no: str, revision: int | None = None, now: datetime) -> Case:
    """The fee has been paid at the counter or the bank; the number of the official receipt proves it.

    Raises: ReceiptMissing
    """
    number = receipt_no.strip()[:60]
    if not number:
        raise ReceiptMissing(field="receipt_no")
    with take_up(case_id, Verb.CONFIRM_PAYMENT, by=by, now=now, revision=revision) as act:
        act.case.payments.filter(paid_at=None, waived_at=None).update(paid_at=now, receipt_no=number)
        return act.put_down(facts={"receipt_no": number}, event=PaymentConfirmed(case_id))


def waive_payment(*, by: Officer, case_id: UUID, reason: str, revision: int | None = None, now: datetime) -> Case:
    """Waive the fees for which the frozen version names a relief; ``reason`` says what the applicant has shown.

    Fees without a relief that had been asked for have to be asked for anew, with the amount that is left.

    Law: XKF art. 58
    Raises: ReasonMissing, NoRelief
    """
    if not reason.strip():
        raise ReasonMissing(field="text")
    with take_up(case_id, Verb.WAIVE_PAYMENT, by=by, now=now, revision=revision) as act:
        act.case.payments.filter(paid_at=None, waived_at=None).delete()
        fees = [fee for fee in _left(act) if fee.relief]
        if not fees:
            raise NoRelief
        rows = [_row(act, fee) for fee in fees]
        for row in rows:
            row.waived_at, row.waiver = now, reason.strip()[:200]
        act.writes.insert(rows)
        total = sum(fee.amount_fen for fee in fees)
        return act.put_down(facts={"amount_fen": total}, event=PaymentWaived(case_id))


def check_settled(act: Act) -> None:
    """Nothing is left to be paid.

    Raises: FeeNotPaid
    """
    if _left(act) or act.case.payments.filter(paid_at=None, waived_at=None).exists():
        raise FeeNotPaid


def _left(act: Act) -> list[Fee]:
    """Fees of the version for which nothing has been asked or waived."""
    return fees_left(act.version.content.fees, list(act.case.payments.values_list("name", flat=True)))


def _row(act: Act, fee: Fee) -> Payment:
    return Payment(case_id=act.case.id, name=fee.name, amount_fen=fee.amount_fen, basis=fee.basis, asked_at=act.now)
