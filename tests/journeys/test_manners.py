"""Language, large type, no connection, weight: the manners of the house."""

from __future__ import annotations

import pytest

from tests.journeys.people import ITEM, LOCALES, Crowd, Visitor

#: What a first visit may weigh, compressed.
HEAVIEST = 150_000


def test_the_language_changes_and_the_page_stays(crowd: Crowd):
    visitor = crowd.visitor()
    visitor.open("/items/?q=居住证")
    for language in ("en", "ja", "ko", "zh-hans"):
        visitor.press(f".ym-tools a[hreflang={language}]")
        assert visitor.page.get_attribute("html", "lang") == language.replace("hans", "Hans")
        assert visitor.page.input_value("main [name=q]") == "居住证"
    visitor.press(".ym-tools a[hreflang=en]")
    visitor.open("/centres/")
    assert visitor.page.get_attribute("html", "lang") == "en", "remembered"


def test_no_other_house_through_the_switches(crowd: Crowd):
    visitor = crowd.visitor()
    for path in ("/language/?to=en&next=https://example.org/", "/elder/?on=1&next=//example.org/"):
        visitor.open(path)
        assert visitor.page.url.startswith(visitor.base)


def test_large_type(crowd: Crowd):
    elder = crowd.visitor(width=390, phone=True)
    elder.open("/")
    elder.page.click(".ym-menu summary")
    elder.press(".ym-menu a[href^='/elder/']")
    assert float(elder.page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")) >= 20
    for path in ("/", f"/items/{ITEM}/", "/check/", "/items/"):
        elder.open(path)
        assert elder.too_wide() <= 0, path
        assert elder.page.locator("a[href^='tel:']").first.is_visible(), "a telephone number always in sight"
    elder.open("/")
    elder.press("a[href*='/elder/']")
    assert float(elder.page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")) < 20


def test_no_connection(crowd: Crowd):
    context = crowd.browser.new_context(service_workers="allow")
    page = context.new_page()
    page.goto(crowd.base + "/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    context.set_offline(True)
    page.goto(crowd.base + "/items/")
    heading = page.inner_text("h1")
    context.set_offline(False)
    page.goto(crowd.base + "/offline/")
    assert page.inner_text("h1") == heading
    context.close()


@pytest.mark.parametrize("path", ["/", f"/items/{ITEM}/"])
def test_a_first_visit_is_light(crowd: Crowd, path: str):
    visitor = crowd.visitor(width=390, phone=True)
    session = visitor.context.new_cdp_session(visitor.page)
    session.send("Network.enable")
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    visitor.open(path)
    visitor.page.wait_for_load_state("networkidle")
    assert sum(sizes) <= HEAVIEST


def test_every_language_speaks_itself(crowd: Crowd):
    for language in LOCALES:
        visitor: Visitor = crowd.visitor(language=language)
        visitor.open("/")
        assert visitor.page.get_attribute("html", "lang") == language.replace("hans", "Hans")
