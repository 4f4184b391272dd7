"""Filers, clerks and officers who go on whatever happens: each act until it is acknowledged, or found to be done."""

from __future__ import annotations

import json
import secrets
import struct
import threading
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic, sleep
from typing import Any

from bench import _house
from bench._acts import CLERK, DECIDER, OPINION, REVIEWER
from bench._http import Line, ask
from bench.file import application, id_number

CLIENTS = 4
ISSUER = "issuer-ba-xx-1"
#: The acts of a life: the verb of the ledger, who, address, what is sent.
ACTS: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
    ("accept", CLERK, "acceptance", {}),
    ("give_opinion", REVIEWER, "opinion", OPINION),
    ("grant", DECIDER, "grant", {"text": "符合条件，准予。"}),
    ("make_result", ISSUER, "result", {}),
    ("hand_over", ISSUER, "hand-over", {}),
)
JSON = "application/json"


@dataclass
class Kept:
    """What the platform has acknowledged, as those remember it who were told."""

    #: Idempotency key → case number.
    filed: dict[str, str] = field(default_factory=dict)
    #: Case number → acts that were acknowledged or found done.
    lives: dict[str, list[str]] = field(default_factory=dict)
    acts: Counter[str] = field(default_factory=Counter)
    #: Tries without an answer, and with one that says that it is the server's fault, by status (0: none).
    faults: Counter[int] = field(default_factory=Counter)
    found_done: int = 0
    #: What should never be: another answer to the same key, a refusal of what nobody has done yet.
    strange: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Told:
    """An answer. ``unsure`` when an earlier try got none: it may have been carried out."""

    status: int
    body: bytes
    unsure: bool

    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


