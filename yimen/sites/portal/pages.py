"""The first page, and the two choices that every page offers: language and size of type."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from yimen.sites.frame import ELDER_COOKIE
from yimen.sites.portal.home import home_page


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """One search box, my case, life events, what is done most, the halls near me."""
    is_elder = request.COOKIES.get(ELDER_COOKIE) == "1"
    return render(request, "sites/home_elder.html" if is_elder else "sites/home.html", home_page())


@require_safe
def choose_language(request: HttpRequest) -> HttpResponse:
    """Remember the language and go back to the same page."""
    answer = _back(request)
    if request.GET.get("to") in dict(settings.LANGUAGES):
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            request.GET["to"],
            max_age=settings.LANGUAGE_COOKIE_AGE,
            samesite="Lax",
            secure=request.is_secure(),
        )
    return answer


@require_safe
def choose_size(request: HttpRequest) -> HttpResponse:
    """Large type and few choices, or back to normal; and back to the same page."""
    answer = _back(request)
    if request.GET.get("on") == "1":
        answer.set_cookie(
            ELDER_COOKIE, "1", max_age=settings.LANGUAGE_COOKIE_AGE, samesite="Lax", secure=request.is_secure()
        )
    else:
        answer.delete_cookie(ELDER_COOKIE, samesite="Lax")
    return answer


def _back(request: HttpRequest) -> HttpResponseRedirect:
    """To the page that was asked for, if it is one of ours."""
    there = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(there, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(there if is_ours and there.isprintable() else "/")
