"""The desk's first page: late first, then today, then the rest; panels appear by duty."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yimen.calendar.queries import work_calendar
from yimen.cases import queries as cases
from yimen.identity.guards import StaffRequest, officer_page
from yimen.identity.terms import Duty
from yimen.kernel import clock

#: Lines of the list "do these first".
FIRST = 8
_BEHIND = frozenset({Duty.REVIEW, Duty.SURVEY, Duty.DECIDE})


@officer_page()
@require_safe
def home(request: StaffRequest) -> HttpResponse:
    """What waits for this officer, most urgent first."""
    officer, language = request.officer, request.LANGUAGE_CODE
    has_tasks = bool(officer.duties & _BEHIND)
    lists = {
        "tasks": cases.task_list(officer, language)[:FIRST] if has_tasks else [],
        "counter": cases.counter_list(officer, language)[:FIRST] if Duty.ACCEPT in officer.duties else [],
        "issuing": cases.issuing_list(officer, language)[:FIRST] if Duty.ISSUE in officer.duties else [],
    }
    words = {
        "counts": cases.desk_counts(officer),
        "lists": lists,
        "duties": [duty.label for duty in Duty if duty in officer.duties],
        "does": {duty.value for duty in officer.duties},
        "has_tasks": has_tasks,
        "is_working_day": _is_working_day(),
    }
    return render(request, "sites/desk_home.html", words)


def _is_working_day() -> bool | None:
    """Whether today counts for limits; None when the year's holiday notice is not in."""
    return work_calendar().is_working(clock.today())
