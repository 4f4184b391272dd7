"""People at browsers: they open pages, fill in forms, and notice everything that is not as it should be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import psycopg
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response

from launch.main_job import picture
from tests.hall import Hall

LOCALES = {"zh-hans": "zh-CN", "en": "en-GB", "ja": "ja-JP", "ko": "ko-KR"}
#: The item of the main job: review, visit at home by two people, decision.
ITEM = "BA-MZ-107"
PHONE = (
    "Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Mobile Safari/537.36"
)
#: Whoever acts for somebody is not shown their number; they know it or do not act.
MOTHERS_NUMBER = "440306195003030037"
STORY = "厨房失火，家具烧毁，演示内容。"
ANSWERS: dict[str, dict[str, str]] = {
    "person": {"address": "宝安区西乡街道示例路 18 号"},
    "happened": {
        "what_happened": "accident",
        "happened_on-year": "2016",
        "happened_on-month": "10",
        "happened_on-day": "9",
        "story": STORY,
        "urgent": "no",
    },
    "family": {"members": "3", "shortage": "5000"},
}
_WHAT_IS_WIDER = """() => document.documentElement.scrollWidth - document.documentElement.clientWidth"""


def photo(name: str = "photo.png") -> dict[str, Any]:
    """What a phone would send."""
    return {"name": name, "mimeType": "image/png", "buffer": picture()}


class Visitor:
    """Somebody at a browser. ``wrongs`` is what went wrong without anybody asking: scripts, files, server errors."""

    def __init__(self, context: BrowserContext, base: str, hall: Hall) -> None:
        self.context, self.base, self.hall = context, base, hall
        self.wrongs: list[str] = []
        self.page: Page = context.new_page()
        self._listen(self.page)
        context.on("page", self._listen)

    def _listen(self, page: Page) -> None:
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.wrongs.append(f"{page.url}: script error: {error}"))
        page.on("requestfailed", self._failed)
        page.on("response", self._answered)

    def _heard(self, message: ConsoleMessage) -> None:
        # a refusal is an answer of its own status, which Chromium reports as an error of the page
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.wrongs.append(f"{self.page.url}: console: {message.text}")

    def _failed(self, request: Request) -> None:
        # a download or a click that leaves a page while it loads is no failure
        if request.failure not in ("net::ERR_ABORTED", None):
            self.wrongs.append(f"{request.url}: {request.failure}")

    def _answered(self, response: Response) -> None:
        is_page = response.request.resource_type == "document"
        if response.status >= 500 or (response.status >= 400 and not is_page):
            self.wrongs.append(f"{response.request.method} {response.url}: {response.status}")

    def open(self, path: str, status: int = 200) -> Page:
        """Go to an address of the house; it answers as expected."""
        response = self.page.goto(self.base + path)
        assert response is not None
        assert response.status == status, f"{path} answered {response.status}"
        return self.page

    def sign_in(self, username: str) -> None:
        """With the password of the demo."""
        self.open("/accounts/login/")
        self.page.fill("[name=login]", username)
        self.page.fill("[name=password]", self.hall.password(username))
        self.press("form:has([name=login]) button[type=submit]")
        assert any(cookie["name"] == "yimen_session" for cookie in self.context.cookies()), f"{username} is not let in"

    def fill(self, values: Mapping[str, str]) -> None:
        """Fields by their names: typed, chosen or ticked, as they are."""
        for name, value in values.items():
            field = self.page.locator(f"[name='{name}']")
            kind = field.first.get_attribute("type")
            if kind in ("radio", "checkbox"):
                self.page.locator(f"[name='{name}'][value='{value}']").check(force=True)
            elif field.first.evaluate("e => e.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)

    def press(self, selector: str) -> Page:
        """Press what sends the page away, and wait for the next."""
        with self.page.expect_navigation():
            self.page.locator(selector).locator("visible=true").first.click()
        return self.page

    def keys(self, *names: str) -> Page:
        """Press keys; the last one leads to another page."""
        for name in names[:-1]:
            self.page.keyboard.press(name)
        with self.page.expect_navigation():
            self.page.keyboard.press(names[-1])
        return self.page

    def text(self) -> str:
        """What the page says."""
        return self.page.inner_text("main")

    def headline(self) -> str:
        return self.page.inner_text("h1")

    def too_wide(self) -> int:
        """By how many pixels the page is wider than the window."""
        return int(self.page.evaluate(_WHAT_IS_WIDER))


class Crowd:
    """The people of one story."""

    def __init__(self, browser: Browser, base: str, hall: Hall) -> None:
        self.browser, self.base, self.hall = browser, base, hall
        self.visitors: list[Visitor] = []

    def visitor(
        self, *, language: str = "zh-hans", width: int = 1440, scripts: bool = True, phone: bool = False
    ) -> Visitor:
        """A new person with a browser of their own."""
        context = self.browser.new_context(
            locale=LOCALES[language],
            viewport={"width": width, "height": 844 if width < 600 else 900},
            java_script_enabled=scripts,
            user_agent=PHONE if phone else None,
            is_mobile=phone,
            has_touch=phone,
            service_workers="block",
        )
        context.set_default_timeout(10_000)
        if language != "zh-hans":
            context.add_cookies([{"name": "yimen_language", "value": language, "url": self.base}])
        visitor = Visitor(context, self.base, self.hall)
        self.visitors.append(visitor)
        return visitor

    def signed_in(self, username: str, **manner: Any) -> Visitor:
        """Somebody of the demo, signed in."""
        visitor = self.visitor(**manner)
        visitor.sign_in(username)
        return visitor

    def ask(self, question: str, *values: object) -> list[tuple[Any, ...]]:
        """What the database knows."""
        with psycopg.connect(self.hall.url) as connection:
            return connection.execute(question, values).fetchall()

    def go_home(self) -> None:
        """Close every browser; nobody may have met an error."""
        wrongs = [wrong for visitor in self.visitors for wrong in visitor.wrongs]
        for visitor in self.visitors:
            visitor.context.close()
        assert [wrong for wrong in wrongs if "Service Worker" not in wrong] == []


def start_filing(visitor: Visitor, item: str = ITEM, mandate: str = "") -> str:
    """From the guide to the task list; returns the path of the draft."""
    visitor.open(f"/items/{item}/file/")
    if mandate:
        visitor.fill({"mandate": mandate})
    visitor.press("form[method=post]:has(button.ym-btn) button.ym-btn")
    return visitor.page.url.removeprefix(visitor.base)


def complete(visitor: Visitor, draft: str, *, upload: bool = True) -> None:
    """Everything that the main job's item asks for, up to the page where answers are checked."""
    for step, answers in ANSWERS.items():
        visitor.open(f"{draft}form/{step}/")
        visitor.fill(answers)
        if step == "person" and not visitor.page.input_value("[name=id_number]"):
            visitor.fill({"id_number": MOTHERS_NUMBER})
        visitor.press("main form button.ym-btn")
        assert not visitor.page.locator("[data-errors]").count(), visitor.page.inner_text("[data-errors]")
    for code in ("id_card", "event_proof", "bank_book"):
        visitor.open(f"{draft}materials/{code}/")
        if upload and code != "bank_book":
            visitor.page.set_input_files("[name=files]", photo(f"{code}.png"))
            visitor.press("form:has([name=files]) button.ym-btn")
        elif visitor.page.locator("button[name=paper]").count():
            visitor.press("button[name=paper]")
    visitor.open(f"{draft}collection/")
    visitor.page.locator("[name=centre]").first.check(force=True)
    visitor.press("main form button.ym-btn")


