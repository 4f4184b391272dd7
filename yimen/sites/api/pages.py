"""The description of the API for people; the one for programs is ``/api/v1/openapi.json``."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yimen.identity.guards import public_page
from yimen.sites.api.v1 import api


@public_page
@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Every endpoint: what it does, what it takes, who may call it."""
    return render(request, "sites/api_docs.html", {"groups": _groups(), "base": request.build_absolute_uri("/api/v1")})


def _groups() -> list[tuple[str, list[dict[str, Any]]]]:
    """(tag, endpoints) in the order of the addresses."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, operations in api.get_openapi_schema(path_prefix="/api/v1/")["paths"].items():
        for method, operation in operations.items():
            groups.setdefault((operation.get("tags") or ["other"])[0], []).append(_endpoint(method, path, operation))
    return sorted(groups.items())


def _endpoint(method: str, path: str, operation: dict[str, Any]) -> dict[str, Any]:
    return {
        "method": method.upper(),
        "path": path,
        "summary": operation.get("summary", ""),
        "description": operation.get("description", ""),
        "parameters": operation.get("parameters", []),
        "has_body": "requestBody" in operation,
        "needs_token": bool(operation.get("security")),
        "answers": [code for code in map(str, operation["responses"]) if code != "default"],
    }