class Clients:
    """So many people at once, each on a connection of their own."""

    def __init__(self, count: int) -> None:
        self.kept, self._count, self._stop = Kept(), count, threading.Event()
        house = _house.House(on_the_wire=False)
        self.tokens = {name: _house.token(name, username=name) for name in (CLERK, REVIEWER, DECIDER, ISSUER)}
        self.tokens["filer"] = _house.token("filer")
        self.cookie = _house.session(CLERK)
        del house

    @property
    def done(self) -> int:
        """Acts that were acknowledged so far, filings among them."""
        return len(self.kept.filed) + sum(self.kept.acts.values())

    def rate_during(self, seconds: float) -> float:
        """Acts a second during the next so many seconds."""
        before, begun = self.done, monotonic()
        sleep(seconds)
        return (self.done - before) / (monotonic() - begun)

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """They work for the length of the block, and finish the life that they are at."""
        threads = [threading.Thread(target=self._work, args=(number,)) for number in range(self._count)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._stop.set()
            for thread in threads:
                thread.join()

    def _work(self, number: int) -> None:
        client = Client(self, number)
        while not self._stop.is_set():
            try:
                client.life()
            except Exception as error:
                self.kept.strange.append(f"{type(error).__name__}: {error}")


class Client:
    """One of them, taking one case after the other through its life."""

    def __init__(self, clients: Clients, number: int) -> None:
        self.kept, self.clients, self.number = clients.kept, clients, number
        self.line, self.count = Line(_house.URL), 0

    def send(self, method: str, path: str, who: str, body: bytes = b"", kind: str = JSON, **headers: str) -> Told:
        """Until there is an answer that is no fault of the server."""
        login = {"Cookie": self.clients.cookie} if not who else {"Authorization": f"Bearer {self.clients.tokens[who]}"}
        one = ask(_house.URL, method, path, headers={**login, "Content-Type": kind, **headers}, body=body)
        unsure = False
        while True:
            try:
                status, answer = self.line.send(one.raw)
            except (OSError, ValueError):
                status = 0
                self.line.close()
            if 0 < status < 500:
                return Told(status, answer, unsure)
            unsure = True
            self.kept.faults[status] += 1
            sleep(0.1)

    def api(self, method: str, path: str, who: str, body: object = None) -> Told:
        """One call of the API."""
        return self.send(method, f"/api/v1/cases{path}", who, json.dumps(body).encode() if body is not None else b"")

    def life(self) -> None:
        """From the filing to the hand-over."""
        case_no, applicant = self.file()
        self.judge(case_no)
        self.scan(case_no)
        for verb, who, path, body in ACTS:
            self.act(case_no, verb, who, path, {"id_number": applicant} if verb == "hand_over" else body)

    def file(self) -> tuple[str, str]:
        """A new case; now and then the same is sent once more, as if the answer had been lost."""
        self.count += 1
        number = (self.count * 37 + self.number) % 5000
        given = application(number, mark=f"fire{self.number}-")
        told = self.api("POST", "", "filer", given)
        case_no = self._filed(given["key"], told)
        if secrets.randbelow(10) == 0:
            again = self._filed(given["key"], self.api("POST", "", "filer", given))
            if again != case_no:
                self.kept.strange.append(f"{given['key']} is {case_no} and {again}")
        return case_no, id_number(number)

    def _filed(self, key: object, told: Told) -> str:
        if told.status != 201:
            raise RuntimeError(f"filing answered {told.status} {told.body[:200]!r}")
        case_no: str = told.json()["case_no"]
        self.kept.filed[str(key)] = case_no
        self.kept.lives.setdefault(case_no, [])
        return case_no

    def judge(self, case_no: str) -> None:
        """Every line of the checklist is good; saying so twice does no harm."""
        for row in self.api("GET", f"/{case_no}", CLERK).json()["materials"]:
            if row["verdict"] == "open" and row["way"] != "not_needed":
                told = self.api("PUT", f"/{case_no}/materials/{row['code']}", CLERK, {"verdict": "good"})
                if told.status != 200:
                    raise RuntimeError(f"{case_no} judge answered {told.status} {told.body[:200]!r}")

    def scan(self, case_no: str) -> None:
        """A paper goes under the scanner; no picture is like another."""
        token = secrets.token_hex(16)
        kind, body = form({"csrfmiddlewaretoken": token, "line": "id_card"}, scan=picture())
        cookie = f"{self.clients.cookie}; csrftoken={token}"
        told = self.send("POST", f"/desk/window/{case_no}/scan/", "", body, kind, Cookie=cookie, Referer=_house.URL)
        if told.status != 302:
            raise RuntimeError(f"{case_no} scan answered {told.status}")
        self.kept.acts["scan"] += 1

    def act(self, case_no: str, verb: str, who: str, path: str, body: dict[str, Any]) -> None:
        """One act on the picture of the case that its officer saw."""
        seen = self.api("GET", f"/{case_no}", who).json()["revision"]
        told = self.api("POST", f"/{case_no}/{path}", who, {**body, "revision": seen})
        if told.status == 409 and told.unsure and self._is_done(case_no, verb):
            self.kept.found_done += 1
        elif told.status != 200:
            raise RuntimeError(f"{case_no} {verb} answered {told.status} {told.body[:200]!r}")
        self.kept.lives[case_no].append(verb)
        self.kept.acts[verb] += 1

    def _is_done(self, case_no: str, verb: str) -> bool:
        """Nobody else acts on this case: what stands in its history is our own try that got no answer."""
        return verb in {line["verb"] for line in self.api("GET", f"/{case_no}", CLERK).json()["history"]}


def form(fields: dict[str, str], **files: bytes) -> tuple[str, bytes]:
    """Media type and body of a form with pictures."""
    edge = secrets.token_hex(8)
    parts = [(f'"{name}"', value.encode()) for name, value in fields.items()]
    parts += [(f'"{name}"; filename="扫描.png"\r\nContent-Type: image/png', content) for name, content in files.items()]
    body = b"".join(
        f"--{edge}\r\nContent-Disposition: form-data; name={head}\r\n\r\n".encode() + content + b"\r\n"
        for head, content in parts
    )
    return f"multipart/form-data; boundary={edge}", body + f"--{edge}--\r\n".encode()


def picture() -> bytes:
    """A small PNG of noise."""
    rows = b"".join(b"\0" + secrets.token_bytes(48) for _ in range(16))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 16, 16, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
