"""What a case costs, and how far it has been settled."""

from __future__ import annotations

from dataclasses import dataclass

from yimen.cases.models import Payment
from yimen.cases.queries.view import CaseView
from yimen.catalogue.queries import texts


@dataclass(frozen=True, slots=True)
class FeeRow:
    """One fee of the frozen version; at most one of the last three is true."""

    name: str
    amount_fen: int
    basis: str
    relief: str
    is_asked: bool
    is_paid: bool
    is_waived: bool
    receipt_no: str


@dataclass(frozen=True, slots=True)
class Bill:
    """The fees of a case."""

    rows: tuple[FeeRow, ...]

    @property
    def due_fen(self) -> int:
        """What has been asked for and not been paid."""
        return sum(row.amount_fen for row in self.rows if row.is_asked)

    @property
    def is_settled(self) -> bool:
        """Nothing is left to be paid or asked for."""
        return all(row.is_paid or row.is_waived for row in self.rows)

    @property
    def may_ask(self) -> bool:
        """Something has not been asked for yet."""
        return any(not (row.is_asked or row.is_paid or row.is_waived) for row in self.rows)

    @property
    def has_relief(self) -> bool:
        """The version names a relief for something that is not settled."""
        return any(row.relief and not (row.is_paid or row.is_waived) for row in self.rows)


def bill_of(view: CaseView, language: str) -> Bill:
    """The fees of the version with what became of each. No query where the version names none, one otherwise."""
    fees = [fee for fee in view.version.content.fees if fee.amount_fen]
    if not fees:
        return Bill(())
    words, known = texts(view.version, language), {row.name: row for row in Payment.objects.filter(case_id=view.id)}
    rows = []
    for fee in fees:
        row = known.get(fee.name)
        rows.append(
            FeeRow(
                name=words.fees.get(fee.name) or fee.name,
                amount_fen=fee.amount_fen,
                basis=fee.basis,
                relief=fee.relief,
                is_asked=row is not None and row.paid_at is None and row.waived_at is None,
                is_paid=row is not None and row.paid_at is not None,
                is_waived=row is not None and row.waived_at is not None,
                receipt_no=row.receipt_no if row else "",
            )
        )
    return Bill(tuple(rows))
