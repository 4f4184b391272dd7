"""What may be read: the work list of an officer, and one case."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Query

from yimen.cases import queries
from yimen.cases.api.desk import OFFICERS, case_out, officer_of, router, seen
from yimen.cases.api.shapes import CaseNo, CaseOut, TaskOut
from yimen.cases.rules import task_cursor
from yimen.identity.guards import token_auth


@router.get("", response=list[TaskOut], auth=token_auth("cases:read", kinds=OFFICERS), url_name="cases-tasks")
def tasks(
    request: HttpRequest,
    after: Annotated[str, Query(max_length=40, pattern=r"^(\d{4}-\d{2}-\d{2}_\d{1,18})?$")] = "",
) -> list[dict[str, Any]]:
    """Open steps of the officer's posts, most urgent first, thirty at a time; ``after`` is the last row's cursor."""
    rows = queries.task_list(officer_of(request), request.LANGUAGE_CODE, after=task_cursor(after))
    return [{name: getattr(row, name) for name in TaskOut.model_fields} for row in rows]


@router.get("/{case_no}", response=CaseOut, auth=token_auth("cases:read"), url_name="cases-one")
def one(request: HttpRequest, case_no: Path[CaseNo]) -> dict[str, Any]:
    """One case, for whoever has a part in it."""
    return case_out(seen(request, case_no))
