"""The window: what waits, and the workbench with list, viewer and form."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from yimen.cases import actions, queries
from yimen.cases.actions import Upload
from yimen.cases.errors import FileMissing
from yimen.cases.pages.filing import said, send_file
from yimen.cases.pages.follow import revision_of, send_letter
from yimen.cases.pages.intake import on_desk
from yimen.cases.queries import CaseView, MaterialRow
from yimen.cases.rules import list_cursor
from yimen.cases.terms import Verdict
from yimen.catalogue.queries import search_items
from yimen.documents.queries import page_png
from yimen.identity.actions import record_look
from yimen.identity.guards import StaffRequest, officer_page
from yimen.identity.terms import Duty
from yimen.kernel import clock
from yimen.kernel.errors import NotFound, Refusal


@officer_page(Duty.ACCEPT)
def counter(request: StaffRequest) -> HttpResponse:
    """What waits at this centre, and the search for an item to take in."""
    words = request.GET.get("q", "").strip()[:60]
    item_words = request.GET.get("item", "").strip()[:60]
    after = list_cursor(request.GET.get("after", ""))
    language = request.LANGUAGE_CODE
    return render(
        request,
        "cases/counter.html",
        {
            "rows": queries.counter_list(request.officer, language, after=after, words=words),
            "words": words,
            "item_words": item_words,
            "items": search_items(item_words, language, limit=12) if item_words else [],
        },
    )


@officer_page(Duty.ACCEPT)
def workbench(request: StaffRequest, case_no: str) -> HttpResponse:
    """Checklist, viewer and form of one case side by side, with the acts below."""
    return _workbench(request, case_no, None)


def _workbench(request: StaffRequest, case_no: str, refusal: Refusal | None) -> HttpResponse:
    view = queries.desk_case(request.officer, case_no, request.LANGUAGE_CODE)
    line = _current(view, request.GET.get("line", ""))
    file = chosen_file(line, request.GET.get("file", ""))
    return render(
        request,
        "cases/workbench.html",
        {
            "case": view,
            "line": line,
            "file": file,
            "page_no": chosen_page(file, request.GET.get("page", "")),
            "checked": sum(row.verdict != Verdict.OPEN for row in view.materials),
            "flawed": sum(row.verdict == Verdict.FLAWED for row in view.materials),
            "due": queries.would_be_due(view),
            "desk": queries.window_desk(request.officer, view),
            "bill": queries.bill_of(view, request.LANGUAGE_CODE),
            "errors": said(refusal) if refusal else [],
        },
        status=refusal.status if refusal else 200,
    )


def _current(view: CaseView, code: str) -> MaterialRow | None:
    """The line that was asked for, or the first that has not been checked."""
    asked = [row for row in view.materials if row.line.code == code]
    still_open = [row for row in view.materials if row.verdict == Verdict.OPEN]
    return next(iter(asked or still_open or view.materials), None)


def chosen_file(line: MaterialRow | None, file_id: str) -> queries.FileRow | None:
    """The file that was asked for, or the first of the line that was not replaced."""
    files = [row for row in line.files if not row.is_replaced] if line else []
    asked = [row for row in files if str(row.id) == file_id]
    return next(iter(asked or files), None)


def chosen_page(file: queries.FileRow | None, text: str) -> int:
    """The page that was asked for, within the file; the first otherwise."""
    asked = int(text) if text.isdecimal() and len(text) < 6 else 1
    return max(min(asked, file.pages if file else 1), 1)


def _act(request: StaffRequest, case_no: str, act: Callable[[CaseView], object]) -> HttpResponse:
    """Do one act on a case; a refusal comes back on the workbench, with nothing lost."""
    view = queries.desk_case(request.officer, case_no, request.LANGUAGE_CODE)
    try:
        act(view)
    except Refusal as refusal:
        if isinstance(refusal, NotFound):
            raise
        return _workbench(request, case_no, refusal)
    return redirect("cases-workbench", case_no=view.case_no)


@officer_page(Duty.ACCEPT)
@require_POST
def judge(request: StaffRequest, case_no: str) -> HttpResponse:
    """Good or flawed: one line of the checklist."""
    code = request.POST.get("line", "")
    verdict = Verdict.GOOD if request.POST.get("verdict") == Verdict.GOOD else Verdict.FLAWED
    return _act(
        request,
        case_no,
        lambda view: actions.judge_material(
            by=request.officer,
            case_id=view.id,
            code=code,
            verdict=verdict,
            flaw=request.POST.get("flaw", ""),
            now=clock.now(),
        ),
    )


@officer_page(Duty.ACCEPT)
@require_POST
def scan(request: StaffRequest, case_no: str) -> HttpResponse:
    """Scan a paper for one line."""
    return _act(request, case_no, lambda view: _attach(request, view))


def _attach(request: StaffRequest, view: CaseView) -> None:
    upload, code = request.FILES.get("scan"), request.POST.get("line", "")
    if upload is None:
        raise FileMissing(field=f"scan-{code}")
    actions.attach_scan(by=request.officer, case_id=view.id, code=code, upload=Upload.of(upload), now=clock.now())


@officer_page(Duty.ACCEPT)
@require_POST
def receive(request: StaffRequest, case_no: str) -> HttpResponse:
    """Take the paper of a case filed online."""
    return _act(
        request,
        case_no,
        lambda view: actions.receive_case(
            by=request.officer,
            case_id=view.id,
            papers=request.POST.getlist("papers"),
            revision=revision_of(request),
            now=clock.now(),
        ),
    )


@officer_page(Duty.ACCEPT)
@require_POST
def supply(request: StaffRequest, case_no: str) -> HttpResponse:
    """Take in the corrections that somebody brings to the window."""
    return _act(request, case_no, lambda view: _supply(request, view))


def _supply(request: StaffRequest, view: CaseView) -> None:
    flawed = [row.line.code for row in view.materials if row.verdict == Verdict.FLAWED]
    actions.supply_correction(
        by=request.officer,
        case_id=view.id,
        materials={code: on_desk(request, code) for code in flawed},
        revision=revision_of(request),
        now=clock.now(),
    )


@officer_page(Duty.ACCEPT)
@require_POST
def accept(request: StaffRequest, case_no: str) -> HttpResponse:
    """Accept; the limits run."""
    return _act(
        request,
        case_no,
        lambda view: actions.accept_case(
            by=request.officer, case_id=view.id, revision=revision_of(request), now=clock.now()
        ),
    )


@officer_page(Duty.ACCEPT)
@require_POST
def ask_correction(request: StaffRequest, case_no: str) -> HttpResponse:
    """Say once what is missing."""
    return _act(
        request,
        case_no,
        lambda view: actions.ask_correction(
            by=request.officer, case_id=view.id, revision=revision_of(request), now=clock.now()
        ),
    )


@officer_page(Duty.ACCEPT)
@require_http_methods(["GET", "POST"])
def turn_away(request: StaffRequest, case_no: str) -> HttpResponse:
    """Do not accept, with the reason, its basis, and the agency that is responsible."""
    view = queries.desk_case(request.officer, case_no, request.LANGUAGE_CODE)
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            actions.turn_away_case(
                by=request.officer,
                case_id=view.id,
                reason=request.POST.get("reason", ""),
                legal_basis=request.POST.get("legal_basis", ""),
                correct_agency=request.POST.get("correct_agency", ""),
                revision=revision_of(request),
                now=clock.now(),
            )
            return redirect("cases-workbench", case_no=view.case_no)
        except Refusal as found:
            refusal = found
    was_asked = queries.window_desk(request.officer, view).was_asked
    page = {"case": view, "errors": said(refusal) if refusal else [], "given": request.POST, "was_asked": was_asked}
    return render(request, "cases/turn_away.html", page, status=refusal.status if refusal else 200)


@officer_page(Duty.ACCEPT)
@require_POST
def confirm_payment(request: StaffRequest, case_no: str) -> HttpResponse:
    """The fee has been paid; the receipt's number proves it."""
    return _act(
        request,
        case_no,
        lambda view: actions.confirm_payment(
            by=request.officer,
            case_id=view.id,
            receipt_no=request.POST.get("receipt_no", ""),
            revision=revision_of(request),
            now=clock.now(),
        ),
    )


