"""Following a case: mine, one of mine, its letters and proof, corrections, withdrawal; any case by number and PIN."""

from __future__ import annotations

import json
from uuid import UUID

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods
from markupsafe import Markup

from yimen.cases import actions, queries
from yimen.cases.actions import GivenMaterial, Upload
from yimen.cases.errors import WrongCaseNumber
from yimen.cases.pages.filing import send_file
from yimen.cases.queries import CaseView
from yimen.cases.rules import list_cursor, normal_case_number, verbs_from
from yimen.cases.terms import CaseState, Verb, Verdict
from yimen.documents.actions import set_letter
from yimen.documents.rules import qr_for_page
from yimen.identity.guards import ResidentRequest, address_of, resident_page
from yimen.kernel import clock
from yimen.kernel.errors import NotFound, Refusal
from yimen.kernel.sealing import keyed_index
from yimen.kernel.throttle import count_try, forget_tries
from yimen.ledger.queries import proof_of

#: Wrong PINs for one case, and from one address, before it has to wait.
TRIES_PER_CASE, TRIES_PER_ADDRESS, MINUTES = 5, 30, 15


@resident_page
def mine(request: ResidentRequest) -> HttpResponse:
    """My cases and my drafts."""
    before = list_cursor(request.GET.get("before", ""))
    language = request.LANGUAGE_CODE
    return render(
        request,
        "cases/mine.html",
        {
            "cases": queries.my_cases(request.resident, language, before=before),
            "drafts": queries.my_drafts(request.resident, language) if before is None else [],
        },
    )


@resident_page
def case(request: ResidentRequest, case_no: str) -> HttpResponse:
    """Where my case stands, by which day, and why that day."""
    view = queries.my_case(request.resident, case_no, request.LANGUAGE_CODE)
    return render(request, "cases/case.html", {**_page(view), "is_mine": True})


def _page(view: CaseView) -> dict[str, object]:
    clock_row = view.clock
    return {
        "case": view,
        "to_come": queries.papers_to_come(view),
        "bill": queries.bill_of(view, get_language() or "zh-hans"),
        "clock": clock_row,
        "days": queries.why_this_day(view),
        "today": clock.today(),
    }


@resident_page
def filed(request: ResidentRequest, case_no: str) -> HttpResponse:
    """Sent: the number, the PIN, what happens next and by which day."""
    view = queries.my_case(request.resident, case_no, request.LANGUAGE_CODE)
    address = f"{settings.BASE_URL}{reverse('cases-check')}?case_no={view.case_no}"
    page = {**_page(view), "pin": queries.pin_of(view.id), "qr": Markup(qr_for_page(address))}  # noqa: S704  ours
    return render(request, "cases/filed.html", page)


@resident_page
def letter(request: ResidentRequest, case_no: str, letter_id: UUID) -> FileResponse:
    """A letter of my case as PDF."""
    view = queries.my_case(request.resident, case_no, request.LANGUAGE_CODE)
    return send_letter(view, letter_id)


def send_letter(view: CaseView, letter_id: UUID) -> FileResponse:
    """A letter of this case, set on first asking.

    Raises: NotFound
    """
    if letter_id not in {row.id for row in view.letters}:
        raise NotFound
    return send_file(set_letter(letter_id=letter_id, now=clock.now()).id)


@resident_page
def file(request: ResidentRequest, case_no: str, file_id: UUID) -> FileResponse:
    """A file that was given for my case."""
    view = queries.my_case(request.resident, case_no, request.LANGUAGE_CODE)
    if file_id not in {row.id for line in view.materials for row in line.files}:
        raise NotFound
    return send_file(file_id)


@resident_page
def proof(request: ResidentRequest, case_no: str) -> HttpResponse:
    """The proof of my case, to take home and check."""
    view = queries.my_case(request.resident, case_no, request.LANGUAGE_CODE)
    return _proof(view.case_no)


