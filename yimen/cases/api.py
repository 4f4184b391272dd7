"""The acts of a case for other systems: the same doors as the pages, JSON in and out, refusals as problem documents."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Path, Query, Router, Schema
from pydantic import Field, StringConstraints

from yimen.cases import actions, queries
from yimen.cases.actions import Filing, GivenMaterial
from yimen.cases.models import Case
from yimen.cases.queries import CaseView
from yimen.cases.rules import task_cursor
from yimen.cases.terms import CollectWay, FilingChannel, Opinion, Verdict, Way
from yimen.identity.actions import register_organisation, register_person
from yimen.identity.guards import token_auth
from yimen.identity.terms import IdType, Officer
from yimen.kernel import clock
from yimen.kernel.actors import Actor, ActorKind
from yimen.kernel.errors import NotAllowed
from yimen.places.queries import centre

router = Router(tags=["cases"])

#: Any text without NUL, which no database stores.
_TEXT = r"^[^\x00]*$"
Text = Annotated[str, StringConstraints(max_length=4000, pattern=_TEXT)]
Short = Annotated[str, StringConstraints(max_length=200, pattern=_TEXT)]
CaseNo = Annotated[str, StringConstraints(min_length=8, max_length=30, pattern=_TEXT)]
Key = Annotated[str, StringConstraints(min_length=8, max_length=80, pattern=r"^[A-Za-z0-9_.:-]+$")]
OFFICERS = frozenset({ActorKind.OFFICER})


class ApplicantIn(Schema):
    """Who applies: a person, and the organisation for which they do, if any."""

    name: Short
    id_type: IdType = IdType.CITIZEN
    id_number: Short
    phone: Short = ""
    organisation_name: Short = ""
    uscc: Short = ""


class MaterialIn(Schema):
    """How a line of the checklist is given: on paper, or not at all. What else counts, the house decides itself."""

    way: Literal[Way.PAPER, Way.NONE] = Way.PAPER
    copies: Annotated[int, Field(ge=0, le=99)] = 0


class CaseIn(Schema):
    """An application. ``key`` makes repeating harmless: the same caller with the same key gets the same case."""

    item_code: Short
    centre_code: Short
    key: Key
    applicant: ApplicantIn
    answers: Annotated[dict[str, Text | list[Short]], Field(max_length=200)] = {}
    materials: Annotated[dict[str, MaterialIn], Field(max_length=100)] = {}
    collect: CollectWay = CollectWay.COUNTER
    language: Annotated[str, StringConstraints(pattern=r"^(zh-hans|en|ja|ko)$")] = "zh-hans"


class ClockOut(Schema):
    """A limit: ``due_on`` is null while the calendar of its year is not published."""

    kind: str
    count: int
    unit: str
    started_on: date
    due_on: date | None
    earliest_on: date
    is_running: bool
    days_left: int | None


class StepOut(Schema):
    """A step of the route."""

    code: str
    name: str
    kind: str
    stage: int
    state: str
    due_on: date | None
    done_at: datetime | None
    opinion: str


class MaterialOut(Schema):
    """A line of the frozen checklist."""

    code: str
    name: str
    way: str
    verdict: str
    flaw: str
    files: int


class LineOut(Schema):
    """A line of the ledger."""

    number: int
    at: datetime
    verb: str
    actor_kind: str
    actor: str
    hash: str


class CaseOut(Schema):
    """One case."""

    case_no: str
    revision: int
    state: str
    decision: str
    item_code: str
    item_version: int
    item_name: str
    agency: str
    centre_code: str
    applicant_name: str
    filed_at: datetime
    received_at: datetime | None
    accepted_at: datetime | None
    decided_at: datetime | None
    closed_at: datetime | None
    clocks: list[ClockOut]
    materials: list[MaterialOut]
    steps: list[StepOut]
    history: list[LineOut]


class FiledOut(CaseOut):
    """A case that was just filed, with its query PIN."""

    pin: str


class TaskOut(Schema):
    """An open step with its case."""

    case_no: str
    item_name: str
    applicant_name: str
    state: str
    step_code: str
    step_name: str
    due_on: date | None
    days_left: int | None
    cursor: str


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


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.auth  # type: ignore[attr-defined]
    return actor


def _officer(request: HttpRequest) -> Officer:
    actor = _actor(request)
    if not isinstance(actor, Officer):
        raise NotAllowed
    return actor


def _view(request: HttpRequest, case_no: str) -> CaseView:
    by = _actor(request)
    if isinstance(by, Officer):
        return queries.desk_case(by, case_no, request.LANGUAGE_CODE)
    return queries.case_for_system(by, case_no, request.LANGUAGE_CODE)


@router.post("", response={201: FiledOut}, auth=token_auth("cases:file"), url_name="cases-file")
def file_case(request: HttpRequest, given: CaseIn) -> tuple[int, dict[str, Any]]:
    """File an application. An officer's token files it over the counter, any other system for its applicant."""
    by = _actor(request)
    now = clock.now()
    person = register_person(
        by=by,
        name=given.applicant.name,
        id_type=given.applicant.id_type,
        id_number=given.applicant.id_number,
        phone=given.applicant.phone,
        now=now,
    )
    firm = None
    if given.applicant.uscc:
        firm = register_organisation(
            by=by, name=given.applicant.organisation_name, uscc=given.applicant.uscc, legal_representative="", now=now
        )
    case = actions.file_case(
        by=by,
        filing=Filing(
            item_code=given.item_code,
            channel=FilingChannel.WINDOW if isinstance(by, Officer) else FilingChannel.API,
            centre_id=centre(given.centre_code).id,
            idempotency_key=given.key,
            person_id=None if firm else person.id,
            organisation_id=firm.id if firm else None,
            representative_id=person.id if firm else None,
            answers=dict(given.answers),
            materials={code: GivenMaterial(way=row.way, copies=row.copies) for code, row in given.materials.items()},
            collect=given.collect,
            contact_name=given.applicant.name,
            contact_phone=given.applicant.phone,
            language=given.language,
        ),
        now=now,
    )
    return 201, {**case_out(queries.view_of(case, request.LANGUAGE_CODE)), "pin": queries.pin_of(case.id)}


