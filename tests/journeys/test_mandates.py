"""Acting for others: a firm and a mother; those who gave no mandate are not offered."""

from __future__ import annotations

from tests.journeys.people import Crowd, complete, complete_anything, send, start_filing

FIRM, FIRMS_ITEM = "深圳示例小满餐饮店", "BA-SC-303"


def _mandate(visitor, name: str) -> str:
    """The radio button of whoever gave the mandate."""
    label = visitor.page.locator(f".govuk-radios__item:has-text('{name}') input")
    return label.get_attribute("value") or ""


def test_for_a_firm(crowd: Crowd):
    agent = crowd.signed_in("li")
    agent.open(f"/items/{FIRMS_ITEM}/file/")
    draft = start_filing(agent, FIRMS_ITEM, _mandate(agent, FIRM))
    agent.open(draft)
    complete_anything(agent, draft)
    agent.open(f"{draft}check/")
    assert FIRM in agent.text()
    case_no = send(agent, draft)
    agent.open(f"/my/cases/{case_no}/")
    assert FIRM in agent.text()
    stranger = crowd.signed_in("huang")
    stranger.open(f"/my/cases/{case_no}/", status=404)


def test_for_a_mother(crowd: Crowd):
    son = crowd.signed_in("li")
    son.open("/items/BA-MZ-107/file/")
    draft = start_filing(son, "BA-MZ-107", _mandate(son, "王演示"))
    complete(son, draft)
    case_no = send(son, draft)
    mother = crowd.signed_in("wang")
    mother.open(f"/my/cases/{case_no}/")
    assert "王演示" in mother.text()
