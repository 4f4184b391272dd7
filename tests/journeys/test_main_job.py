"""The main job in Chinese at a laptop: from the question to the result in hand, by six people."""

from __future__ import annotations

from tests.journeys.people import ANSWERS, ITEM, Crowd, Visitor, judge, photo, send

DOCUMENT = "440306198801010018"


def _find(resident: Visitor) -> None:
    """From the first page to the guide, in everyday words."""
    resident.open("/")
    resident.page.locator("main input[name=q], .ym-hero input[name=q]").first.fill("家里失火了")
    resident.keys("Enter")
    assert "/items/" in resident.page.url
    resident.press(f"main a[href='/items/{ITEM}/']")
    assert "临时救助" in resident.headline()


def _begin(resident: Visitor) -> str:
    """Asked to sign in, and back to where she was."""
    resident.press(f"main a[href='/items/{ITEM}/file/']")
    assert "/accounts/login/" in resident.page.url
    resident.fill({"login": "chen", "password": resident.hall.password("chen")})
    resident.press("form:has([name=login]) button[type=submit]")
    assert resident.page.url.endswith(f"/items/{ITEM}/file/")
    resident.press("main form button.ym-btn")
    return resident.page.url.removeprefix(resident.base)


def _fill_in(resident: Visitor, draft: str) -> None:
    """First nothing: every question says what is wrong with it. Then right."""
    resident.open(f"{draft}form/person/")
    assert resident.page.input_value("[name=name]") == "陈示例", "what is known is filled in"
    resident.fill(ANSWERS["person"])
    resident.press("main form button.ym-btn")
    assert resident.page.url.endswith("/form/happened/")
    resident.press("main form button.ym-btn")
    assert resident.page.locator("[data-errors] li").count() == 4
    assert resident.page.evaluate("document.activeElement.hasAttribute('data-errors')")
    for link in resident.page.locator("[data-errors] a").all():
        target = (link.get_attribute("href") or "#").removeprefix("#")
        assert resident.page.locator(f"[id='{target}']").count() == 1, f"nothing on the page is called {target}"
    resident.fill({**ANSWERS["happened"], "happened_on-month": "13"})
    resident.press("main form button.ym-btn")
    assert resident.page.locator("[data-errors] li").count() == 1
    assert resident.page.input_value("[name=story]") == ANSWERS["happened"]["story"], "right answers are kept"
    resident.fill(ANSWERS["happened"])
    resident.press("main form button.ym-btn")
    assert resident.page.url.endswith("/form/family/")
    resident.fill(ANSWERS["family"])
    resident.press("main form button.ym-btn")


def _hand_in(resident: Visitor, draft: str) -> None:
    """Two photographs, one thrown away and taken again; one paper for the window."""
    resident.open(f"{draft}materials/id_card/")
    resident.page.set_input_files("[name=files]", [photo("front.png"), photo("blurred.png")])
    resident.press("form:has([name=files]) button.ym-btn")
    assert resident.page.locator(".ym-files li").count() == 2
    resident.press(".ym-files li:has-text('blurred.png') button[name=drop]")
    assert resident.page.locator(".ym-files li").count() == 1
    resident.open(f"{draft}materials/event_proof/")
    resident.press("button[name=paper]")
    resident.open(f"{draft}materials/bank_book/")
    resident.press("button[name=paper]")


def _check(resident: Visitor, draft: str) -> None:
    """Collection, the answers once more; not without the declaration."""
    resident.open(draft)
    assert not resident.page.locator(f"main a[href='{draft}check/']").count(), "not before everything is done"
    resident.open(f"{draft}collection/")
    resident.page.locator("[name=centre]").first.check(force=True)
    resident.press("main form button.ym-btn")
    resident.press(f".ym-btns a[href='{draft}check/']")
    for words in ("陈示例", ANSWERS["happened"]["story"], "front.png"):
        assert words in resident.text()
    resident.press("form:has([name=declare]) button.ym-btn")
    assert resident.page.locator("[data-errors] a[href='#declare']").count() == 1


def _accept(clerk: Visitor, case_no: str) -> None:
    """The window by keyboard: next case, paper received, Y down the list, F10."""
    clerk.open("/desk/window/")
    clerk.page.fill("[name=q]", case_no)
    clerk.keys("Enter")
    clerk.keys("n")
    assert case_no in clerk.page.url
    clerk.press("form[action$='/receive/'] button")
    judge(clerk, case_no)
    clerk.keys("F10")
    assert not clerk.page.locator("[data-errors]").count(), clerk.text()
    assert not clerk.page.locator("form[action$='/accept/']").count()


def test_the_main_job(crowd: Crowd):
    resident = crowd.visitor()
    _find(resident)
    draft = _begin(resident)
    _fill_in(resident, draft)
    _hand_in(resident, draft)
    _check(resident, draft)
    case_no = send(resident, draft)
    assert case_no in resident.text()

    _accept(crowd.signed_in("clerk-ba-1"), case_no)
    resident.open(f"/my/cases/{case_no}/")
    assert resident.page.locator(".ym-due").count() == 1, "the clock runs"

    reviewer = crowd.signed_in("civil-reviewer-1")
    reviewer.open("/desk/tasks/")
    reviewer.page.fill("[name=q]", case_no)
    reviewer.keys("Enter")
    reviewer.keys("j", "Enter")
    reviewer.fill({"opinion": "pass", "text": "材料齐全，建议上门看一看。"})
    reviewer.page.focus("[name=text]")
    reviewer.keys("Control+Enter")

    surveyor = crowd.signed_in("civil-surveyor-1")
    surveyor.open(f"/desk/tasks/{case_no}/")
    surveyor.page.locator("[name=people]").first.check(force=True)
    surveyor.fill({"opinion": "pass", "text": "两人入户，属实。"})
    surveyor.press(".ym-decide button.ym-btn")

    decider = crowd.signed_in("civil-decider-1")
    decider.open(f"/desk/tasks/{case_no}/")
    decider.fill({"act": "refuse"})
    decider.press(".ym-decide button.ym-btn")
    assert decider.page.locator("[data-errors] li").count() >= 1, "no refusal without a reason"
    decider.fill({"act": "grant", "text": "符合条件，准予。"})
    decider.press(".ym-decide button.ym-btn")

    issuer = crowd.signed_in("issuer-ba-1")
    issuer.open(f"/desk/issuing/{case_no}/")
    issuer.keys("F10")
    issuer.fill({"id_number": "440306199001010019"})
    issuer.keys("F10")
    assert issuer.page.locator("[data-errors] li").count() == 1, "to nobody else"
    issuer.fill({"id_number": DOCUMENT})
    issuer.keys("F10")

    resident.open(f"/my/cases/{case_no}/")
    assert resident.page.locator(".ym-route .is-end").count() == 1
    assert resident.page.locator(".ym-timeline li").count() >= 8
    assert crowd.ask("SELECT state FROM cases_case WHERE case_no = %s", case_no) == [("closed",)]
