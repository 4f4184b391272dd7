"""Version 1 of the API: the routers of the domains, JSON as it is read, every refusal a problem document."""

from __future__ import annotations

from typing import Any

import orjson
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.renderers import BaseRenderer

from yimen.calendar import api as calendar
from yimen.cases import api as cases
from yimen.catalogue import api as catalogue
from yimen.kernel.errors import Refusal
from yimen.places import api as places
from yimen.sites.problems import problem, problem_of


class Renderer(BaseRenderer):
    """JSON with Chinese as Chinese."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:  # noqa: ARG002
        """The bytes."""
        return orjson.dumps(data, default=str)


class Yimen(NinjaAPI):
    """The API, whose description says of every endpoint that it may refuse."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """The OpenAPI document; the answer ``default`` is the problem document."""
        schema = super().get_openapi_schema(**options)
        schema["components"].setdefault("schemas", {})["ProblemDocument"] = _PROBLEM
        refused = {"$ref": "#/components/schemas/ProblemDocument"}
        for operations in schema["paths"].values():
            for operation in operations.values():
                answers = operation["responses"]
                answers["default"] = {
                    "description": "Refused: what, why, and at which field (RFC 9457)",
                    "content": {"application/problem+json": {"schema": refused}},
                }
        return schema


_PROBLEM = {
    "title": "ProblemDocument",
    "type": "object",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "The sentence, in the language of Accept-Language."},
        "code": {"type": "string", "description": "Stable, for programs."},
        "field": {"type": "string"},
        "law": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "code", "detail"],
                "properties": {name: {"type": "string"} for name in ("field", "code", "detail")},
            },
        },
    },
}

api = Yimen(
    title="Yimen",
    version="1",
    description="Government services of one hall: items, cases, the working calendar. Refusals are problem documents.",
    renderer=Renderer(),
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api-1",
)
api.add_router("/calendar", calendar.router)
api.add_router("/calendar", places.due_router)
api.add_router("/centres", places.router)
api.add_router("/items", catalogue.router)
api.add_router("/cases", cases.router)


@api.exception_handler(Refusal)
def refused(request: HttpRequest, error: Refusal) -> HttpResponse:  # noqa: ARG001
    """What the house refuses."""
    return problem_of(error)


@api.exception_handler(ValidationError)
def not_valid(request: HttpRequest, error: ValidationError) -> HttpResponse:  # noqa: ARG001
    """What does not fit the description of the endpoint: every fault with its place."""
    faults = [
        {
            "field": ".".join(str(part) for part in fault["loc"][1:]) or str(fault["loc"][0]),
            "code": f"http.{fault['type']}",
            "detail": fault["msg"],
        }
        for fault in error.errors
    ]
    sentence = _("What was sent does not fit: %(fields)s.") % {"fields": ", ".join(one["field"] for one in faults)}
    return problem(422, detail=sentence, code="http.not-valid", errors=faults)


@api.exception_handler(AuthenticationError)
def not_signed_in(request: HttpRequest, error: AuthenticationError) -> HttpResponse:  # noqa: ARG001
    """No token, no session."""
    answer = problem(401, detail=_("Send a token, or sign in."), code="http.not-signed-in")
    answer["WWW-Authenticate"] = "Bearer"
    return answer


@api.exception_handler(HttpError)
def stopped(request: HttpRequest, error: HttpError) -> HttpResponse:  # noqa: ARG001
    """What the framework stops: a body that is not JSON, a wrong media type."""
    return problem(error.status_code, detail=str(error))


@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Http404) -> HttpResponse:  # noqa: ARG001
    """Nothing under this address."""
    return problem(404, detail=_("There is nothing here under this address or number."))
