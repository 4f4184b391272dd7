"""Cases for other systems: from filing to handing over with tokens, and every way in which they are told no."""

import json

import pytest

from yimen.cases import actions
from yimen.cases.models import Case
from yimen.cases.terms import CaseState, FilingChannel
from yimen.cases.tests.builders import (
    CHEN,
    ITEM,
    LI,
    NOW,
    PLACE,
    a_case,
    a_clerk,
    a_resident,
    all_good,
    an_accepted_case,
    an_issuer,
    an_officer,
    examine,
    taken_in,
)
from yimen.catalogue.actions import import_item
from yimen.identity.actions import issue_token
from yimen.identity.models import Person, User
from yimen.identity.tests.builders import firm_code
from yimen.kernel.actors import SYSTEM
from yimen.ledger.queries import lines

pytestmark = pytest.mark.usefixtures("hall")
ALL = ("cases:file", "cases:read", "cases:act")
HOME = "/api/v1/cases"


@pytest.fixture
def ask(client):
    """``ask(who)``: a function that calls the API with a token of that officer, or of a system of that name."""

    def ask(who, *scopes):
        name, staff_id = (who, None) if isinstance(who, str) else (who.label, int(who.id))
        token = issue_token(by=SYSTEM, name=name, scopes=list(scopes or ALL), staff_id=staff_id, now=NOW)

        def call(method, path="", body=None, **query):
            return client.generic(
                method,
                f"{HOME}{path}",
                data=b"" if body is None else as_json(body),
                content_type="application/json",
                query_params=query,
                headers={"Authorization": f"Bearer {token}", "Accept-Language": "en"},
            )

        return call

    return ask


def as_json(body):
    return body if isinstance(body, bytes) else json.dumps(body).encode()


def an_application(**changes):
    given = {
        "item_code": ITEM["code"],
        "centre_code": PLACE,
        "key": "system-0001",
        "applicant": {"name": "陈示例", "id_number": CHEN, "phone": "13800000001"},
        "answers": {"shop_name": "小满餐饮店", "by_agent": "no"},
        "materials": {"plan": {"way": "paper", "copies": 1}, "rules": {}},
    }
    return given | changes


def refused(answer):
    """Status and code of a problem document."""
    assert answer["Content-Type"] == "application/problem+json"
    said = answer.json()
    assert said["status"] == answer.status_code
    assert said["detail"]
    return answer.status_code, said["code"]


def test_a_system_files_once_however_often_it_calls(ask):
    call = ask("food-platform")

    first, second = call("POST", body=an_application()), call("POST", body=an_application())

    case = Case.objects.get()
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json()["case_no"] == second.json()["case_no"] == case.case_no
    assert first.json()["pin"] == case.pin
    assert (case.state, case.channel) == (CaseState.FILED, FilingChannel.API)
    assert case.filed_by.startswith("integrator:")
    seen = call("GET", f"/{case.case_no}").json()
    assert [(row["code"], row["way"]) for row in seen["materials"]] == [
        ("form", "form"),
        ("plan", "paper"),
        ("rules", "paper"),
        ("proxy", "not_needed"),
    ]


def test_a_key_files_one_request_and_no_other(ask):
    call = ask("food-platform")
    call("POST", body=an_application())

    other = an_application(applicant={"name": "李样本", "id_number": LI, "phone": "13800000001"})

    assert refused(call("POST", body=other)) == (409, "cases.key-used-before")
    assert Case.objects.count() == 1


def test_a_clerks_system_takes_in_over_the_counter(ask):
    answer = ask(a_clerk())("POST", body=an_application(materials={}))

    assert answer.status_code == 201
    assert answer.json()["state"] == CaseState.RECEIVED
    assert Case.objects.get().channel == FilingChannel.WINDOW


@pytest.mark.parametrize("post", ["market.reviewer", f"issuer.{PLACE}"])
def test_other_officers_take_nothing_in(ask, post):
    assert refused(ask(an_officer(post))("POST", body=an_application())) == (403, "cases.not-your-case")
    assert Case.objects.count() == 0


def test_an_organisation_applies_through_a_person(ask):
    firm = {"organisation_name": "小满餐饮", "uscc": firm_code(1)}

    answer = ask("food-platform")("POST", body=an_application(applicant=an_application()["applicant"] | firm))

    case = Case.objects.get()
    assert answer.json()["applicant_name"] == "小满餐饮"
    assert (case.person_id, case.representative_id) == (None, Person.objects.get().pk)


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        (b"{", 400),
        ({}, 422),
        (an_application(key="short"), 422),
        (an_application(language="tlh"), 422),
        (an_application(answers={"shop_name": "x" * 5000}), 422),
        (an_application(answers={"shop_name": "x\0", "by_agent": "no"}), 422),
        (an_application(answers={"by_agent": "no"}), 422),
        (an_application(materials={}), 422),
        (an_application(materials={"plan": {"way": "exempt"}, "rules": {"way": "upload"}}), 422),
        (an_application(applicant={"name": "陈示例", "id_number": CHEN[:-1] + "0"}), 422),
        (an_application(centre_code="NO"), 404),
        (an_application(item_code="NO-1"), 409),
    ],
)
def test_what_cannot_be_filed_is_said_as_a_problem(ask, wrong, status):
    assert refused(ask("food-platform")("POST", body=wrong))[0] == status
    assert Case.objects.count() == 0


