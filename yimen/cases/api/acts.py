"""The acts of the desk, one endpoint each. What an act made of the case comes back; a refusal is a problem document."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Path

from yimen.cases import actions, queries
from yimen.cases.api.desk import OFFICERS, case_out, changed, officer_of, router, seen
from yimen.cases.api.shapes import (
    ActIn,
    CaseNo,
    CaseOut,
    ChangedOut,
    GrantIn,
    HandOverIn,
    OpinionIn,
    ReasonIn,
    ReceiptIn,
    Short,
    SurveyIn,
    VerdictIn,
)
from yimen.identity.guards import token_auth
from yimen.kernel import clock


def _id(case_no: str) -> UUID:
    """The key; whether the caller may act is for the action to say."""
    return queries.case_id(case_no)


ACT: dict[str, Any] = {"response": ChangedOut, "auth": token_auth("cases:act", kinds=OFFICERS)}


@router.put("/{case_no}/materials/{code}", url_name="cases-material-verdict", **{**ACT, "response": CaseOut})
def judge(request: HttpRequest, case_no: Path[CaseNo], code: Path[Short], given: VerdictIn) -> dict[str, Any]:
    """Good or flawed: one line of the frozen checklist."""
    actions.judge_material(
        by=officer_of(request), case_id=_id(case_no), code=code, verdict=given.verdict, flaw=given.flaw, now=clock.now()
    )
    return case_out(seen(request, case_no))


@router.post("/{case_no}/acceptance", url_name="cases-acceptance", **ACT)
def accept(request: HttpRequest, case_no: Path[CaseNo], given: ActIn) -> dict[str, Any]:
    """Accept; the limits run."""
    return changed(
        actions.accept_case(by=officer_of(request), case_id=_id(case_no), revision=given.revision, now=clock.now()),
    )


@router.post("/{case_no}/correction-notice", url_name="cases-correction-notice", **ACT)
def ask_correction(request: HttpRequest, case_no: Path[CaseNo], given: ActIn) -> dict[str, Any]:
    """Say once what is missing."""
    return changed(
        actions.ask_correction(by=officer_of(request), case_id=_id(case_no), revision=given.revision, now=clock.now()),
    )


@router.post("/{case_no}/non-acceptance", url_name="cases-non-acceptance", **ACT)
def turn_away(request: HttpRequest, case_no: Path[CaseNo], given: ReasonIn) -> dict[str, Any]:
    """Do not accept, with the reason, its basis and the agency that is responsible."""
    return changed(
        actions.turn_away_case(by=officer_of(request), case_id=_id(case_no), now=clock.now(), **given.dict()),
    )


@router.post("/{case_no}/opinion", url_name="cases-opinion", **ACT)
def opinion(request: HttpRequest, case_no: Path[CaseNo], given: OpinionIn) -> dict[str, Any]:
    """The opinion of one's own open step."""
    return changed(
        actions.give_opinion(by=officer_of(request), case_id=_id(case_no), now=clock.now(), **given.dict()),
    )


@router.post("/{case_no}/survey", url_name="cases-survey", **ACT)
def survey(request: HttpRequest, case_no: Path[CaseNo], given: SurveyIn) -> dict[str, Any]:
    """What two people or more found on site."""
    return changed(
        actions.record_survey(by=officer_of(request), case_id=_id(case_no), now=clock.now(), **given.dict()),
    )


@router.post("/{case_no}/payment-request", url_name="cases-payment-request", **ACT)
def ask_payment(request: HttpRequest, case_no: Path[CaseNo], given: ActIn) -> dict[str, Any]:
    """Ask for the fees of the frozen version."""
    return changed(
        actions.ask_payment(by=officer_of(request), case_id=_id(case_no), revision=given.revision, now=clock.now()),
    )


@router.post("/{case_no}/payment", url_name="cases-payment", **ACT)
def confirm_payment(request: HttpRequest, case_no: Path[CaseNo], given: ReceiptIn) -> dict[str, Any]:
    """The fee has been paid."""
    return changed(
        actions.confirm_payment(by=officer_of(request), case_id=_id(case_no), now=clock.now(), **given.dict()),
    )


@router.post("/{case_no}/grant", url_name="cases-grant", **ACT)
def grant(request: HttpRequest, case_no: Path[CaseNo], given: GrantIn) -> dict[str, Any]:
    """Grant what was asked for."""
    return changed(
        actions.grant_case(by=officer_of(request), case_id=_id(case_no), now=clock.now(), **given.dict()),
    )


@router.post("/{case_no}/refusal", url_name="cases-refusal", **ACT)
def refuse(request: HttpRequest, case_no: Path[CaseNo], given: ReasonIn) -> dict[str, Any]:
    """Refuse, with the reason and its basis."""
    return changed(
        actions.refuse_case(
            by=officer_of(request),
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
    return changed(
        actions.make_result(by=officer_of(request), case_id=_id(case_no), revision=given.revision, now=clock.now()),
    )


@router.post("/{case_no}/hand-over", url_name="cases-hand-over", **ACT)
def hand_over(request: HttpRequest, case_no: Path[CaseNo], given: HandOverIn) -> dict[str, Any]:
    """The result is handed over against a document."""
    return changed(
        actions.hand_over_result(by=officer_of(request), case_id=_id(case_no), now=clock.now(), **given.dict()),
    )
