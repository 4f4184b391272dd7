"""Fees: asked for, paid at either window, waived where the version names a relief, and never a dead end."""

import pytest
from django.urls import reverse

from yimen.cases import actions, queries
from yimen.cases.errors import FeeNotPaid, NoFee, NoRelief, NotYourCase, ReasonMissing
from yimen.cases.terms import CaseState
from yimen.cases.tests.builders import (
    ITEM,
    NOW,
    PLACE,
    a_clerk,
    a_resident,
    an_accepted_case,
    an_issuer,
    an_officer,
    another_clerk,
    examine,
)
from yimen.cases.tests.test_pages import browse, text
from yimen.catalogue.actions import import_item
from yimen.kernel.actors import SYSTEM
from yimen.kernel.news import deliver_all_news
from yimen.ledger.queries import lines
from yimen.notices.queries import notices_about
from yimen.notices.terms import Occasion

__all__ = ["browse"]
pytestmark = pytest.mark.usefixtures("hall")
COST = {"name": "工本费", "amount_fen": 1000, "basis": "收费目录"}
WITH_RELIEF = {"name": "检测费", "amount_fen": 250, "basis": "收费目录", "relief": "低保家庭免收"}


def decider():
    return an_officer("market.decider")


def examined(*fees, by=None):
    """A case before its decision, of an item with these fees."""
    english = {**ITEM["content"]["translations"]["en"], "fees": {"工本费": "Certificate fee"}}
    content = {**ITEM["content"], "fees": list(fees), "translations": {"en": english}}
    import_item(by=SYSTEM, data={**ITEM, "content": content}, now=NOW)
    case = an_accepted_case(by)
    examine(case)
    return case


def waiting(*fees, by=None):
    return actions.ask_payment(by=decider(), case_id=examined(*fees, by=by).id, now=NOW)


def bill(case):
    return queries.bill_of(queries.case_by_number(case.case_no, "zh-hans"), "zh-hans")


# the issuing window


def test_the_issuing_clerk_takes_the_fee(browse):
    case, page = waiting(COST), reverse("cases-issuing")
    issue, issuer = reverse("cases-issue", args=[case.case_no]), browse(an_issuer())
    assert queries.desk_counts(an_issuer()).issuing == 1
    assert issue in text(issuer.get(page))
    assert issue not in text(issuer.get(page, {"q": "王"}))
    assert "10 元" in text(issuer.get(issue))
    revision = str(case.revision)

    assert issuer.post(issue, {"receipt_no": " ", "revision": revision}).status_code == 422
    assert issuer.post(issue, {"receipt_no": "粤财 001", "revision": "1"}).status_code == 409
    assert issuer.post(issue, {"receipt_no": "粤财 001", "revision": revision}).url == issue
    assert issuer.post(issue, {"receipt_no": "粤财 001", "revision": revision}).status_code == 409

    case.refresh_from_db()
    assert (case.state, bill(case).rows[0].receipt_no) == (CaseState.IN_REVIEW, "粤财 001")
    assert issue not in text(issuer.get(page))
    assert "粤财 001" in text(issuer.get(issue))


def test_the_fee_is_taken_where_the_case_is():
    case = waiting(COST)

    with pytest.raises(NotYourCase):
        actions.confirm_payment(by=another_clerk(), case_id=case.id, receipt_no="粤财 001", now=NOW)


# the applicant


def test_the_case_says_what_to_pay_where_and_by_when(browse):
    by = a_resident()
    case = waiting(COST, WITH_RELIEF, by=by)
    page = reverse("cases-case", args=[case.case_no])

    chinese, english = text(browse(by).get(page)), text(browse(by, "en").get(page))

    for said in (
        "10 元",
        "2.50 元",
        "12.50 元",
        f"{PLACE}政务服务中心",
        "西乡街道示例路18号",
        "10 月 12 日",
        "低保家庭免收",
    ):
        assert said in chinese, said
    for said in ("Certificate fee", "Wed 12 Oct", "not later than"):
        assert said in english, said