@router.get("", response=list[TaskOut], auth=token_auth("cases:read", kinds=OFFICERS), url_name="cases-tasks")
def tasks(
    request: HttpRequest,
    after: Annotated[str, Query(max_length=40, pattern=r"^(\d{4}-\d{2}-\d{2}_\d{1,18})?$")] = "",
) -> list[dict[str, Any]]:
    """Open steps of the officer's posts, most urgent first, thirty at a time; ``after`` is the last row's cursor."""
    rows = queries.task_list(_officer(request), request.LANGUAGE_CODE, after=task_cursor(after))
    return [{name: getattr(row, name) for name in TaskOut.model_fields} for row in rows]


@router.get("/{case_no}", response=CaseOut, auth=token_auth("cases:read"), url_name="cases-one")
def one(request: HttpRequest, case_no: Path[CaseNo]) -> dict[str, Any]:
    """One case, for whoever has a part in it."""
    return case_out(_view(request, case_no))


class ActIn(Schema):
    """``revision`` is the picture of the case that the caller acted on; somebody faster makes the act a 409."""

    revision: Annotated[int, Field(ge=1, le=1_000_000)] | None = None


class VerdictIn(Schema):
    """What was found for a line."""

    verdict: Verdict
    flaw: Short = ""


class ReasonIn(ActIn):
    """Why, and on which law."""

    reason: Text
    legal_basis: Short
    correct_agency: Short = ""


class OpinionIn(ActIn):
    """What a review found."""

    opinion: Opinion
    text: Text


class SurveyIn(OpinionIn):
    """What was found on site, and by whom: ids of staff records."""

    people: Annotated[list[Annotated[int, Field(ge=1, le=2**62)]], Field(max_length=20)]


class GrantIn(ActIn):
    """The words of the decision."""

    text: Text = ""


class ReceiptIn(ActIn):
    """Number of the official receipt."""

    receipt_no: Short


class HandOverIn(ActIn):
    """The document that the collector showed."""

    id_type: IdType = IdType.CITIZEN
    id_number: Short


def _done(request: HttpRequest, case: Case) -> dict[str, Any]:
    return case_out(queries.view_of(case, request.LANGUAGE_CODE))


def _id(case_no: str) -> UUID:
    """The key; whether the caller may act is for the action to say."""
    return queries.case_id(case_no)


ACT: dict[str, Any] = {"response": CaseOut, "auth": token_auth("cases:act", kinds=OFFICERS)}


@router.put("/{case_no}/materials/{code}", url_name="cases-material-verdict", **ACT)
def judge(request: HttpRequest, case_no: Path[CaseNo], code: Path[Short], given: VerdictIn) -> dict[str, Any]:
    """Good or flawed: one line of the frozen checklist."""
    actions.judge_material(
        by=_officer(request), case_id=_id(case_no), code=code, verdict=given.verdict, flaw=given.flaw, now=clock.now()
    )
    return case_out(_view(request, case_no))


