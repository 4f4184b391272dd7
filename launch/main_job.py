"""The main job as a walk: filed online, checked at the window, decided by the department, handed over."""

from __future__ import annotations

import json
import re
import struct
import zlib
from collections.abc import Callable
from typing import Any

from launch.browser import Answer, NotThere, Person
from launch.walk import Walk, WentWrong, expect

#: The item that is filed: review, visit at home by two people, decision. The window takes papers in for it too.
ITEM = "BA-MZ-107"
DOCUMENT = "440306198801010018"
ANSWERS = {
    "person": {"address": "宝安区西乡街道示例路 18 号"},
    "happened": {
        "what_happened": "accident",
        "happened_on-year": "2026",
        "happened_on-month": "10",
        "happened_on-day": "9",
        "story": "厨房失火，家具烧毁，演示内容。",
        "urgent": "no",
    },
    "family": {"members": "3", "shortage": "5000.00", "bank_name": "", "bank_account": ""},
}


def picture() -> bytes:
    """A small grey PNG: what a phone would send."""
    rows = b"".join(b"\0" + bytes([200] * 40 * 3) for _ in range(30))

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 40, 30, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def signed_in(walk: Walk, username: str) -> Person:
    """Somebody of the demo, with a session."""
    people: list[dict[str, Any]] = walk.sign_ins.get("sign_ins", [])  # type: ignore[assignment]
    known = next((row for row in people if row["username"] == username), None)
    password = known["password"] if known else next((row["password"] for row in people), "")
    person = walk.person()
    page = person.get("/accounts/login/")
    expect(person.submit(page.form(having="login"), {"login": username, "password": password}))
    if any(cookie.name == "yimen_session" for cookie in person.cookies):
        return person
    raise WentWrong(f"{username} could not sign in")


def file_online(person: Person) -> tuple[str, str]:
    """Fill in the form page by page, hand in what is asked for, check, send; the case number and the PIN."""
    page = expect(person.get(f"/items/{ITEM}/file/"))
    page = expect(person.submit(page.form(having="csrfmiddlewaretoken", to="/file/"), {}))
    draft = re.search(r"/my/drafts/[0-9a-f-]{36}/", page.url)
    if not draft:
        raise NotThere(f"no draft behind {page.url}")
    for step, answers in ANSWERS.items():
        page = expect(person.get(f"{draft[0]}form/{step}/"))
        expect(person.submit(page.form(to=f"/form/{step}/"), answers))
    for code in ("id_card", "event_proof"):
        page = expect(person.get(f"{draft[0]}materials/{code}/"))
        expect(person.submit(page.form(having="files"), {}, files=[("files", f"{code}.png", picture(), "image/png")]))
    page = expect(person.get(f"{draft[0]}materials/bank_book/"))
    expect(person.submit(page.form(having="paper"), {}, press="paper"))
    page = expect(person.get(f"{draft[0]}collection/"))
    form = page.form(having="centre")
    expect(person.submit(form, {"centre": form.offers["centre"][0]}))
    page = expect(person.get(f"{draft[0]}check/"))
    page = expect(person.submit(page.form(having="declare"), {"declare": "yes"}))
    number = re.search(r"/my/cases/([^/]+)/filed/", page.url)
    pin = re.search(r">\s*(\d{6})\s*</dd>", page.text)
    if not number or not pin:
        raise WentWrong(f"{page.url} shows no number and PIN")
    return number[1], pin[1]


def judge(clerk: Person, case_no: str, *, flawed: str = "") -> Answer:
    """Hold every line against its paper: in order, or flawed for one."""
    for _ in range(12):
        page = expect(clerk.get(f"/desk/window/{case_no}/"))
        try:
            form = page.form(having="verdict")
        except NotThere:
            return page
        line = dict(form.fields)["line"]
        if f'id="{line}"' not in page.text:
            raise WentWrong(f"the checklist has no line {line}")
        is_open = re.search(rf'<li class="\s*is-cur" id="{line}"', page.text)
        if not is_open:
            return page
        press = "flawed" if line == flawed else "good"
        values = {"flaw": "看不清，请重新拍一张清楚的。"} if press == "flawed" else {}
        expect(clerk.submit(form, values, press=press))
    raise WentWrong("the checklist does not come to an end")


def act(person: Person, address: str, to: str, values: dict[str, Any] | None = None) -> Answer:
    """Open a page of the desk and send its form that goes to ``to``."""
    page = expect(person.get(address))
    return expect(person.submit(page.form(to=to), values or {}))


def letter(person: Person, address: str, words: str) -> bytes:
    """The PDF behind the link with these words."""
    found = person.fetch(expect(person.get(address)).link(words))
    if found.status != 200 or not found.body.startswith(b"%PDF"):
        raise WentWrong(f"{words} is no PDF (status {found.status})")
    return found.body