def test_wrong_answers_are_named_field_by_field(ask):
    answer = ask("food-platform")("POST", body=an_application(answers={"by_agent": "maybe"}))

    assert [row["field"] for row in answer.json()["errors"]] == ["shop_name", "by_agent"]


def test_without_a_token_or_its_scope_nobody_comes_in(client, ask):
    number = a_case().case_no

    assert refused(client.get(f"{HOME}/{number}"))[0] == 401
    assert refused(client.post(HOME, an_application(), content_type="application/json"))[0] == 401
    for method, path, scope in (
        ("POST", "", "cases:read"),
        ("GET", "", "cases:file"),
        ("GET", f"/{number}", "cases:act"),
        ("POST", f"/{number}/acceptance", "cases:read"),
    ):
        assert refused(ask(a_clerk(), scope)(method, path, {})) == (403, "identity.scope-missing")


def test_a_system_sees_what_it_filed_and_nothing_else(ask):
    other = a_case(a_resident("李样本", LI, "li"), key="key-2").case_no
    call = ask("food-platform")
    number = call("POST", body=an_application()).json()["case_no"]

    assert call("GET", f"/{number.replace('-', '')}").json()["state"] == "filed"
    assert refused(call("GET", f"/{other}"))[0] == 404
    assert refused(ask("another-platform")("GET", f"/{number}"))[0] == 404
    assert refused(call("GET", "/BA16-0924-999999-0"))[0] == 404
    assert refused(call("POST", f"/{number}/acceptance", {}))[0] == 403
    assert refused(call("GET"))[0] == 403


def test_residents_see_their_own_with_their_session(client):
    chen, li = a_resident(), a_resident("李样本", LI, "li")
    number = a_case(chen).case_no

    client.force_login(User.objects.get(pk=chen.user_id))
    assert client.get(f"{HOME}/{number}").json()["applicant_name"] == "陈示例"
    client.force_login(User.objects.get(pk=li.user_id))
    assert refused(client.get(f"{HOME}/{number}"))[0] == 404


def test_an_application_that_is_refused_leaves_nobody_behind(ask):
    body = an_application(item_code="NO-1")

    ask("food-platform")("POST", body=body)

    assert not Person.objects.exists()


def test_officers_of_the_case_see_it_and_others_do_not(ask):
    number = an_accepted_case().case_no

    seen = ask(an_officer("fire.reviewer"))("GET", f"/{number}").json()

    assert [row["code"] for row in seen["steps"]] == ["review", "survey", "fire", "decide"]
    assert seen["steps"][0]["name"] == "Review"
    assert [row["verb"] for row in seen["history"]] == ["file", "accept"]
    assert {row["kind"]: row["due_on"] for row in seen["clocks"] if row["is_running"]} == {
        "statutory": "2016-10-26",
        "promised": "2016-10-12",
    }
    assert CHEN not in str(seen)
    other = a_case(a_resident("李样本", LI, "li"), key="key-2").case_no
    assert refused(ask(an_officer("fire.reviewer"))("GET", f"/{other}")) == (403, "cases.not-your-case")


def test_from_the_window_to_the_hand_over(ask):
    clerk, reviewer, decider = ask(a_clerk()), ask(an_officer("market.reviewer")), ask(an_officer("market.decider"))
    surveyor, colleague = ask(an_officer("market.surveyor")), an_officer("market.surveyor", 1)
    fire, issuer = ask(an_officer("fire.reviewer")), ask(an_issuer())
    case = a_case()
    number = f"/{case.case_no}"

    for code in ("form", "plan", "rules"):
        assert clerk("PUT", f"{number}/materials/{code}", {"verdict": "good"}).status_code == 200
    accepted = clerk("POST", f"{number}/acceptance", {"revision": 1}).json()
    assert (accepted["state"], accepted["revision"]) == ("in_review", 2)
    (task,) = reviewer("GET").json()
    assert (task["case_no"], task["step_code"], task["due_on"]) == (case.case_no, "review", "2016-09-28")
    assert reviewer("GET", after=task["cursor"]).json() == []
    said = {"opinion": "pass", "text": "同意。"}
    states = [
        reviewer("POST", f"{number}/opinion", said).json()["state"],
        surveyor("POST", f"{number}/survey", {**said, "people": [int(colleague.id)]}).json()["state"],
        fire("POST", f"{number}/opinion", said).json()["state"],
        decider("POST", f"{number}/grant", {"text": "准予。"}).json()["state"],
        issuer("POST", f"{number}/result", {}).json()["state"],
        issuer("POST", f"{number}/hand-over", {"id_number": CHEN}).json()["state"],
    ]
    assert states == ["in_review", "in_review", "in_review", "granted", "ready", "handed_over"]
    assert len(lines(case.case_no)) == 8