@router.post("/{case_no}/acceptance", url_name="cases-acceptance", **ACT)
def accept(request: HttpRequest, case_no: Path[CaseNo], given: ActIn) -> dict[str, Any]:
    """Accept; the limits run."""
    return _done(
        request,
        actions.accept_case(by=_officer(request), case_id=_id(case_no), revision=given.revision, now=clock.now()),
    )


@router.post("/{case_no}/correction-notice", url_name="cases-correction-notice", **ACT)
def ask_correction(request: HttpRequest, case_no: Path[CaseNo], given: ActIn) -> dict[str, Any]:
    """Say once what is missing."""
    return _done(
        request,
        actions.ask_correction(by=_officer(request), case_id=_id(case_no), revision=given.revision, now=clock.now()),
    )


@router.post("/{case_no}/non-acceptance", url_name="cases-non-acceptance", **ACT)
def turn_away(request: HttpRequest, case_no: Path[CaseNo], given: ReasonIn) -> dict[str, Any]:
    """Do not accept, with the reason, its basis and the agency that is responsible."""
    return _done(
        request,
        actions.turn_away_case(by=_officer(request), case_id=_id(case_no), now=clock.now(), **given.dict()),
    )


@router.post("/{case_no}/opinion", url_name="cases-opinion", **ACT)
def opinion(request: HttpRequest, case_no: Path[CaseNo], given: OpinionIn) -> dict[str, Any]:
    """The opinion of one's own open step."""
    return _done(
        request,
        actions.give_opinion(by=_officer(request), case_id=_id(case_no), now=clock.now(), **given.dict()),
    )


@router.post("/{case_no}/survey", url_name="cases-survey", **ACT)
def survey(request: HttpRequest, case_no: Path[CaseNo], given: SurveyIn) -> dict[str, Any]:
    """What two people or more found on site."""
    return _done(
        request,
        actions.record_survey(by=_officer(request), case_id=_id(case_no), now=clock.now(), **given.dict()),
    )


@router.post("/{case_no}/payment-request", url_name="cases-payment-request", **ACT)
def ask_payment(request: HttpRequest, case_no: Path[CaseNo], given: ActIn) -> dict[str, Any]:
    """Ask for the fees of the frozen version."""
    return _done(
        request,
        actions.ask_payment(by=_officer(request), case_id=_id(case_no), revision=given.revision, now=clock.now()),
    )


@router.post("/{case_no}/payment", url_name="cases-payment", **ACT)
def confirm_payment(request: HttpRequest, case_no: Path[CaseNo], given: ReceiptIn) -> dict[str, Any]:
    """The fee has been paid."""
    return _done(
        request,
        actions.confirm_payment(by=_officer(request), case_id=_id(case_no), now=clock.now(), **given.dict()),
    )


@router.post("/{case_no}/grant", url_name="cases-grant", **ACT)
def grant(request: HttpRequest, case_no: Path[CaseNo], given: GrantIn) -> dict[str, Any]:
    """Grant what was asked for."""
    return _done(
        request,
        actions.grant_case(by=_officer(request), case_id=_id(case_no), now=clock.now(), **given.dict()),
    )


@router.post("/{case_no}/refusal", url_name="cases-refusal", **ACT)
def refuse(request: HttpRequest, case_no: Path[CaseNo], given: ReasonIn) -> dict[str, Any]:
    """Refuse, with the reason and its basis."""
    return _done(
        request,
        actions.refuse_case(
            by=_officer(request),
            case_id=_id(case_no),
            reason=given.reason,
            legal_basis=given.legal_basis,
            revision=given.revision,
            now=clock.now(),
        ),
    )


@router.post("/{case_no}/result", url_name="cases-result", **ACT)
def make_result(request: HttpRequest, case_no: Path[CaseNo], given: ActIn) -> dict[str, Any]:
    """The result is made and lies ready."""
    return _done(
        request,
        actions.make_result(by=_officer(request), case_id=_id(case_no), revision=given.revision, now=clock.now()),
    )


@router.post("/{case_no}/hand-over", url_name="cases-hand-over", **ACT)
def hand_over(request: HttpRequest, case_no: Path[CaseNo], given: HandOverIn) -> dict[str, Any]:
    """The result is handed over against a document."""
    return _done(
        request,
        actions.hand_over_result(by=_officer(request), case_id=_id(case_no), now=clock.now(), **given.dict()),
    )