def granted(walk: Walk) -> None:
    """From the question to the result in hand."""
    with walk.step("resident", "finds the item in everyday words"):
        expect(walk.person().get("/items/", q="失火了 救助"), "临时救助")
    resident = None
    with walk.step("resident", "signs in"):
        resident = signed_in(walk, "chen")
    with walk.step("resident", "files online with uploads"):
        case_no, pin = file_online(resident)
    walk.keep("receipt.pdf", letter(resident, f"/my/cases/{case_no}/", "收件"))
    with walk.step("clerk", "receives the paper, checks every line, accepts"):
        clerk = signed_in(walk, "clerk-ba-1")
        act(clerk, f"/desk/window/{case_no}/", "/receive/")
        judge(clerk, case_no)
        act(clerk, f"/desk/window/{case_no}/", "/accept/")
    walk.keep("acceptance.pdf", letter(resident, f"/my/cases/{case_no}/", "受理"))
    _examine(walk, case_no)
    with walk.step("decider", "grants"):
        decider = signed_in(walk, "civil-decider-1")
        act(decider, f"/desk/tasks/{case_no}/", f"/desk/tasks/{case_no}/", {"act": "grant", "text": "符合条件，准予。"})
    walk.keep("decision.pdf", letter(resident, f"/my/cases/{case_no}/", "准予"))
    with walk.step("issuing clerk", "makes the result and hands it over"):
        issuer = signed_in(walk, "issuer-ba-1")
        act(issuer, f"/desk/issuing/{case_no}/", f"/desk/issuing/{case_no}/")
        act(issuer, f"/desk/issuing/{case_no}/", f"/desk/issuing/{case_no}/", {"id_number": DOCUMENT})
    with walk.step("anybody", "checks the case by number and PIN and takes the proof"):
        _check_by_pin(walk, case_no, pin)
    with walk.step("resident", "sees every step of it"):
        expect(resident.get(f"/my/cases/{case_no}/"), case_no)


def _examine(walk: Walk, case_no: str) -> None:
    with walk.step("reviewer", "gives an opinion"):
        reviewer = signed_in(walk, "civil-reviewer-1")
        address = f"/desk/tasks/{case_no}/"
        act(reviewer, address, address, {"opinion": "pass", "text": "材料齐全，建议上门看一看。"})
    with walk.step("surveyor", "records a visit by two people"):
        surveyor = signed_in(walk, "civil-surveyor-1")
        page = expect(surveyor.get(address))
        form = page.form(to=address)
        expect(
            surveyor.submit(form, {"opinion": "pass", "people": form.offers["people"][:1], "text": "两人入户，属实。"})
        )


def _check_by_pin(walk: Walk, case_no: str, pin: str) -> None:
    anybody = walk.person()
    page = expect(anybody.get("/check/"))
    expect(anybody.submit(page.form(having="pin", to="/check/"), {"case_no": case_no, "pin": pin}), case_no)
    proof = anybody.fetch(f"/check/{case_no}/proof/")
    lines = json.loads(proof.body)
    walk.keep("proof.json", proof.body)
    if not lines:
        raise WentWrong("the proof is empty")


def corrected_and_refused(walk: Walk) -> None:
    """Said once what is missing, mended by the resident, and then refused with reasons."""
    with walk.step("representative", "files a second case"):
        resident = signed_in(walk, "li")
        case_no, _pin = file_online(resident)
    with walk.step("clerk", "says once what is missing"):
        clerk = signed_in(walk, "clerk-ba-1")
        judge(clerk, case_no, flawed="event_proof")
        act(clerk, f"/desk/window/{case_no}/", "/correction/")
    walk.keep("correction.pdf", letter(resident, f"/my/cases/{case_no}/", "补正"))
    with walk.step("representative", "hands in the correction"):
        page = expect(resident.get(f"/my/cases/{case_no}/correct/"))
        new = [("files-event_proof", "clear.png", picture(), "image/png")]
        expect(resident.submit(page.form(having="files-event_proof"), {}, files=new))
    with walk.step("clerk", "accepts the corrected case"):
        judge(clerk, case_no)
        act(clerk, f"/desk/window/{case_no}/", "/accept/")
    _examine(walk, case_no)
    with walk.step("decider", "refuses with reason and basis"):
        decider = signed_in(walk, "civil-decider-1")
        words = {"act": "refuse", "text": "家庭财产超过规定标准。", "legal_basis": "《社会救助暂行办法》"}
        act(decider, f"/desk/tasks/{case_no}/", f"/desk/tasks/{case_no}/", words)
    walk.keep("refusal.pdf", letter(resident, f"/my/cases/{case_no}/", "不予"))


def faults(walk: Walk) -> None:
    """What must not work does not: wrong PIN, somebody else's case, a lying file, the same filing twice."""
    with walk.step("stranger", "is refused somebody else's case, with a wrong PIN and without signing in"):
        stranger = walk.person()
        page = expect(stranger.get("/check/"))
        form = page.form(having="pin", to="/check/")
        expect(stranger.submit(form, {"case_no": "BA16-0924-000417-6", "pin": "000000"}), status=404)
        expect(stranger.get("/desk/"))
        if "/accounts/login" not in stranger.get("/desk/").url:
            raise WentWrong("the desk opens without signing in")


PARTS: tuple[Callable[[Walk], None], ...] = (granted, corrected_and_refused, faults)