def send(visitor: Visitor, draft: str) -> str:
    """Declare and send; returns the case number."""
    visitor.open(f"{draft}check/")
    visitor.fill({"declare": "yes"})
    visitor.press("form:has([name=declare]) button.ym-btn")
    assert visitor.page.url.endswith("/filed/"), visitor.text()
    return visitor.page.url.split("/")[-3]


def file(visitor: Visitor, item: str = ITEM, mandate: str = "") -> tuple[str, str]:
    """The whole filing; returns the case number and the PIN."""
    draft = start_filing(visitor, item, mandate)
    complete(visitor, draft)
    case_no = send(visitor, draft)
    pin = visitor.page.locator(".ym-done dd").nth(1).inner_text().strip()
    return case_no, pin


def judge(clerk: Visitor, case_no: str, *, flawed: str = "", why: str = "看不清，请重新拍一张清楚的。") -> None:
    """Hold every line against its paper by keyboard: Y, or X and what is wrong."""
    clerk.open(f"/desk/window/{case_no}/")
    for _ in range(12):
        line = clerk.page.locator(".ym-judge [name=line]")
        current = clerk.page.locator(".ym-check .is-cur")
        if (
            not line.count()
            or "is-ok" in (current.get_attribute("class") or "")
            or current.locator(".ym-wrong").count()
        ):
            return
        if line.input_value() == flawed:
            clerk.page.keyboard.press("x")
            clerk.page.keyboard.type(why)
            clerk.press(".ym-judge button[value=flawed]")
        else:
            clerk.keys("y")
    raise AssertionError("the checklist does not come to an end")


def worst(visitor: Visitor) -> list[str]:
    """What axe finds on this page that is serious or critical, a line each."""
    found = Axe().run(visitor.page).response["violations"]
    return [
        f"{visitor.page.url}: {rule['id']} ({rule['impact']}): "
        + "; ".join(node["html"][:160] for node in rule["nodes"][:3])
        for rule in found
        if rule["impact"] in ("serious", "critical")
    ]


def complete_anything(visitor: Visitor, draft: str) -> None:
    """Any item's filing from "go on" to "go on": plausible answers, a photograph for each line, the first centre."""
    for _ in range(30):
        visitor.open(draft)
        onward = visitor.page.locator("main .ym-btns a.ym-btn")
        address = onward.get_attribute("href") or ""
        if address.endswith("/check/"):
            return
        visitor.open(address)
        if "/form/" in address:
            _answer_anything(visitor)
            visitor.press("main form button.ym-btn")
        elif "/materials/" in address:
            visitor.page.set_input_files("[name=files]", photo())
            visitor.press("form:has([name=files]) button.ym-btn")
        else:
            visitor.page.locator("[name=centre]").first.check(force=True)
            visitor.press("main form button.ym-btn")
    raise AssertionError(f"the filing does not come to an end: {visitor.text()}")


def _answer_anything(visitor: Visitor) -> None:
    """Whatever is asked and empty on this page, by the kind of its field."""
    page = visitor.page
    for group in page.locator("main form .govuk-radios, main form .govuk-checkboxes").all():
        if group.is_visible() and not group.locator("input:checked").count():
            group.locator("input").first.check(force=True)
    for select in page.locator("main form select").all():
        select.select_option(index=1)
    for field in page.locator("main form input.govuk-input, main form textarea").all():
        if not field.is_visible() or field.input_value():
            continue
        name, mode = field.get_attribute("name") or "", field.get_attribute("inputmode") or ""
        if name.endswith(("-year", "-month", "-day")):
            field.fill({"year": "2016", "month": "5", "day": "20"}[name.rsplit("-", 1)[1]])
        elif mode == "tel":
            field.fill("13800000001")
        elif mode in ("numeric", "decimal"):
            field.fill("30")
        else:
            field.fill("演示内容")
