"""What goes in and what comes out, field by field."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field, StringConstraints

from yimen.cases.terms import CollectWay, Opinion, Verdict, Way
from yimen.identity.terms import IdType

#: Any text without NUL, which no database stores.
_TEXT = r"^[^\x00]*$"
Text = Annotated[str, StringConstraints(max_length=4000, pattern=_TEXT)]
Short = Annotated[str, StringConstraints(max_length=200, pattern=_TEXT)]
CaseNo = Annotated[str, StringConstraints(min_length=8, max_length=30, pattern=_TEXT)]
Key = Annotated[str, StringConstraints(min_length=8, max_length=80, pattern=r"^[A-Za-z0-9_.:-]+$")]


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


class ChangedOut(Schema):
    """What a case is now that the act is done; ask for the case itself to see all of it."""

    case_no: str
    revision: int
    state: str
    decision: str
    due_on: date | None
    received_at: datetime | None
    accepted_at: datetime | None
    decided_at: datetime | None
    closed_at: datetime | None


class FiledOut(ChangedOut):
    """A case that was just filed, with its query PIN."""

    pin: str
    item_code: str
    item_version: int
    applicant_name: str
    filed_at: datetime


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
