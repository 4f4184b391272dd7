"""Filing on the portal: for whom, the form page by page, the checklist line by line, where to collect, check, send."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from yimen.cases import actions, queries
from yimen.cases.actions import Upload
from yimen.cases.errors import FileMissing, NotDeclared
from yimen.cases.queries import DraftView
from yimen.cases.terms import CollectWay, FilingChannel
from yimen.catalogue.queries import points, texts, version_for_filing
from yimen.documents.queries import open_file
from yimen.identity.guards import ResidentRequest, resident_page
from yimen.identity.queries import PrincipalRow, principals_of
from yimen.kernel import clock
from yimen.kernel.errors import NotFound, Refusal, Refusals
from yimen.kernel.forms import Answers, FieldType, FormField, prefilled
from yimen.places.queries import centres_by_id


def _draft(request: ResidentRequest, draft_id: UUID) -> DraftView:
    return queries.draft_view(request.resident, draft_id, request.LANGUAGE_CODE)


def said(refusal: Refusal, words: Mapping[str, str] | None = None) -> list[tuple[str, str]]:
    """The refusal, or each of several, as (field, sentence) for the page's error summary.

    ``words`` are the labels of the form in the reader's language.
    """
    all_of = refusal.refusals if isinstance(refusal, Refusals) else [refusal]
    for one in all_of:
        if "label" in one.params:
            one.params["label"] = (words or {}).get(one.field) or one.params["label"]
    return [(one.field, str(one)) for one in all_of]


@resident_page
@require_http_methods(["GET", "POST"])
def start(request: ResidentRequest, code: str) -> HttpResponse:
    """Before you begin: what it takes, and for whom it is."""
    found = version_for_filing(code)
    if request.method == "POST":
        draft = actions.start_draft(by=request.resident, item_code=code, now=clock.now())
        actions.choose_applicant(
            by=request.resident, draft_id=draft.id, mandate_id=_uuid(request.POST.get("mandate")), now=clock.now()
        )
        return redirect("cases-draft", draft_id=draft.id)
    words = texts(found, request.LANGUAGE_CODE)
    for_people, for_firms = "person" in found.audience, bool(set(found.audience) - {"person"})
    fitting = [row for row in _principals(request) if (for_people if row.kind == "person" else for_firms)]
    page = {"version": found, "words": words, "principals": fitting, "for_myself": for_people or not fitting}
    return render(request, "cases/start.html", page)


def _principals(request: ResidentRequest) -> list[PrincipalRow]:
    assert request.resident.person_id is not None
    return principals_of(request.resident.person_id, clock.today())


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise NotFound from None


@resident_page
def draft(request: ResidentRequest, draft_id: UUID) -> HttpResponse:
    """The task list of a filing."""
    return render(request, "cases/draft.html", {"draft": _draft(request, draft_id)})


@resident_page
@require_http_methods(["GET", "POST"])
def form_step(request: ResidentRequest, draft_id: UUID, step: str) -> HttpResponse:
    """One page of the form. Wrong answers stay on the page, with what is wrong above and at the field."""
    view = _draft(request, draft_id)
    spec = next((one for one in view.steps if one.code == step), None)
    if spec is None:
        raise NotFound
    errors: list[tuple[str, str]] = []
    answers: Answers = view.answers
    if request.method == "POST":
        given = given_answers(request, spec.fields)
        answers = {**view.answers, **given}
        try:
            actions.answer_step(by=request.resident, draft_id=draft_id, step_code=step, answers=given, now=clock.now())
            return _onward(request, draft_id)
        except Refusal as refusal:
            errors = said(refusal, view.form_words)
    known = prefilled(spec, answers, queries.what_we_know(request.resident, view.mandate_id))
    page = {"draft": view, "step": spec, "answers": {**known, **answers}, "known": set(known) - set(answers)}
    return render(request, "cases/form_step.html", {**page, "errors": errors}, status=422 if errors else 200)


def given_answers(request: HttpRequest, fields: Iterable[FormField]) -> Answers:
    """What was sent for these questions; a day comes in three boxes."""
    given: Answers = {}
    for field in fields:
        if field.type == FieldType.CHOICES:
            given[field.code] = request.POST.getlist(field.code)
        elif field.type == FieldType.DATE and f"{field.code}-year" in request.POST:
            parts = [request.POST.get(f"{field.code}-{part}", "").strip() for part in ("year", "month", "day")]
            given[field.code] = "-".join(part.zfill(2) for part in parts) if any(parts) else ""
        else:
            given[field.code] = request.POST.get(field.code, "")
    return given


def _onward(request: ResidentRequest, draft_id: UUID) -> HttpResponse:
    """After a page is done: the next open one, or the task list."""
    view = _draft(request, draft_id)
    for code in view.open_parts:
        if any(step.code == code for step in view.steps):
            return redirect("cases-form", draft_id=draft_id, step=code)
        break
    return redirect("cases-draft", draft_id=draft_id)


@resident_page
@require_http_methods(["GET", "POST"])
def material(request: ResidentRequest, draft_id: UUID, code: str) -> HttpResponse:
    """One line of the checklist: upload, or say that the paper comes to the window."""
    view = _draft(request, draft_id)
    line = next((one for one in view.lines if one.line.code == code), None)
    if line is None:
        raise NotFound
    errors: list[tuple[str, str]] = []
    if request.method == "POST":
        try:
            _give(request, draft_id, code)
            done = "paper" in request.POST or "done" in request.POST
            return redirect("cases-draft", draft_id=draft_id) if done else redirect(request.path)
        except Refusal as refusal:
            if isinstance(refusal, NotFound):
                raise
            errors = [("files", str(refusal))]
            view = _draft(request, draft_id)  # what was good before the file that was not is kept, and shown
            line = next(one for one in view.lines if one.line.code == code)
    return render(
        request,
        "cases/material.html",
        {"draft": view, "line": line, "errors": errors},
        status=422 if errors else 200,
    )


def _give(request: ResidentRequest, draft_id: UUID, code: str) -> None:
    uploads = request.FILES.getlist("files")
    if not uploads and not {"paper", "no_paper", "drop", "done"} & set(request.POST):
        raise FileMissing
    for upload in uploads:
        actions.give_file(
            by=request.resident,
            draft_id=draft_id,
            material_code=code,
            upload=Upload.of(upload),
            now=clock.now(),
        )
    if "paper" in request.POST or "no_paper" in request.POST:
        actions.bring_paper(
            by=request.resident,
            draft_id=draft_id,
            material_code=code,
            is_paper="paper" in request.POST,
            now=clock.now(),
        )
    if "drop" in request.POST:
        file_id = _uuid(request.POST["drop"])
        if file_id:
            actions.drop_file(by=request.resident, draft_id=draft_id, file_id=file_id, now=clock.now())


@resident_page
def draft_file(request: ResidentRequest, draft_id: UUID, file_id: UUID) -> FileResponse:
    """A file of one's own draft."""
    return send_file(queries.draft_file(request.resident, draft_id, file_id))


