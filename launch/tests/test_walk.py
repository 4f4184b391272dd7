"""A person at a browser without scripts, against a small server of this test; and the steps of a walk."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from launch.browser import Form, NotThere, Person
from launch.walk import Walk, WentWrong, expect

PAGE = """<a href="/away">To <b>the</b> desk</a><form method="post" action="/sent">
<input type=hidden name=token value=t1>
<input name=name value=old><input type=radio name=way value=post><input type=radio name=way value=window checked>
<input type=checkbox name=agree value=yes><select name=street><option value=1>一<option value=2 selected>二</select>
<textarea name=why>
because</textarea><input type=file name=paper><button name=do value=send>Send</button></form>"""


class _Server(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/away":
            return self._answer(404, "nothing here")
        return self._answer(200, PAGE, ("Set-Cookie", "seen=1; Path=/"))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self._answer(200, f"{self.headers['Cookie']}|{body}")

    def _answer(self, status: int, text: str, *headers: tuple[str, str]) -> None:
        self.send_response(status)
        for name, value in (("Content-Type", "text/html; charset=utf-8"), *headers):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_words: object) -> None:
        pass


@pytest.fixture(scope="module")
def base_url() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Server) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def test_a_form_keeps_what_it_holds_and_takes_what_a_person_fills_in(base_url: str) -> None:
    person = Person(base_url)
    form = person.get("/").form(having="street")

    answer = person.submit(form, {"name": "陈 晓", "agree": ["yes"]}, press="send")

    assert answer.text == ("seen=1|token=t1&way=window&street=2&why=because&name=%E9%99%88+%E6%99%93&agree=yes&do=send")


def test_a_form_with_a_file_is_sent_in_parts(base_url: str) -> None:
    person = Person(base_url)
    form = person.get("/").form(to="/sent")

    answer = person.submit(form, {}, files=[("paper", "a.pdf", b"%PDF", "application/pdf")])

    assert 'name="paper"; filename="a.pdf"\r\nContent-Type: application/pdf\r\n\r\n%PDF' in answer.text


def test_what_is_not_there_is_said(base_url: str) -> None:
    page = Person(base_url).get("/")

    assert page.link("To the desk") == "/away"
    with pytest.raises(NotThere, match="no link 'inbox'"):
        page.link("inbox")
    with pytest.raises(NotThere, match="has no field colour"):
        Form("/x", "post").filled({"colour": "red"})


def test_a_walk_tells_each_step_and_ends_with_the_first_that_fails(base_url: str, tmp_path: Path) -> None:
    walk = Walk(base_url, keep_in=tmp_path)
    with walk.step("stranger", "opens the page"):
        expect(walk.person().get("/"), "desk")

    with pytest.raises(WentWrong, match="answered 404 instead of 200"), walk.step("stranger", "goes to the desk"):
        expect(walk.person().get("/away"))
    walk.report(ok=False)

    told = json.loads((tmp_path / "report.json").read_text())
    assert [(step["what"], step["ok"]) for step in told["steps"]] == [
        ("opens the page", True),
        ("goes to the desk", False),
    ]
