"""The desk of the API: its router, who asks, and a case as it is shown."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from yimen.cases import queries
from yimen.cases.api.shapes import ChangedOut
from yimen.cases.models import Case
from yimen.cases.queries import CaseView
from yimen.identity.terms import Officer
from yimen.kernel.actors import Actor, ActorKind
from yimen.kernel.errors import NotAllowed

router = Router(tags=["cases"])
OFFICERS = frozenset({ActorKind.OFFICER})


def case_out(view: CaseView) -> dict[str, Any]:
    """The view as the API shows it."""
    return {
        **{name: getattr(view, name) for name in ("case_no", "revision", "state", "decision", "item_name")},
        "item_code": view.version.code,
        "item_version": view.version.number,
        "agency": view.agency_name,
        "centre_code": view.centre.code,
        "applicant_name": view.applicant_name,
        "filed_at": view.filed_at,
        "received_at": view.received_at,
        "accepted_at": view.accepted_at,
        "decided_at": view.decided_at,
        "closed_at": view.closed_at,
        "clocks": [
            {
                "kind": row.kind,
                "count": row.count,
                "unit": row.unit,
                "started_on": row.started_on,
                "due_on": row.due_on,
                "earliest_on": row.watch_on,
                "is_running": row.is_running,
                "days_left": row.days_left,
            }
            for row in view.clocks.values()
        ],
        "materials": [
            {
                "code": row.line.code,
                "name": row.name,
                "way": row.way,
                "verdict": row.verdict,
                "flaw": row.flaw,
                "files": len(row.files),
            }
            for row in view.materials
        ],
        "steps": [
            {
                name: getattr(row, name)
                for name in ("code", "name", "kind", "stage", "state", "due_on", "done_at", "opinion")
            }
            for row in view.steps
        ],
        "history": [
            {
                "number": row.number,
                "at": row.at,
                "verb": row.verb,
                "actor_kind": row.actor_kind,
                "actor": row.actor_label,
                "hash": row.hash_hex,
            }
            for row in view.history
        ],
    }


def changed(case: Case) -> dict[str, Any]:
    """What a case is after an act, from the row in hand."""
    return {name: getattr(case, name) for name in ChangedOut.model_fields}


def actor_of(request: HttpRequest) -> Actor:
    """Who came in."""
    actor: Actor = request.auth  # type: ignore[attr-defined]
    return actor


def officer_of(request: HttpRequest) -> Officer:
    """The officer who came in.

    Raises: NotAllowed
    """
    actor = actor_of(request)
    if not isinstance(actor, Officer):
        raise NotAllowed
    return actor


def seen(request: HttpRequest, case_no: str) -> CaseView:
    """The case as whoever asks may see it.

    Raises: NotFound, NotYourCase
    """
    by = actor_of(request)
    if isinstance(by, Officer):
        return queries.desk_case(by, case_no, request.LANGUAGE_CODE)
    return queries.case_for_system(by, case_no, request.LANGUAGE_CODE)