def test_corrections_are_asked_for(ask):
    case, clerk = taken_in(), ask(a_clerk())
    number = f"/{case.case_no}"
    for code, verdict in (("form", "good"), ("rules", "good"), ("plan", "flawed")):
        clerk("PUT", f"{number}/materials/{code}", {"verdict": verdict, "flaw": "没有标面积"})

    assert clerk("POST", f"{number}/correction-notice", {}).json()["state"] == "correction"
    assert refused(clerk("POST", f"{number}/correction-notice", {})) == (409, "cases.move-not-allowed")


def test_a_case_is_turned_away(ask):
    case, clerk = a_case(), ask(a_clerk())
    given = {"reason": "不归我们管", "legal_basis": "许可法三十二条", "correct_agency": "水务局"}

    assert refused(clerk("POST", f"/{case.case_no}/non-acceptance", {**given, "legal_basis": " "}))[0] == 422
    assert clerk("POST", f"/{case.case_no}/non-acceptance", given).json()["state"] == "not_accepted"


def test_a_fee_is_asked_for_and_paid_then_the_case_is_refused(ask):
    fee = {"name": "工本费", "amount_fen": 1000, "basis": "收费目录"}
    import_item(by=SYSTEM, data={**ITEM, "content": {**ITEM["content"], "fees": [fee]}}, now=NOW)
    case = an_accepted_case()
    examine(case)
    decider, clerk, number = ask(an_officer("market.decider")), ask(a_clerk()), f"/{case.case_no}"

    assert refused(decider("POST", f"{number}/grant", {})) == (409, "cases.fee-not-paid")
    assert decider("POST", f"{number}/payment-request", {}).json()["state"] == "awaiting_payment"
    assert clerk("POST", f"{number}/payment", {"receipt_no": "粤财 001"}).json()["state"] == "in_review"
    refusal = {"reason": "距污染源过近。", "legal_basis": "办法第十一条"}
    assert decider("POST", f"{number}/refusal", refusal).json()["decision"] == "refuse"
    assert refused(decider("POST", f"{number}/refusal", refusal))[0] == 409


def test_wrong_hands_wrong_states_and_wrong_words(ask):
    case = an_accepted_case()
    clerk, reviewer, number = ask(a_clerk()), ask(an_officer("market.reviewer")), f"/{case.case_no}"

    assert refused(clerk("POST", f"{number}/acceptance", {})) == (409, "cases.move-not-allowed")
    assert refused(reviewer("POST", f"{number}/opinion", {"opinion": "pass", "text": "好", "revision": 1})) == (
        409,
        "cases.somebody-was-faster",
    )
    assert refused(reviewer("POST", f"{number}/grant", {})) == (403, "cases.not-your-case")
    assert refused(reviewer("POST", f"{number}/opinion", {"opinion": "maybe", "text": "好"})) == (422, "http.not-valid")
    assert refused(reviewer("POST", f"{number}/opinion", {"opinion": "pass", "text": ""}))[0] == 422
    assert refused(reviewer("POST", f"{number}/survey", {"opinion": "pass", "text": "好", "people": [0]}))[0] == 422
    assert refused(clerk("PUT", f"{number}/materials/plan", {"verdict": "good"}))[0] == 409
    assert refused(clerk("POST", "/BA16-0924-999999-0/acceptance", {}))[0] == 404
    assert refused(clerk("POST", "/short/acceptance", {}))[0] == 422
    assert refused(clerk("DELETE", number))[0] == 405


def test_lines_are_judged_in_words(ask):
    case, clerk = a_case(), ask(a_clerk())
    page = f"/{case.case_no}/materials"

    assert refused(clerk("PUT", f"{page}/plan", {"verdict": "flawed"})) == (422, "cases.flaw-missing")
    assert refused(clerk("PUT", f"{page}/extra", {"verdict": "good"})) == (404, "cases.unknown-line")
    assert refused(clerk("PUT", f"{page}/plan", {"verdict": "superb"}))[0] == 422


def test_tasks_go_on_after_the_last_one(ask, monkeypatch):
    monkeypatch.setattr("yimen.cases.queries.desk.PAGE", 2)
    by, numbers = a_resident(), []
    for number in range(3):
        case = a_case(by, key=f"key-{number}")
        all_good(case)
        numbers.append(actions.accept_case(by=a_clerk(), case_id=case.id, now=NOW).case_no)
    reviewer = ask(an_officer("market.reviewer"))

    first = reviewer("GET").json()
    second = reviewer("GET", after=first[-1]["cursor"]).json()

    assert [row["case_no"] for row in first + second] == numbers
    assert refused(reviewer("GET", after="2016-99-99_1"))[0] == 404
    assert refused(reviewer("GET", after="x"))[0] == 422