def _file_of(request: StaffRequest, case_no: str, file_id: UUID) -> UUID:
    view = queries.desk_case(request.officer, case_no, request.LANGUAGE_CODE)
    if file_id not in {row.id for line in view.materials for row in line.files}:
        raise NotFound
    return file_id


@officer_page()
def file(request: StaffRequest, case_no: str, file_id: UUID) -> FileResponse:
    """A file of a case, for staff who have a part in it; the person it is about can read who opened it."""
    found = _file_of(request, case_no, file_id)
    _note_look(request, case_no)
    return send_file(found)


def _note_look(request: StaffRequest, case_no: str) -> None:
    view = queries.desk_case(request.officer, case_no, request.LANGUAGE_CODE)
    record_look(
        by=request.officer,
        person_id=view.person_id or view.representative_id,
        organisation_id=view.organisation_id,
        what="materials",
        reason=f"case {view.case_no}",
        subject_kind="case",
        subject_no=view.case_no,
        now=clock.now(),
    )


@officer_page()
def page_image(request: StaffRequest, case_no: str, file_id: UUID, page: int) -> HttpResponse:
    """One page of a file as a picture, for the viewer."""
    image = page_png(_file_of(request, case_no, file_id), page)
    response = HttpResponse(image, content_type="image/png")
    response["Cache-Control"] = "private, max-age=300"
    return response


@officer_page()
def letter(request: StaffRequest, case_no: str, letter_id: UUID) -> FileResponse:
    """A letter of a case as PDF, to print."""
    return send_letter(queries.desk_case(request.officer, case_no, request.LANGUAGE_CODE), letter_id)
