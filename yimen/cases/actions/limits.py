"""Limits that run out, and limits that get their day when a calendar is published. Each may run twice."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from yimen.calendar.queries import work_calendar
from yimen.calendar.terms import Limit, Unit
from yimen.cases.actions.correct import terminate_case
from yimen.cases.actions.counter import deem_accepted
from yimen.cases.models import Case, Clock
from yimen.cases.rules import start_limit
from yimen.cases.terms import CaseState, ClockKind
from yimen.kernel import clock


def deem_silent_cases_accepted(*, now: datetime, limit: int = 500) -> int:
    """Cases about which nobody said anything in the five days of the notice.

    Law: XKF art. 32(1)(4)
    """
    overdue = _overdue(ClockKind.NOTICE, clock.local_date(now), [CaseState.FILED, CaseState.RECEIVED], limit)
    for case_id in overdue:
        deem_accepted(case_id=case_id, now=now)
    return len(overdue)


def end_uncorrected_cases(*, now: datetime, limit: int = 500) -> int:
    """Cases whose corrections did not come by the day of the notice."""
    overdue = _overdue(ClockKind.CORRECTION, clock.local_date(now), [CaseState.CORRECTION], limit)
    for case_id in overdue:
        terminate_case(case_id=case_id, now=now)
    return len(overdue)


def _overdue(kind: ClockKind, today: date, states: list[CaseState], limit: int) -> list[UUID]:
    """Cases whose limit was over before today; one that has no fixed day yet is never over."""
    clocks = Clock.objects.filter(kind=kind, stopped_at=None, due_on__lt=today, case__state__in=states)
    return list(clocks.order_by("watch_on", "id").values_list("case_id", flat=True)[:limit])


def date_waiting_clocks(*, now: datetime) -> int:  # noqa: ARG001  every action has its moment
    """Give every running limit without a day its day, as far as the calendar now reaches. Returns how many got one."""
    calendar, dated = work_calendar(), 0
    with transaction.atomic():
        for row in Clock.objects.filter(stopped_at=None, due_on=None).select_for_update().iterator(chunk_size=1000):
            found = start_limit(ClockKind(row.kind), Limit(row.count, Unit(row.unit)), row.started_on, calendar)
            if (found.due_on, found.watch_on) == (row.due_on, row.watch_on):
                continue
            row.due_on, row.watch_on = found.due_on, found.watch_on
            row.save(update_fields=["due_on", "watch_on"])
            _follow(row)
            dated += row.due_on is not None
    return dated


def _follow(row: Clock) -> None:
    """The day of the case is that of its promised limit, or of the statutory one where nothing is promised."""
    cases = Case.objects.filter(pk=row.case_id)
    if row.kind == ClockKind.STATUTORY:
        cases = cases.exclude(clocks__kind=ClockKind.PROMISED)
    if row.kind in {ClockKind.PROMISED, ClockKind.STATUTORY}:
        cases.update(due_on=row.watch_on)
