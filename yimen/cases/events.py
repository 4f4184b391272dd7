"""What has happened to a case."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from yimen.kernel.events import Event


@dataclass(frozen=True, slots=True)
class CaseFiled(Event):
    """An application has come in; the five days for the one notice run."""

    case_id: UUID


@dataclass(frozen=True, slots=True)
class CaseReceived(Event):
    """A window has taken the materials and given a receipt."""

    case_id: UUID


@dataclass(frozen=True, slots=True)
class CaseAccepted(Event):
    """The case is taken on; the limits run."""

    case_id: UUID
    is_deemed: bool


@dataclass(frozen=True, slots=True)
class CaseTurnedAway(Event):
    """The case is not accepted."""

    case_id: UUID


@dataclass(frozen=True, slots=True)
class CorrectionAsked(Event):
    """All that is missing has been said in one notice."""

    case_id: UUID


@dataclass(frozen=True, slots=True)
class CorrectionSupplied(Event):
    """The applicant has handed in what was asked for."""

    case_id: UUID


@dataclass(frozen=True, slots=True)
class StepDone(Event):
    """A step of the route is done."""

    case_id: UUID
    step_code: str


@dataclass(frozen=True, slots=True)
class PaymentAsked(Event):
    """The case waits for a fee."""

    case_id: UUID


@dataclass(frozen=True, slots=True)
class PaymentConfirmed(Event):
    """The fee has been paid."""

    case_id: UUID


@dataclass(frozen=True, slots=True)
class PaymentWaived(Event):
    """The fee need not be paid: a relief that the version names applies."""

    case_id: UUID


@dataclass(frozen=True, slots=True)
class CaseGranted(Event):
    """The department grants what was asked for."""

    case_id: UUID


@dataclass(frozen=True, slots=True)
class CaseRefused(Event):
    """The department refuses, with reasons."""

    case_id: UUID


@dataclass(frozen=True, slots=True)
class ResultReady(Event):
    """The result lies at the issuing window."""

    case_id: UUID


@dataclass(frozen=True, slots=True)
class ResultHandedOver(Event):
    """The result is in the person's hands."""

    case_id: UUID


@dataclass(frozen=True, slots=True)
class CaseClosed(Event):
    """Nothing more is to be done."""

    case_id: UUID


@dataclass(frozen=True, slots=True)
class CaseWithdrawn(Event):
    """The applicant has taken the application back."""

    case_id: UUID


@dataclass(frozen=True, slots=True)
class CaseTerminated(Event):
    """The case ended without a decision, because corrections did not come."""

    case_id: UUID
