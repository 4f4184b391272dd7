"""The same beginning in English on a phone, with scripts turned off: everything works with links and forms alone."""

from __future__ import annotations

from tests.journeys.people import ITEM, Crowd, Visitor, complete, send


def _fits(visitor: Visitor) -> None:
    assert visitor.too_wide() <= 0, f"{visitor.page.url} is {visitor.too_wide()} px too wide"


def _choose_english(visitor: Visitor) -> None:
    """The menu holds what the narrow header has no room for; the page stays where it is."""
    visitor.open("/items/?q=失火")
    visitor.page.click(".ym-menu summary")
    visitor.press(".ym-menu a[hreflang=en]")
    assert visitor.page.get_attribute("html", "lang") == "en"
    assert "q=" in visitor.page.url


def test_english_on_a_phone_without_scripts(crowd: Crowd):
    resident = crowd.visitor(width=390, scripts=False, phone=True)
    _choose_english(resident)
    resident.open("/")
    _fits(resident)
    resident.page.locator("main input[name=q], .ym-hero input[name=q]").first.fill("lost home in a fire")
    resident.press(".ym-search button")
    _fits(resident)
    resident.open(f"/items/{ITEM}/")
    assert resident.headline() == "Emergency assistance"
    _fits(resident)
    resident.sign_in("sample")
    resident.open(f"/items/{ITEM}/file/")
    _fits(resident)
    resident.press("main form button.ym-btn")
    draft = resident.page.url.removeprefix(resident.base)
    _fits(resident)
    for part in ("form/person/", "form/happened/", "materials/id_card/", "collection/"):
        resident.open(draft + part)
        _fits(resident)
        if part.startswith("form"):
            resident.press("main form button.ym-btn")
            assert resident.page.locator("[data-errors]").count() == 1
            _fits(resident)
    complete(resident, draft)
    case_no = send(resident, draft)
    assert "Your application has been sent" in resident.headline()
    _fits(resident)
    for path in (f"/my/cases/{case_no}/", "/my/cases/", "/my/", "/my/messages/", "/my/mandates/", "/my/profile/"):
        resident.open(path)
        assert resident.page.get_attribute("html", "lang") == "en"
        _fits(resident)
    assert crowd.ask("SELECT channel, language FROM cases_case WHERE case_no = %s", case_no) == [("phone", "en")]
