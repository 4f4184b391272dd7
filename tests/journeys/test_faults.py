"""What people do to a website: twice at once, with a stolen number or a lying file, faster than a colleague, back."""

from __future__ import annotations

from threading import Barrier, Thread
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

import pytest

from tests.journeys.people import Crowd, Visitor, complete, file, judge, send, start_filing


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *args, **kwargs):
        return None


def _both_at_once(visitor: Visitor, path: str, values: dict[str, str], times: int) -> list[tuple[int, str]]:
    """The same form sent from several tabs at the same moment: status and where to, each."""
    jar = "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in visitor.context.cookies())
    found: list[tuple[int, str]] = []
    barrier = Barrier(times)

    def send_it() -> None:
        request = Request(visitor.base + path, urlencode(values).encode(), {"Cookie": jar, "Referer": visitor.base})
        opener = build_opener(ProxyHandler({}), _Stay())
        opener.addheaders = []
        barrier.wait()
        try:
            with opener.open(request, timeout=60) as answer:
                found.append((answer.status, answer.url))
        except OSError as error:
            found.append((error.code, error.headers.get("Location", "")))

    tabs = [Thread(target=send_it) for _ in range(times)]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join()
    return found


def test_one_draft_from_two_tabs_at_once(crowd: Crowd):
    resident = crowd.signed_in("ng")
    draft = start_filing(resident)
    complete(resident, draft)
    resident.open(f"{draft}check/")
    token = resident.page.locator("[name=csrfmiddlewaretoken]").first.input_value()
    before = crowd.ask("SELECT count(*) FROM cases_case")[0][0]
    found = _both_at_once(resident, f"{draft}check/", {"csrfmiddlewaretoken": token, "declare": "yes"}, 4)
    assert len(set(found)) == 1, found
    assert found[0][0] == 302
    assert found[0][1].endswith("/filed/")
    assert crowd.ask("SELECT count(*) FROM cases_case")[0][0] == before + 1


def test_the_way_back_after_sending(crowd: Crowd):
    resident = crowd.signed_in("ng")
    draft = start_filing(resident)
    complete(resident, draft)
    case_no = send(resident, draft)
    resident.page.go_back()
    assert resident.page.locator("h1").count() == 1
    if resident.page.locator("[name=declare]").count():
        resident.fill({"declare": "yes"})
        resident.press("form:has([name=declare]) button.ym-btn")
        assert case_no in resident.page.url, "the same case again"
    for part in ("", "check/", "form/person/", "materials/id_card/", "collection/"):
        resident.page.goto(resident.base + draft + part)
        assert resident.page.locator("h1").count() == 1
        assert case_no in resident.page.url or resident.page.locator("main a").count() >= 1


def test_nothing_of_somebody_else(crowd: Crowd):
    owner = crowd.signed_in("chen")
    draft = start_filing(owner)
    complete(owner, draft)
    owner.open(f"{draft}materials/id_card/")
    draft_file = owner.page.locator(".ym-files a").first.get_attribute("href") or ""
    open_draft = start_filing(owner)
    case_no = send(owner, draft)
    owner.open(f"/my/cases/{case_no}/")
    links = owner.page.locator(f"main a[href^='/my/cases/{case_no}/']").all()
    addresses = {str(link.get_attribute("href")) for link in links}
    assert len(addresses) >= 4
    thief = crowd.signed_in("huang")
    stolen = [f"/my/cases/{case_no}/", f"/my/cases/{case_no}/filed/", *addresses, draft_file, draft, open_draft]
    for path in stolen:
        thief.open(path, status=404)
    for path in ("form/person/", "materials/id_card/", "collection/", "check/", "drop/"):
        thief.open(open_draft + path, status=404)
    stranger = crowd.visitor()
    for path in stolen:
        stranger.open(path)
        assert "/accounts/login/" in stranger.page.url


@pytest.mark.parametrize(
    ("name", "media_type", "content"),
    [
        ("id.pdf", "application/pdf", b"MZ\x90\0This program cannot be run in DOS mode"),
        ("id.png", "image/png", b"<html><script>alert(1)</script></html>"),
        ("id.jpg", "image/jpeg", b"\xff\xd8\xff\xe0 broken off"),
        ("empty.pdf", "application/pdf", b""),
        ("id.svg", "image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
    ],
)
def test_a_file_that_lies(crowd: Crowd, name: str, media_type: str, content: bytes):
    resident = crowd.signed_in("huang")
    draft = start_filing(resident)
    resident.open(f"{draft}materials/id_card/")
    had = resident.page.locator(".ym-files li").count()
    resident.page.set_input_files("[name=files]", {"name": name, "mimeType": media_type, "buffer": content})
    resident.press("form:has([name=files]) button.ym-btn")
    assert resident.page.locator("[data-errors] a[href='#files']").count() == 1, resident.text()
    assert resident.page.locator("#files-error").inner_text().strip()
    assert resident.page.locator(".ym-files li").count() == had


def test_the_slower_clerk_is_told(crowd: Crowd):
    resident = crowd.signed_in("chen")
    case_no, _pin = file(resident)
    slow, quick = crowd.signed_in("clerk-ba-1"), crowd.signed_in("clerk-ba-2")
    judge(slow, case_no)
    quick.open(f"/desk/window/{case_no}/")
    quick.keys("F10")
    assert not quick.page.locator("[data-errors]").count(), quick.text()
    slow.press("form[action$='/accept/'] button")
    assert slow.page.locator("[data-errors] li").count() == 1, slow.text()
    rows = "SELECT count(*) FROM ledger_line WHERE chain = %s AND verb = 'accept'"
    assert crowd.ask(rows, case_no)[0][0] == 1