def send_file(file_id: UUID, *, as_attachment: bool = False) -> FileResponse:
    """A stored file as an answer that no browser runs. The caller has checked the right."""
    found = open_file(file_id)
    response = FileResponse(
        found.path.open("rb"), as_attachment=as_attachment, filename=found.name, content_type=found.media_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


@resident_page
@require_http_methods(["GET", "POST"])
def collection(request: ResidentRequest, draft_id: UUID) -> HttpResponse:
    """Which centre has the case, and how the result comes."""
    view = _draft(request, draft_id)
    errors: list[tuple[str, str]] = []
    if request.method == "POST":
        try:
            actions.choose_collection(
                by=request.resident,
                draft_id=draft_id,
                centre_id=int(request.POST.get("centre") or 0),
                collect=CollectWay(request.POST.get("collect", CollectWay.COUNTER)),
                now=clock.now(),
            )
            return redirect("cases-draft", draft_id=draft_id)
        except ValueError:
            raise NotFound from None
        except Refusal as refusal:
            errors = said(refusal)
    centres = centres_by_id(points(view.version.item_id))
    return render(
        request,
        "cases/collection.html",
        {"draft": view, "centres": centres, "errors": errors},
        status=422 if errors else 200,
    )


@resident_page
@require_http_methods(["GET", "POST"])
def check(request: ResidentRequest, draft_id: UUID) -> HttpResponse:
    """Check your answers, declare, send. Two tabs and two clicks file one case."""
    if request.method == "POST":
        return _send(request, draft_id)
    view = _draft(request, draft_id)
    return render(request, "cases/check.html", {"draft": view, "errors": [], **_who_and_where(request, view)})


def _who_and_where(request: ResidentRequest, view: DraftView) -> dict[str, Any]:
    principals = _principals(request)
    centres = centres_by_id([view.centre_id] if view.centre_id else [])
    return {
        "principal": next((row for row in principals if row.mandate_id == view.mandate_id), None),
        "centre": centres[0] if centres else None,
    }


def _send(request: ResidentRequest, draft_id: UUID) -> HttpResponse:
    wrong: Refusal = NotDeclared(field="declare")
    if "declare" in request.POST:
        channel = FilingChannel.PHONE if "Mobile" in request.headers.get("User-Agent", "") else FilingChannel.WEB
        try:
            case = actions.file_draft(
                by=request.resident,
                draft_id=draft_id,
                channel=channel,
                language=request.LANGUAGE_CODE,
                now=clock.now(),
            )
            return redirect("cases-filed", case_no=case.case_no)
        except Refusal as refusal:
            if isinstance(refusal, NotFound):
                raise
            wrong = refusal
    view = _draft(request, draft_id)
    page = {"draft": view, "errors": said(wrong, view.form_words), **_who_and_where(request, view)}
    return render(request, "cases/check.html", page, status=wrong.status)


@resident_page
@require_http_methods(["GET", "POST"])
def drop(request: ResidentRequest, draft_id: UUID) -> HttpResponse:
    """Throw a draft away, after asking once."""
    if request.method == "POST":
        actions.drop_draft(by=request.resident, draft_id=draft_id)
        return redirect("cases-mine")
    return render(request, "cases/drop.html", {"draft": _draft(request, draft_id)})
