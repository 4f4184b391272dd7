"""What somebody sees who has signed in is for them alone: no cache keeps it, nor the browser of a shared machine."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class PrivacyMiddleware:
    """No answer to a session or a token may be kept: after signing out, "back" shows nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the page answer; what it says itself about being kept stays."""
        answer = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES or "Authorization" in request.headers:
            answer.headers.setdefault("Cache-Control", "private, no-store")
        return answer
