"""Limits that run out, and limits that get their day when a calendar is published. Each may run twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

import structlog
from django.db import transaction

from yimen.calendar.queries import work_calendar
from yimen.calendar.rules import WorkCalendar
from yimen.calendar.terms import Limit, Unit
from yimen.cases.actions.correct import terminate_case
from yimen.cases.actions.counter import deem_accepted
from yimen.cases.models import Case, CaseStep, Clock
from yimen.cases.rules import start_limit, step_due_on
from yimen.cases.terms import CaseState, ClockKind, StepState
from yimen.catalogue.queries import version
from yimen.kernel import clock
from yimen.kernel.errors import Refusal

log = structlog.get_logger(__name__)

#: So many cases are locked at once while limits get their day.
BATCH = 200


def deem_silent_cases_accepted(*, now: datetime) -> int:
    """Cases about which nobody said anything in the five days of the notice.

    Law: XKF art. 32(1)(4)
    """
    silent = _overdue(ClockKind.NOTICE, clock.local_date(now), [CaseState.FILED, CaseState.RECEIVED])
    return sum(_done(case_id, lambda one: deem_accepted(case_id=one, now=now)) for case_id in silent)


def end_uncorrected_cases(*, now: datetime) -> int:
    """Cases whose corrections did not come by the day of the notice."""
    late = _overdue(ClockKind.CORRECTION, clock.local_date(now), [CaseState.CORRECTION])
    return sum(_done(case_id, lambda one: terminate_case(case_id=one, now=now)) for case_id in late)


def _overdue(kind: ClockKind, today: date, states: list[CaseState]) -> list[UUID]:
    """Cases whose limit was over before today; one that has no fixed day yet is never over."""
    clocks = Clock.objects.filter(kind=kind, stopped_at=None, due_on__lt=today, case__state__in=states)
    return list(clocks.order_by("watch_on", "id").values_list("case_id", flat=True))


def _done(case_id: UUID, act: Callable[[UUID], object]) -> bool:
    """Whether the act was done; a case that says no, because somebody was faster or its route is broken, holds up none.

    It is tried again the next night.
    """
    try:
        act(case_id)
    except Refusal as refusal:
        log.warning("limit_not_followed", case_id=str(case_id), refusal=refusal.code)
        return False
    return True


def date_waiting_limits(*, year: int, now: datetime) -> int:  # noqa: ARG001  every action has its moment
    """Give limits their day after the notice of ``year`` has come in; returns how many got or changed one.

    Limits that run without a day get it, and with the limit that stands on the work lists the case's own. Open steps
    whose day the notice can move are counted anew: their day stands on no letter. Cases are locked in batches,
    always before their limits, as every act does it. May run twice.
    """
    cases = sorted({*_with_undated_clocks(), *_with_steps_from(year)})
    calendar = work_calendar()
    return sum(_date_batch(cases[at : at + BATCH], year, calendar) for at in range(0, len(cases), BATCH))


def _with_undated_clocks() -> Iterable[UUID]:
    return Clock.objects.filter(stopped_at=None, due_on=None).values_list("case_id", flat=True)


def _with_steps_from(year: int) -> Iterable[UUID]:
    steps = CaseStep.objects.filter(state=StepState.OPEN, due_on__gte=_first_arranged_day(year))
    return steps.values_list("case_id", flat=True)


def _first_arranged_day(year: int) -> date:
    """The first day about which the notice of a year can say something: the December before. Law: HOL art. 2."""
    return date(year - 1, 12, 1)


def _date_batch(case_ids: list[UUID], year: int, calendar: WorkCalendar) -> int:
    with transaction.atomic():
        cases = {case.id: case for case in Case.objects.select_for_update().filter(pk__in=case_ids).order_by("pk")}
        return _date_clocks(cases, calendar) + _date_steps(cases, year, calendar)


def _date_clocks(cases: Mapping[UUID, Case], calendar: WorkCalendar) -> int:
    dated = 0
    for row in Clock.objects.filter(case__in=list(cases), stopped_at=None, due_on=None):
        found = start_limit(ClockKind(row.kind), Limit(row.count, Unit(row.unit)), row.started_on, calendar)
        if (found.due_on, found.watch_on) == (row.due_on, row.watch_on):
            continue
        row.due_on, row.watch_on = found.due_on, found.watch_on
        row.save(update_fields=["due_on", "watch_on"])
        case = cases[row.case_id]
        if row.kind == (ClockKind.PROMISED if version(case.version_id).promised else ClockKind.STATUTORY):
            case.due_on = row.watch_on
            case.save(update_fields=["due_on"])
        dated += row.due_on is not None
    return dated


def _date_steps(cases: Mapping[UUID, Case], year: int, calendar: WorkCalendar) -> int:
    moved, first = 0, _first_arranged_day(year)
    for row in CaseStep.objects.filter(case__in=list(cases), state=StepState.OPEN, due_on__gte=first):
        limits = {step.code: step.limit for step in version(cases[row.case_id].version_id).content.route}
        if row.opened_at is None or row.code not in limits:
            continue
        day = step_due_on(limits[row.code], clock.local_date(row.opened_at), calendar)
        if day != row.due_on:
            row.due_on = day
            row.save(update_fields=["due_on"])
            moved += 1
    return moved
