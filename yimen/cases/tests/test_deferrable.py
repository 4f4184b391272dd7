"""A line that may follow after filing: left out online, said in plain words, there before the case is accepted."""

import pytest
from django.urls import reverse

from yimen.cases import actions, queries
from yimen.cases.actions import GivenMaterial
from yimen.cases.errors import NotHereYet
from yimen.cases.terms import CaseState, Verdict
from yimen.cases.tests.builders import ITEM, NOW, a_case, a_clerk, a_draft, a_picture, a_resident, all_good
from yimen.cases.tests.test_pages import browse, picture, text
from yimen.catalogue.actions import import_item
from yimen.kernel.actors import SYSTEM

__all__ = ["browse"]


@pytest.fixture(autouse=True)
def may_follow(hall):
    """The rules of the shop may follow."""
    lines = [
        {**line, "necessity": "deferrable"} if line["code"] == "rules" else line
        for line in ITEM["content"]["materials"]
    ]
    import_item(by=SYSTEM, data={**ITEM, "content": {**ITEM["content"], "materials": lines}}, now=NOW)


def without_rules(by):
    return a_case(by, given={"plan": GivenMaterial(uploads=(a_picture(),))})


def test_it_is_said_at_every_step_that_it_may_follow_and_until_when(browse):
    by = a_resident()
    draft, case = a_draft(by), without_rules(by)
    pages = {
        reverse("catalogue-guide", args=[ITEM["code"]]): "You can file without it.",
        reverse("cases-draft", args=[draft.id]): "You can send without it",
        reverse("cases-material", args=[draft.id, "rules"]): "Go on without it for now",
        reverse("cases-check-answers", args=[draft.id]): "follows after filing",
        reverse("cases-filed", args=[case.case_no]): "was left out when filing",
        reverse("cases-case", args=[case.case_no]): "was left out when filing",
    }

    assert {page: said in text(browse(by, "en").get(page)) for page, said in pages.items()} == dict.fromkeys(
        pages, True
    )
    assert "rules" not in queries.draft_view(by, draft.id, "zh-hans").open_parts


def test_the_clerk_sees_that_it_is_not_here_and_receives_it(browse):
    case, clerk = without_rules(a_resident()), browse(a_clerk(), "en")
    bench, receive = (reverse(f"cases-{name}", args=[case.case_no]) for name in ("workbench", "receive"))
    assert "may follow after filing; not here yet" in text(clerk.get(bench))

    with pytest.raises(NotHereYet):
        actions.judge_material(by=a_clerk(), case_id=case.id, code="rules", verdict=Verdict.GOOD, now=NOW)
    assert clerk.post(receive, {"papers": ["rules"], "revision": "1"}).status_code == 302
    all_good(case)

    assert actions.accept_case(by=a_clerk(), case_id=case.id, now=NOW).state == CaseState.IN_REVIEW


def test_if_it_does_not_come_it_is_asked_for_once_and_handed_in_online(browse):
    by = a_resident()
    case = without_rules(by)
    for code in ("form", "plan"):
        actions.judge_material(by=a_clerk(), case_id=case.id, code=code, verdict=Verdict.GOOD, now=NOW)
    actions.judge_material(
        by=a_clerk(), case_id=case.id, code="rules", verdict=Verdict.FLAWED, flaw="还没有交", now=NOW
    )
    actions.ask_correction(by=a_clerk(), case_id=case.id, now=NOW)

    answer = browse(by).post(reverse("cases-correct", args=[case.case_no]), {"files-rules": picture()})

    case.refresh_from_db()
    assert (answer.status_code, case.state) == (302, CaseState.RECEIVED)
    all_good(case)
    assert actions.accept_case(by=a_clerk(), case_id=case.id, now=NOW).state == CaseState.IN_REVIEW


def test_silence_accepts_without_it_and_it_may_still_come():
    case = without_rules(a_resident())
    actions.deem_silent_cases_accepted(now=NOW.replace(month=10, day=9))

    case = actions.receive_case(by=a_clerk(), case_id=case.id, papers=["rules"], now=NOW.replace(month=10, day=9))

    assert case.state == CaseState.IN_REVIEW
    assert [row.papers for pile in queries.paper_to_send(a_clerk()) for row in pile.rows] == [("食品安全管理制度",)]
