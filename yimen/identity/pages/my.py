"""My space: home, who I am, profile, mandates, organisations."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yimen.identity.actions import (
    choose_language,
    claim_person,
    give_mandate,
    lead_organisation,
    register_person,
    withdraw_mandate,
)
from yimen.identity.errors import ResidentsOnly
from yimen.identity.forms import LanguageForm, MandateForm, OrganisationForm, WhoForm, refusals_shown
from yimen.identity.guards import ResidentRequest, account_page, resident_page
from yimen.identity.queries import (
    PersonRow,
    is_staff_account,
    looks_at,
    mandates_given,
    organisations_led_by,
    person_row,
    principals_of,
    resident_of,
)
from yimen.identity.terms import MandateScope
from yimen.kernel import clock
from yimen.kernel.throttle import count_try

_SELF = "self"


def _me(request: ResidentRequest) -> PersonRow:
    assert request.resident.person_id is not None
    return person_row(request.resident.person_id)


@require_GET
@resident_page
def home(request: ResidentRequest) -> HttpResponse:
    """What a person has here, by counts."""
    me, today = _me(request), clock.today()
    counts = {
        "principals": len(principals_of(me.id, today)),
        "mandates": sum(row.is_valid for row in mandates_given(me.id, today)),
        "organisations": len(organisations_led_by(me.id, today)),
    }
    return render(request, "identity/my.html", {"me": me, "counts": counts})


@require_http_methods(["GET", "POST"])
@account_page
def who(request: HttpRequest) -> HttpResponseBase:
    """The second step of sign-up: name and document."""
    assert request.user.pk is not None
    if is_staff_account(request.user.pk):
        raise ResidentsOnly
    if resident_of(request.user.pk) is not None:
        return redirect("identity-my")
    form = WhoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        count_try(f"claim:{request.user.pk}", limit=10, minutes=60)
        with refusals_shown(form):
            claim_person(
                user_id=request.user.pk, language=get_language() or "zh-hans", now=clock.now(), **form.cleaned_data
            )
            return redirect("identity-my")
    return _page(request, "identity/who.html", form)


@require_http_methods(["GET", "POST"])
@resident_page
def profile(request: ResidentRequest) -> HttpResponse:
    """Who I am here, the language I am written to in, and who looked at my data."""
    me = _me(request)
    form = LanguageForm(request.POST or None, initial={"language": me.language})
    if request.method == "POST" and form.is_valid():
        choose_language(by=request.resident, language=form.cleaned_data["language"])
        messages.success(request, _("From now on we write to you in this language."))
        return HttpResponseRedirect(reverse("identity-profile"))
    return _page(request, "identity/profile.html", form, me=me, looks=looks_at(me.id))


@require_http_methods(["GET", "POST"])
@resident_page
def mandates(request: ResidentRequest) -> HttpResponse:
    """Those I gave, those I hold, and a new one."""
    me, today = _me(request), clock.today()
    firms = [(str(row.id), row.name) for row in organisations_led_by(me.id, today)]
    form = MandateForm(request.POST or None, principals=[(_SELF, me.name), *firms])
    if request.method == "POST" and form.is_valid():
        count_try(f"mandate:{request.resident.user_id}", limit=20, minutes=60)
        with refusals_shown(form):
            _give(request, me, form)
            messages.success(request, _("The mandate is given. You can withdraw it at any time."))
            return HttpResponseRedirect(reverse("identity-mandates"))
    given, held = mandates_given(me.id, today), principals_of(me.id, today)
    return _page(request, "identity/mandates.html", form, me=me, given=given, held=held, today=today)


def _give(request: ResidentRequest, me: PersonRow, form: MandateForm) -> None:
    data, now = form.cleaned_data, clock.now()
    is_own = data["principal"] == _SELF
    somebody = register_person(
        by=request.resident, name=data["name"], id_type=data["id_type"], id_number=data["id_number"], now=now
    )
    give_mandate(
        by=request.resident,
        representative_id=somebody.pk,
        person_id=me.id if is_own else None,
        organisation_id=None if is_own else UUID(data["principal"]),
        scope=MandateScope(data["scope"]),
        valid_until=data["valid_until"],
        now=now,
    )


@require_POST
@resident_page
def withdraw(request: ResidentRequest, mandate_id: UUID) -> HttpResponse:
    """Take a mandate back, or lay one down."""
    withdraw_mandate(by=request.resident, mandate_id=mandate_id, now=clock.now())
    messages.success(request, _("The mandate has ended."))
    return HttpResponseRedirect(reverse("identity-mandates"))


@require_http_methods(["GET", "POST"])
@resident_page
def organisations(request: ResidentRequest) -> HttpResponse:
    """The firms I lead, and a further one."""
    me = _me(request)
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        count_try(f"organisation:{request.resident.user_id}", limit=20, minutes=60)
        with refusals_shown(form):
            lead_organisation(by=request.resident, now=clock.now(), **form.cleaned_data)
            messages.success(request, _("You can now act for this organisation."))
            return HttpResponseRedirect(reverse("identity-organisations"))
    led = organisations_led_by(me.id, clock.today())
    return _page(request, "identity/organisations.html", form, me=me, led=led)


def _page(request: HttpRequest, template: str, form: object, **values: object) -> HttpResponse:
    status = 422 if getattr(form, "errors", None) else 200
    return render(request, template, {"form": form, **values}, status=status)
