"""The demo's SMS provider: a small HTTP server that takes ``POST /sms``."""

from __future__ import annotations

import json
import re
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Self

from yimen.channels.gateways.demo_inbox import DemoInbox
from yimen.channels.terms import Channel

MAX_BYTES = 65_536
_NUMBER = re.compile(r"\+?[0-9]{5,15}")


class _Sms(BaseHTTPRequestHandler):
    """One request. Numbers that cannot be numbers are refused with 422, as providers do."""

    timeout = 10

    def __init__(self, inbox: DemoInbox, *given: object) -> None:
        self.inbox = inbox
        super().__init__(*given)  # type: ignore[arg-type]  # what socketserver gives

    def do_POST(self) -> None:
        """Take an SMS."""
        size = self.headers.get("Content-Length", "")
        if self.path != "/sms":
            return self._answer(HTTPStatus.NOT_FOUND, {"error": "post to /sms"})
        if not size.isdecimal() or int(size) > MAX_BYTES:
            return self._answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, {"error": f"at most {MAX_BYTES} bytes"})
        return self._take(self.rfile.read(int(size)))

    def _take(self, body: bytes) -> None:
        try:
            data = json.loads(body)
            key, to, text = str(data["key"]), str(data["to"]), str(data["text"])
        except (ValueError, KeyError, TypeError):
            return self._answer(HTTPStatus.BAD_REQUEST, {"error": "JSON with key, to and text is wanted"})
        if not _NUMBER.fullmatch(to):
            return self._answer(HTTPStatus.UNPROCESSABLE_ENTITY, {"error": "to is not a telephone number"})
        reference = self.inbox.keep(channel=Channel.SMS, address=to, title="", text=text, key=key)
        return self._answer(HTTPStatus.OK, {"reference": reference})

    def _answer(self, status: HTTPStatus, data: dict[str, str]) -> None:
        body = json.dumps(data).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words: object) -> None:
        """Nothing: the inbox page shows what arrived."""


class DemoSmsServer:
    """The server in a thread of its own, between ``with`` and its end. Port 0 takes a free one."""

    def __init__(self, inbox: DemoInbox, port: int) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", port), partial(_Sms, inbox))
        self._server.daemon_threads = True
        self.port: int = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}/sms"
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.1}, name="demo-sms")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
