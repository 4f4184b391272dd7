"""What the register does when it hears of something: write to people, date limits, close what is handed over."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from yimen.calendar.events import CalendarYearPublished
from yimen.cases import events
from yimen.cases.actions import close_case, date_waiting_limits
from yimen.cases.actions.notify import notify
from yimen.kernel import clock
from yimen.kernel.events import Event, hears
from yimen.notices.terms import Occasion


@hears(events.ResultHandedOver)
def close(news: events.ResultHandedOver) -> None:
    """Handed over is the last thing; the case is closed."""
    close_case(case_id=news.case_id, now=clock.now())


@hears(CalendarYearPublished)
def date_limits(news: CalendarYearPublished) -> None:
    """Limits that waited for the notice get their day, and open steps theirs."""
    date_waiting_limits(year=news.year, now=clock.now())


def _writes_about(kind: type[Event], occasion: Occasion) -> None:
    def tell(news: Event) -> None:
        case_id: UUID = news.case_id  # type: ignore[attr-defined]
        notify(case_id=case_id, occasion=occasion, now=clock.now())

    tell.__qualname__ = f"tell_{occasion}_{kind.__name__}"
    mark: Callable[[Callable[[Event], None]], Callable[[Event], None]] = hears(kind)
    mark(tell)


_writes_about(events.CaseFiled, Occasion.CASE_FILED)
_writes_about(events.CaseReceived, Occasion.CASE_FILED)
_writes_about(events.CaseAccepted, Occasion.CASE_ACCEPTED)
_writes_about(events.CaseTurnedAway, Occasion.CASE_NOT_ACCEPTED)
_writes_about(events.CorrectionAsked, Occasion.CORRECTION_ASKED)
_writes_about(events.PaymentAsked, Occasion.PAYMENT_ASKED)
_writes_about(events.CaseGranted, Occasion.CASE_GRANTED)
_writes_about(events.CaseRefused, Occasion.CASE_REFUSED)
_writes_about(events.ResultReady, Occasion.RESULT_READY)
_writes_about(events.CaseClosed, Occasion.CASE_CLOSED)
_writes_about(events.CaseWithdrawn, Occasion.CASE_WITHDRAWN)
_writes_about(events.CaseTerminated, Occasion.CASE_TERMINATED)
