"""What is missing is said once, mended by the resident, and nothing else can be asked for."""

from __future__ import annotations

from tests.journeys.people import Crowd, file, judge, photo

WHY = "看不清，请重新拍一张清楚的。"


def test_said_once_and_mended(crowd: Crowd):
    resident = crowd.signed_in("li")
    case_no, _pin = file(resident)
    clerk = crowd.signed_in("clerk-ba-1")
    judge(clerk, case_no, flawed="event_proof", why=WHY)
    clerk.press("form[action$='/accept/'] button")
    assert clerk.page.locator("[data-errors] li").count() == 1, "a flawed list is not accepted"
    clerk.page.on("dialog", lambda dialog: dialog.accept())
    clerk.press("form[action$='/correction/'] button")
    assert not clerk.page.locator("form[action$='/correction/']").count(), "there is no second notice"

    resident.open(f"/my/cases/{case_no}/")
    assert WHY in resident.text()
    resident.press(f"a.ym-btn[href$='/{case_no}/correct/']")
    resident.press("main form button.ym-btn")
    assert resident.page.locator("[data-errors] a[href='#files-event_proof']").count() == 1
    lie = {"name": "scan.pdf", "mimeType": "application/pdf", "buffer": b"MZ\x90\0 nothing of the kind"}
    resident.page.set_input_files("[name='files-event_proof']", lie)
    resident.press("main form button.ym-btn")
    assert "scan.pdf" in resident.page.inner_text("[data-errors]")
    resident.page.set_input_files("[name='files-event_proof']", photo("clear.png"))
    resident.press("main form button.ym-btn")
    assert resident.page.url.endswith(f"/my/cases/{case_no}/")
    assert "clear.png" in resident.page.content()

    judge(clerk, case_no)
    clerk.keys("F10")
    resident.open(f"/my/cases/{case_no}/")
    assert resident.page.locator(".ym-why").count() == 1
