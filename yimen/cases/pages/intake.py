"""Taking in over the counter: who stands there and for whom, the form, the papers on the desk."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from yimen.cases import actions
from yimen.cases.actions import Filing, GivenMaterial, Upload
from yimen.cases.errors import NotYourCase
from yimen.cases.models import Case
from yimen.cases.pages.filing import given_answers, said
from yimen.cases.terms import CollectWay, FilingChannel, Way
from yimen.catalogue.queries import VersionRow, texts, version_for_filing
from yimen.identity.actions import register_organisation, register_person
from yimen.identity.guards import StaffRequest, officer_page
from yimen.identity.models import Organisation, Person
from yimen.identity.terms import Duty, IdType
from yimen.kernel import clock
from yimen.kernel.errors import Refusal


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
        materials={line.code: on_desk(request, line.code) for line in found.content.materials},
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


def on_desk(request: StaffRequest, code: str) -> GivenMaterial:
    """What lies on the desk for one line: paper, scans, how many copies."""
    uploads = tuple(Upload.of(one) for one in request.FILES.getlist(f"scan-{code}"))
    copies = request.POST.get(f"copies-{code}", "")
    is_paper = bool(request.POST.get(f"paper-{code}"))
    return GivenMaterial(
        way=Way.PAPER if is_paper else Way.NONE,
        uploads=uploads,
        copies=int(copies) if copies.isdecimal() and len(copies) < 4 else 0,
    )
