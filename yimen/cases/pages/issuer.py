"""The issuing window: make, find, check who stands there, hand over; and the paper's way to the departments."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from yimen.cases import actions, queries
from yimen.cases.pages.filing import said, send_file
from yimen.cases.pages.follow import revision_of
from yimen.cases.queries import CaseView
from yimen.cases.rules import list_cursor
from yimen.cases.terms import CaseState
from yimen.documents.actions import set_letter
from yimen.identity.guards import StaffRequest, officer_page
from yimen.identity.terms import Duty, IdType
from yimen.kernel import clock
from yimen.kernel.errors import NotFound, Refusal


@officer_page(Duty.ISSUE)
def issuing(request: StaffRequest) -> HttpResponse:
    """Results of this centre: to be made, to be handed over."""
    words = request.GET.get("q", "").strip()[:60]
    after = list_cursor(request.GET.get("after", ""))
    rows = queries.issuing_list(request.officer, request.LANGUAGE_CODE, words=words, after=after)
    unpaid = queries.payment_list(request.officer, request.LANGUAGE_CODE, words=words) if after is None else []
    return render(request, "cases/issuing.html", {"rows": rows, "unpaid": unpaid, "words": words})


@officer_page(Duty.ISSUE)
@require_http_methods(["GET", "POST"])
def issue(request: StaffRequest, case_no: str) -> HttpResponse:
    """Confirm the fee, make the result, or hand it over against a document: whatever is next."""
    view = queries.desk_case(request.officer, case_no, request.LANGUAGE_CODE)
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            _NEXT.get(view.state, _make)(request, view)
            return redirect("cases-issue", case_no=view.case_no)
        except Refusal as found:
            refusal = found
    page = {
        "case": view,
        "bill": queries.bill_of(view, request.LANGUAGE_CODE),
        "errors": said(refusal) if refusal else [],
        "id_types": IdType.choices,
        "given": request.POST,
    }
    return render(request, "cases/issue.html", page, status=refusal.status if refusal else 200)


def _confirm(request: StaffRequest, view: CaseView) -> None:
    actions.confirm_payment(
        by=request.officer,
        case_id=view.id,
        receipt_no=request.POST.get("receipt_no", ""),
        revision=revision_of(request),
        now=clock.now(),
    )


def _make(request: StaffRequest, view: CaseView) -> None:
    actions.make_result(by=request.officer, case_id=view.id, revision=revision_of(request), now=clock.now())


def _hand_over(request: StaffRequest, view: CaseView) -> None:
    actions.hand_over_result(
        by=request.officer,
        case_id=view.id,
        id_type=request.POST.get("id_type", IdType.CITIZEN),
        id_number=request.POST.get("id_number", ""),
        revision=revision_of(request),
        now=clock.now(),
    )


_NEXT = {CaseState.AWAITING_PAYMENT: _confirm, CaseState.READY: _hand_over}


@officer_page(Duty.ACCEPT, Duty.REVIEW, Duty.SURVEY, Duty.DECIDE)
def bags(request: StaffRequest) -> HttpResponse:
    """Paper to be packed, and bags on their way."""
    return render(request, "cases/bags.html", _bags(request, []))


def _bags(request: StaffRequest, errors: list[tuple[str, str]]) -> dict[str, object]:
    is_clerk = Duty.ACCEPT in request.officer.duties
    return {
        "piles": queries.paper_to_send(request.officer) if is_clerk else [],
        "bags": queries.bags(request.officer),
        "errors": errors,
        "is_clerk": is_clerk,
    }


@officer_page(Duty.ACCEPT)
@require_POST
def send_bag(request: StaffRequest) -> HttpResponse:
    """Pack and send; the list is printed with the bag."""
    try:
        actions.send_bag(
            by=request.officer,
            agency_id=int(request.POST.get("agency") or 0),
            case_ids=[UUID(one) for one in request.POST.getlist("cases")],
            bag_no=request.POST.get("bag_no", ""),
            now=clock.now(),
        )
        return redirect("cases-bags")
    except ValueError:
        raise NotFound from None
    except Refusal as refusal:
        agency = request.POST.get("agency", "")
        errors = [(f"{field}-{agency}" if field else "", sentence) for field, sentence in said(refusal)]
        return render(request, "cases/bags.html", _bags(request, errors), status=refusal.status)


@officer_page(Duty.ACCEPT, Duty.REVIEW, Duty.SURVEY, Duty.DECIDE)
def bag_list(request: StaffRequest, number: str) -> FileResponse:
    """The list of a bag as PDF."""
    found = next((row for row in queries.bags(request.officer) if row.number == number and row.letter_id), None)
    if found is None or found.letter_id is None:
        raise NotFound
    return send_file(set_letter(letter_id=found.letter_id, now=clock.now()).id)
