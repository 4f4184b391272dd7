"""Refusals become answers: a page for people."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yimen.kernel.errors import Refusal


class RefusalMiddleware:
    """Shows a refusal that no page caught, with its status and its sentence."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page of a refusal; other exceptions are bugs and go on."""
        if not isinstance(error, Refusal):
            return None
        return render(request, "ui/refusal.html", {"refusal": error}, status=error.status)