def _proof(case_no: str) -> HttpResponse:
    response = HttpResponse(json.dumps(proof_of(case_no), ensure_ascii=False), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="proof-{case_no}.json"'
    return response


@resident_page
@require_http_methods(["GET", "POST"])
def correct(request: ResidentRequest, case_no: str) -> HttpResponse:
    """Mend what the notice named, line by line, and send it in one go."""
    view = queries.my_case(request.resident, case_no, request.LANGUAGE_CODE)
    flawed = [row for row in view.materials if row.verdict == Verdict.FLAWED]
    error: Refusal | None = None
    if request.method == "POST":
        try:
            given = {row.line.code: _given(request, row.line.code) for row in flawed}
            actions.supply_correction(
                by=request.resident, case_id=view.id, materials=given, revision=revision_of(request), now=clock.now()
            )
            return redirect("cases-case", case_no=view.case_no)
        except Refusal as refusal:
            error = refusal
    elif view.state != CaseState.CORRECTION:
        return redirect("cases-case", case_no=view.case_no)
    return render(
        request,
        "cases/correct.html",
        {**_page(view), "flawed": flawed, "error": error},
        status=error.status if error else 200,
    )


def _given(request: ResidentRequest, code: str) -> GivenMaterial:
    return GivenMaterial(uploads=tuple(Upload.of(upload) for upload in request.FILES.getlist(f"files-{code}")))


@resident_page
@require_http_methods(["GET", "POST"])
def withdraw(request: ResidentRequest, case_no: str) -> HttpResponse:
    """Take the application back, after saying what that means."""
    view = queries.my_case(request.resident, case_no, request.LANGUAGE_CODE)
    if request.method == "POST":
        actions.withdraw_case(
            by=request.resident,
            case_id=view.id,
            reason=request.POST.get("reason", ""),
            revision=revision_of(request),
            now=clock.now(),
        )
        return redirect("cases-case", case_no=view.case_no)
    if Verb.WITHDRAW not in verbs_from(view.state):
        return redirect("cases-case", case_no=view.case_no)
    return render(request, "cases/withdraw.html", _page(view))


def revision_of(request: HttpRequest) -> int | None:
    """The picture of the case that the reader acted on, from the form."""
    text = request.POST.get("revision", "")
    return int(text) if text.isdecimal() and len(text) < 10 else None


@require_http_methods(["GET", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Check a case by number and PIN, without signing in. Wrong tries are counted per case and per address."""
    error: Refusal | None = None
    if request.method == "POST":
        case_no = normal_case_number(request.POST.get("case_no", ""))[:40]
        try:
            _let_in(request, case_no, request.POST.get("pin", "")[:12])
            return redirect("cases-checked", case_no=case_no)
        except Refusal as refusal:
            error = refusal
    given = request.POST.get("case_no") or request.GET.get("case_no", "")
    page = {"error": error, "case_no": given[:40]}
    return render(request, "cases/check_by_pin.html", page, status=error.status if error else 200)


def _let_in(request: HttpRequest, case_no: str, pin: str) -> None:
    address = keyed_index(address_of(request)).hex()[:32]
    count_try(f"pin-address:{address}", limit=TRIES_PER_ADDRESS, minutes=MINUTES)
    count_try(f"pin-case:{case_no}", limit=TRIES_PER_CASE, minutes=MINUTES)
    queries.check_pin(case_no, pin)
    forget_tries(f"pin-case:{case_no}")
    request.session["checked"] = sorted({*request.session.get("checked", []), case_no})


def _checked(request: HttpRequest, case_no: str) -> CaseView:
    if case_no not in request.session.get("checked", []):
        raise WrongCaseNumber
    return queries.case_by_number(case_no, get_language() or "zh-hans")


def checked(request: HttpRequest, case_no: str) -> HttpResponse:
    """The case that was let in by number and PIN."""
    if case_no not in request.session.get("checked", []):
        return redirect("cases-check")
    return render(request, "cases/case.html", {**_page(_checked(request, case_no)), "is_mine": False})


def checked_proof(request: HttpRequest, case_no: str) -> HttpResponse:
    """The proof of the case that was let in by number and PIN."""
    return _proof(_checked(request, case_no).case_no)
