"""Behind the counter: the list by urgency, and the review page with the whole file on one screen."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from yimen.cases import actions, queries
from yimen.cases.pages.clerk import chosen_file, chosen_page
from yimen.cases.pages.filing import said
from yimen.cases.pages.follow import revision_of
from yimen.cases.queries import CaseView
from yimen.cases.rules import task_cursor
from yimen.cases.terms import Opinion, StepState
from yimen.catalogue.terms import StepKind
from yimen.identity.guards import StaffRequest, officer_page
from yimen.identity.queries import holders_of
from yimen.identity.terms import Duty
from yimen.kernel import clock
from yimen.kernel.errors import NotFound, Refusal

_BEHIND = (Duty.REVIEW, Duty.SURVEY, Duty.DECIDE)


@officer_page(*_BEHIND)
def tasks(request: StaffRequest) -> HttpResponse:
    """Open steps of my posts, most urgent first; the filters stand in the address."""
    given = request.GET
    filters = {
        "kind": given.get("kind", "")[:10],
        "words": given.get("q", "").strip()[:60],
        "due": given.get("due", "")[:10],
    }
    rows = queries.task_list(
        request.officer,
        request.LANGUAGE_CODE,
        after=task_cursor(given.get("after", "")),
        kind=filters["kind"],
        words=filters["words"],
        due_until=clock.today() if filters["due"] == "today" else None,
    )
    page = {"rows": rows, "filters": filters, "kinds": StepKind.choices, "today": clock.today()}
    return render(request, "cases/tasks.html", page)


@officer_page(*_BEHIND)
@require_http_methods(["GET", "POST"])
def review(request: StaffRequest, case_no: str) -> HttpResponse:
    """The whole file on one screen, and what my post may do with it."""
    view = queries.desk_case(request.officer, case_no, request.LANGUAGE_CODE)
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            _ACTS[request.POST.get("act", "")](request, view)
            return redirect("cases-review", case_no=view.case_no)
        except KeyError:
            raise NotFound from None
        except Refusal as found:
            if isinstance(found, NotFound):
                raise
            refusal = found
    return render(
        request, "cases/review.html", _review_page(request, view, refusal), status=refusal.status if refusal else 200
    )


def _review_page(request: StaffRequest, view: CaseView, refusal: Refusal | None) -> dict[str, object]:
    mine = [row for row in view.steps if row.state == StepState.OPEN and row.post_code in request.officer.posts]
    step = mine[0] if mine else None
    code = request.GET.get("line", "")
    line = next((row for row in view.materials if row.line.code == code), view.materials[0] if view.materials else None)
    file = chosen_file(line, request.GET.get("file", ""))
    colleagues = holders_of(step.post_code, on=clock.today()) if step and step.kind == StepKind.SURVEY else []
    return {
        "case": view,
        "bill": queries.bill_of(view, request.LANGUAGE_CODE),
        "step": step,
        "line": line,
        "file": file,
        "page_no": chosen_page(file, request.GET.get("page", "")),
        "colleagues": [row for row in colleagues if str(row[0]) != request.officer.id],
        "days": queries.why_this_day(view),
        "today": clock.today(),
        "errors": said(refusal) if refusal else [],
        "given": request.POST,
        "remedy": view.version.content.remedy,
    }


def _opinion(request: StaffRequest, view: CaseView) -> None:
    actions.give_opinion(
        by=request.officer,
        case_id=view.id,
        opinion=_said_opinion(request),
        text=request.POST.get("text", ""),
        revision=revision_of(request),
        now=clock.now(),
    )


def _said_opinion(request: StaffRequest) -> Opinion:
    return Opinion.AGAINST if request.POST.get("opinion") == Opinion.AGAINST else Opinion.PASS


def _survey(request: StaffRequest, view: CaseView) -> None:
    actions.record_survey(
        by=request.officer,
        case_id=view.id,
        people=[int(one) for one in request.POST.getlist("people") if one.isdecimal()][:20],
        opinion=_said_opinion(request),
        text=request.POST.get("text", ""),
        revision=revision_of(request),
        now=clock.now(),
    )


def _grant(request: StaffRequest, view: CaseView) -> None:
    actions.grant_case(
        by=request.officer,
        case_id=view.id,
        text=request.POST.get("text", ""),
        revision=revision_of(request),
        now=clock.now(),
    )


def _refuse(request: StaffRequest, view: CaseView) -> None:
    actions.refuse_case(
        by=request.officer,
        case_id=view.id,
        reason=request.POST.get("text", ""),
        legal_basis=request.POST.get("legal_basis", ""),
        revision=revision_of(request),
        now=clock.now(),
    )


def _payment(request: StaffRequest, view: CaseView) -> None:
    actions.ask_payment(by=request.officer, case_id=view.id, revision=revision_of(request), now=clock.now())


def _waiver(request: StaffRequest, view: CaseView) -> None:
    actions.waive_payment(
        by=request.officer,
        case_id=view.id,
        reason=request.POST.get("text", ""),
        revision=revision_of(request),
        now=clock.now(),
    )


_ACTS = {
    "opinion": _opinion,
    "survey": _survey,
    "grant": _grant,
    "refuse": _refuse,
    "payment": _payment,
    "waiver": _waiver,
}


@officer_page()
def look(request: StaffRequest) -> HttpResponse:
    """Find a case by its number, and open it where it can be acted on."""
    words = request.GET.get("q", "").strip()[:40]
    view = queries.desk_case(request.officer, words, request.LANGUAGE_CODE) if words else None
    if view is None:
        return redirect("desk-home")
    return redirect("cases-desk-case", case_no=view.case_no)


@officer_page()
def case(request: StaffRequest, case_no: str) -> HttpResponse:
    """One case to read: for everybody at the desk who has a part in it."""
    view = queries.desk_case(request.officer, case_no, request.LANGUAGE_CODE)
    days = queries.why_this_day(view)
    doors = queries.doors_of(request.officer, view)
    return render(request, "cases/desk_case.html", {"case": view, "doors": doors, "days": days, "today": clock.today()})


@officer_page(*_BEHIND)
@require_POST
def receive_bag(request: StaffRequest, number: str) -> HttpResponse:
    """Sign for a bag of paper."""
    actions.receive_bag(by=request.officer, number=number, now=clock.now())
    return redirect("cases-bags")
