"""The pages shown instead of an answer: not found, not allowed, a form that came too late, a fault of ours."""

from __future__ import annotations

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from yimen.sites.problems import is_for_programs, problem
from yimen.ui.formats import reader


def _stopped(request: HttpRequest, status: int, heading: str, sentence: str) -> HttpResponse:
    if is_for_programs(request):
        return problem(status, title=heading, detail=sentence)
    return render(request, "ui/stopped.html", {"heading": heading, "sentence": sentence}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """400: what came could not be read."""
    sentence = _("The browser sent something that we cannot read. Please go back and try again.")
    return _stopped(request, 400, _("This could not be read"), sentence)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """403: signed in, but not for this."""
    sentence = _("This page is not open to you. If you think it should be, ask whoever manages your account.")
    return _stopped(request, 403, _("Not open to you"), sentence)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """404: nothing here, or nothing this reader may know of."""
    sentence = _("There is no page at this address. Check the address, or look for what you need.")
    return _stopped(request, 404, _("There is nothing here"), sentence)


def form_came_late(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """403 of the forgery check: mostly a form that lay open over night."""
    sentence = _("This page lay open too long, so nothing was sent. Please load it again and send it once more.")
    return _stopped(request, 403, _("Please load the page again"), sentence)


def our_fault(request: HttpRequest) -> HttpResponse:
    """500, or 503 while the database is away: asks nothing of the database, which may be what broke."""
    is_away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    status, title = (503, "Not available at the moment") if is_away else (500, "Internal error")
    if is_for_programs(request):
        answer = problem(status, title=title, detail="The request failed on our side; it was not half-done.")
    else:
        words = {"frame_language": "zh-Hans" if reader() == "zh-hans" else reader()}
        answer = HttpResponse(render_to_string("ui/500.html", words, using="jinja2"), status=status)
    if is_away:
        answer["Retry-After"] = "5"
    return answer