def test_a_decision_that_is_late_for_want_of_the_fee_asks_for_it_now(browse, it_is):
    by = a_resident()
    case = waiting(COST, by=by)
    it_is(NOW.replace(month=10, day=20))

    assert "Now: the decision was due on Wed 12 Oct" in text(
        browse(by, "en").get(reverse("cases-case", args=[case.case_no]))
    )


def test_the_message_names_the_day():
    case = waiting(COST)
    deliver_all_news()

    (said,) = [row.text for row in notices_about("case", case.case_no) if row.occasion == Occasion.PAYMENT_ASKED]
    assert "2016 年 10 月 12 日" in said


# no dead end


def test_who_decides_sees_what_waits_and_may_refuse_what_is_not_paid(browse):
    case = waiting(COST)
    review, by = reverse("cases-review", args=[case.case_no]), browse(decider())
    assert case.case_no in text(by.get(reverse("cases-tasks")))
    shown = text(by.get(review))
    assert 'value="refuse"' in shown
    assert 'value="grant"' not in shown

    assert by.post(review, {"act": "grant"}).status_code == 409
    given = {"act": "refuse", "text": "逾期未缴费。", "legal_basis": "收费目录第三条"}
    assert by.post(review, given).status_code == 302

    case.refresh_from_db()
    assert case.state == CaseState.REFUSED


def test_a_relief_that_the_version_names_waives_the_fee(browse):
    case = waiting(WITH_RELIEF)
    review, by = reverse("cases-review", args=[case.case_no]), browse(decider())
    assert "低保家庭免收" in text(by.get(review))

    assert by.post(review, {"act": "waiver", "text": " "}).status_code == 422
    assert by.post(review, {"act": "waiver", "text": "低保证 440306-001"}).status_code == 302
    assert bill(case).is_settled
    assert by.post(review, {"act": "grant"}).status_code == 302
    assert [line.verb for line in lines(case.case_no)][-3:] == ["ask_payment", "waive_payment", "grant"]


def test_what_no_relief_covers_is_asked_for_anew_with_the_right_amount():
    case = waiting(COST, WITH_RELIEF)
    deliver_all_news()

    actions.waive_payment(by=decider(), case_id=case.id, reason="低保证", now=NOW)
    with pytest.raises(FeeNotPaid):
        actions.grant_case(by=decider(), case_id=case.id, now=NOW)
    actions.ask_payment(by=decider(), case_id=case.id, now=NOW)
    deliver_all_news()

    said = [row.text for row in notices_about("case", case.case_no) if row.occasion == Occasion.PAYMENT_ASKED]
    assert bill(case).due_fen == 1000
    assert ["12.50 元" in said[0], "10 元" in said[1]] == [True, True]


def test_no_fee_is_waived_without_a_relief_or_a_reason():
    case = waiting(COST)

    with pytest.raises(NoRelief):
        actions.waive_payment(by=decider(), case_id=case.id, reason="困难", now=NOW)
    with pytest.raises(ReasonMissing):
        actions.waive_payment(by=decider(), case_id=case.id, reason="", now=NOW)
    with pytest.raises(NotYourCase):
        actions.waive_payment(by=a_clerk(), case_id=case.id, reason="困难", now=NOW)

    case.refresh_from_db()
    assert (case.state, bill(case).due_fen) == (CaseState.AWAITING_PAYMENT, 1000)


def test_a_fee_of_nothing_is_neither_asked_for_nor_waited_for():
    case = examined({"name": "工本费", "amount_fen": 0, "basis": "收费目录"})

    with pytest.raises(NoFee):
        actions.ask_payment(by=decider(), case_id=case.id, now=NOW)
    assert actions.grant_case(by=decider(), case_id=case.id, now=NOW).state == CaseState.GRANTED


def test_withdrawing_while_the_fee_is_not_paid():
    by = a_resident()
    case = waiting(COST, by=by)

    case = actions.withdraw_case(by=by, case_id=case.id, now=NOW)

    assert case.state == CaseState.WITHDRAWN
    assert queries.payment_list(an_issuer(), "zh-hans") == []
