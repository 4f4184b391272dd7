"""The window: what waits, taking in over the counter, and the workbench with list, viewer and form."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from yimen.cases import actions, queries
from yimen.cases.actions import Filing, GivenMaterial, Upload
from yimen.cases.errors import FileMissing, NotYourCase
from yimen.cases.models import Case
from yimen.cases.pages.filing import given_answers, said, send_file
from yimen.cases.pages.follow import revision_of, send_letter
from yimen.cases.queries import CaseView, MaterialRow
from yimen.cases.rules import list_cursor
from yimen.cases.terms import CollectWay, FilingChannel, Verdict, Way
from yimen.catalogue.queries import VersionRow, search_items, texts, version_for_filing
from yimen.documents.queries import page_png
from yimen.identity.actions import record_look, register_organisation, register_person
from yimen.identity.guards import StaffRequest, officer_page
from yimen.identity.models import Organisation, Person
from yimen.identity.terms import Duty, IdType
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
@require_http_methods(["GET", "POST"])
def take_in(request: StaffRequest, code: str) -> HttpResponse:
    """Take an application in over the counter: who, the form, the papers on the desk."""
    found = version_for_filing(code)
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            case = _take_in(request, found)
            return redirect("cases-workbench", case_no=case.case_no)
        except Refusal as found_wanting:
            refusal = found_wanting
    words = texts(found, request.LANGUAGE_CODE)
    page = {
        "version": found,
        "words": words,
        "errors": said(refusal, words.form) if refusal else [],
        "given": request.POST,
        "answers": given_answers(request, found.content.form.field_list()) if request.method == "POST" else {},
        "key": request.POST.get("key") or str(uuid.uuid4()),
        "id_types": IdType.choices,
        "for_firms": bool(set(found.audience) - {"person"}),
        "for_people": "person" in found.audience,
    }
    return render(request, "cases/take_in.html", page, status=refusal.status if refusal else 200)


@transaction.atomic
def _take_in(request: StaffRequest, found: VersionRow) -> Case:
    """The case and the people in it; what is refused leaves nobody written down."""
    return actions.file_case(by=request.officer, filing=_filing(request, found), now=clock.now())


def _filing(request: StaffRequest, found: VersionRow) -> Filing:
    given, now = request.POST, clock.now()
    if request.officer.centre_id is None:
        raise NotYourCase
    person = register_person(
        by=request.officer,
        name=given.get("name", ""),
        id_type=given.get("id_type", IdType.CITIZEN),
        id_number=given.get("id_number", ""),
        phone=given.get("phone", ""),
        now=now,
    )
    firm = _firm(request, now) if given.get("applicant") == "organisation" else None
    principal = _principal(request, now) if given.get("applicant") == "other" else person
    is_for_others = firm is not None or principal.id != person.id
    return Filing(
        item_code=found.code,
        channel=FilingChannel.WINDOW,
        centre_id=request.officer.centre_id,
        idempotency_key=given.get("key", "")[:80] or str(uuid.uuid4()),
        person_id=None if firm else principal.id,
        organisation_id=firm.id if firm else None,
        representative_id=person.id if is_for_others else None,
        answers=given_answers(request, found.content.form.field_list()),
        materials={line.code: _on_desk(request, line.code) for line in found.content.materials},
        collect=CollectWay.COUNTER,
        contact_name=given.get("name", "")[:100],
        contact_phone=given.get("phone", "")[:30],
        language=_language(given.get("language", "")),
    )


def _firm(request: StaffRequest, now: datetime) -> Organisation:
    given = request.POST
    try:
        return register_organisation(
            by=request.officer,
            name=given.get("firm_name", ""),
            uscc=given.get("uscc", ""),
            legal_representative=given.get("legal_representative", ""),
            now=now,
        )
    except Refusal as refusal:
        refusal.field = "firm_name" if refusal.field == "name" else refusal.field
        raise


def _principal(request: StaffRequest, now: datetime) -> Person:
    """The person for whom somebody else stands at the window, with a mandate on paper."""
    given = request.POST
    try:
        return register_person(
            by=request.officer,
            name=given.get("principal_name", ""),
            id_type=given.get("principal_id_type", IdType.CITIZEN),
            id_number=given.get("principal_id_number", ""),
            phone="",
            now=now,
        )
    except Refusal as refusal:
        refusal.field = f"principal_{refusal.field}"
        raise


def _language(code: str) -> str:
    """The language of letters and messages; Chinese for one that we do not write."""
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _on_desk(request: StaffRequest, code: str) -> GivenMaterial:
    uploads = tuple(Upload.of(one) for one in request.FILES.getlist(f"scan-{code}"))
    copies = request.POST.get(f"copies-{code}", "")
    is_paper = bool(request.POST.get(f"paper-{code}"))
    return GivenMaterial(
        way=Way.PAPER if is_paper else Way.NONE,
        uploads=uploads,
        copies=int(copies) if copies.isdecimal() and len(copies) < 4 else 0,
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
        materials={code: _on_desk(request, code) for code in flawed},
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
