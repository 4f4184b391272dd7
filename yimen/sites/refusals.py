"""Refusals become answers: a page for people, a problem document for programs."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from yimen.kernel.errors import NotValid, Refusal, Refusals
from yimen.sites.errors import bad_request
from yimen.sites.laws import law_in_words
from yimen.sites.problems import is_for_programs, problem, problem_of

logger = logging.getLogger(__name__)


class UnreadableText(NotValid):
    """A text with the character NUL, which PostgreSQL does not keep."""

    code = "sites.unreadable-text"
    message = _("What was sent contains a character that cannot be stored.")
    status = 400


class RefusalMiddleware:
    """Shows a refusal that no page caught, with its status and its sentence."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the page answer; what Django refuses by itself under ``/api/`` becomes a problem document."""
        answer = self.get_response(request)
        if answer.status_code >= 400 and is_for_programs(request) and "json" not in answer.get("Content-Type", ""):
            return _as_problem(answer)
        return answer

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        """Texts that no database keeps are refused at the door, whatever the page."""
        return self.process_exception(request, UnreadableText()) if _has_nul(request) else None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page or document of a refusal; other exceptions are bugs and go on.

        What the database itself cannot hold, a NUL in a text or a number of thirty digits, is the sender's fault:
        its transaction is undone, and the answer is 400.
        """
        if isinstance(error, DataError):
            logger.warning(
                "the database could not hold what was sent to %s",
                request.resolver_match and request.resolver_match.view_name,
            )
            return bad_request(request, error)
        if not isinstance(error, Refusal):
            return None
        if is_for_programs(request):
            return problem_of(error)
        reasons = [str(one) for one in error.refusals] if isinstance(error, Refusals) else []
        words = {"refusal": error, "reasons": reasons, "back": _where_from(request), "law": law_in_words(error.law)}
        return render(request, "ui/refusal.html", words, status=error.status)


def _has_nul(request: HttpRequest) -> bool:
    given = [request.path, *(value for values in dict(request.GET.lists()).values() for value in values)]
    if request.method == "POST" and not is_for_programs(request):
        given += [value for values in dict(request.POST.lists()).values() for value in values]
    return any("\0" in text for text in given)


def _where_from(request: HttpRequest) -> str:
    """The page of ours that the reader came from, if the browser says so."""
    there = request.headers.get("Referer", "")
    return there if url_has_allowed_host_and_scheme(there, {request.get_host()}) else ""


def _as_problem(answer: HttpResponse) -> HttpResponse:
    """What Django itself refuses (a wrong method, a forged form), in the form that programs read."""
    said = problem(answer.status_code)
    if allowed := answer.get("Allow"):
        said["Allow"] = allowed
    return said
