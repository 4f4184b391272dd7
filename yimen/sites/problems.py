"""Answers to programs that were refused: problem documents (RFC 9457)."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse

from yimen.kernel.errors import Refusal, Refusals


def is_for_programs(request: HttpRequest) -> bool:
    """Whether a program asked, not a person."""
    return request.path.startswith("/api/")


def problem(status: int, *, title: str = "", detail: str = "", code: str = "", **members: Any) -> HttpResponse:
    """The document; ``type`` is ours for what the platform itself refuses, ``about:blank`` for the rest."""
    name = HTTPStatus(status).phrase
    words = {
        "type": f"urn:yimen:problem:{code}" if code else "about:blank",
        "title": title or name,
        "status": status,
        "detail": detail or title or name,
        "code": code or f"http.{status}",
        **members,
    }
    text = json.dumps(words, ensure_ascii=False)
    return HttpResponse(text, status=status, content_type="application/problem+json")


def problem_of(refusal: Refusal) -> HttpResponse:
    """A refusal as a problem: its sentence in the caller's language, its code, the law, and each fault by field."""
    faults = refusal.refusals if isinstance(refusal, Refusals) else []
    members: dict[str, Any] = {"field": refusal.field} if refusal.field else {}
    if refusal.law:
        members["law"] = refusal.law
    if faults:
        members["errors"] = [{"field": one.field, "code": one.code, "detail": str(one)} for one in faults]
    return problem(refusal.status, detail=str(refusal), code=refusal.code, **members)
