"""Between a client and PostgreSQL, on the wire: how often the client waits, which statements it sends, what comes back.

A round trip begins when the client speaks while nothing of its is unanswered; however much it sends before it waits for
the answer, it is one. So a pipeline counts once, and BEGIN and COMMIT count like everything else.
"""

from __future__ import annotations

import re
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from psycopg import postgres, sql
from psycopg.adapt import Transformer
from psycopg.pq import Format

_TYPES = postgres.types


@dataclass(slots=True)
class Statement:
    """One statement as PostgreSQL could be given it by hand, and the rows it brought, as texts."""

    text: str
    columns: list[str] = field(default_factory=list)
    rows: list[list[str | None]] = field(default_factory=list)


@dataclass(slots=True)
class Recording:
    """What went over the wire: a list of statements for each round trip."""

    trips: list[list[Statement]] = field(default_factory=list)
    #: The answer of the application, for whoever asked.
    body: bytes = b""

    @property
    def count(self) -> int:
        """Round trips."""
        return len(self.trips)

    @property
    def statements(self) -> list[Statement]:
        """All statements in order."""
        return [one for trip in self.trips for one in trip]


class _Session:
    """One connection: both directions, read message by message."""

    def __init__(self, wire: Wire, client: socket.socket, server: socket.socket) -> None:
        self.wire, self.client, self.server = wire, client, server
        self.unanswered = 0
        self.is_open = False
        self.prepared: dict[bytes, tuple[str, list[int]]] = {}
        self.bound: Statement | None = None
        self.waiting: list[Statement] = []
        self.columns: list[tuple[str, int, int]] = []
        self.lock = threading.Lock()

    def start(self) -> None:
        for talk in (self._from_client, self._from_server):
            threading.Thread(target=talk, daemon=True).start()

    def _from_client(self) -> None:
        with suppress(OSError):
            left = self._greeting()
            while chunk := self.client.recv(65536):
                left = self._read(left + chunk, self._said)
                self.server.sendall(chunk)
        for side in (self.client, self.server):
            with suppress(OSError):
                side.shutdown(socket.SHUT_RDWR)

    def _greeting(self) -> bytes:
        """Up to the startup message, which has no letter; encryption is asked for and declined."""
        left = b""
        while True:
            chunk = self.client.recv(65536)
            if not chunk:
                raise ConnectionResetError
            left += chunk
            if len(left) >= 8 and len(left) >= (size := struct.unpack("!I", left[:4])[0]):
                code = struct.unpack("!I", left[4:8])[0]
                if code in (80877103, 80877104):
                    self.client.sendall(b"N")
                    left = left[size:]
                    continue
                self.server.sendall(left)
                return left[size:]

    def _from_server(self) -> None:
        left = b""
        with suppress(OSError):
            while chunk := self.server.recv(65536):
                left = self._read(left + chunk, self._answered)
                self.client.sendall(chunk)
        with suppress(OSError):
            self.client.shutdown(socket.SHUT_RDWR)

    @staticmethod
    def _read(data: bytes, hear) -> bytes:
        while len(data) >= 5 and len(data) >= (end := 1 + struct.unpack("!I", data[1:5])[0]):
            hear(data[:1], data[5:end])
            data = data[end:]
        return data

    def _said(self, kind: bytes, body: bytes) -> None:
        with self.lock:
            if kind in b"QPBDECS" and not self.unanswered and not self.is_open:
                self.wire.recording.trips.append([])
                self.is_open = True
            if kind == b"Q":
                self._statement(Statement(body[:-1].decode()))
            elif kind == b"P":
                name, query, rest = body.split(b"\0", 2)
                count = struct.unpack("!H", rest[:2])[0]
                self.prepared[name] = (query.decode(), list(struct.unpack(f"!{count}I", rest[2 : 2 + 4 * count])))
            elif kind == b"B":
                self.bound = self._bind(body)
            elif kind == b"E" and self.bound:
                self._statement(self.bound)
            if kind in b"QS":
                self.unanswered += 1
                self.is_open = False

    def _statement(self, one: Statement) -> None:
        self.waiting.append(one)
        self.wire.recording.trips[-1].append(one)

    def _bind(self, body: bytes) -> Statement:
        _portal, name, rest = body.split(b"\0", 2)
        query, types = self.prepared[name]
        formats, at = _shorts(rest, 0)
        count = struct.unpack("!H", rest[at : at + 2])[0]
        at += 2
        values: list[str] = []
        for place in range(count):
            size = struct.unpack("!i", rest[at : at + 4])[0]
            at += 4
            raw = rest[at : at + size] if size >= 0 else None
            at += max(size, 0)
            form = formats[place] if len(formats) > 1 else formats[0] if formats else 0
            values.append(_literal(raw, types[place] if place < len(types) else 0, form))
        return Statement(re.sub(r"\$(\d+)", lambda found: values[int(found[1]) - 1], query))

    def _answered(self, kind: bytes, body: bytes) -> None:
        with self.lock:
            if kind == b"T":
                self.columns = _columns(body)
                if self.waiting:
                    self.waiting[0].columns = [name for name, _, _ in self.columns]
            elif kind == b"D" and self.waiting:
                self.waiting[0].rows.append(_row(body, self.columns))
            elif kind in b"CIs" and self.waiting:
                self.waiting.pop(0)
            elif kind == b"Z":
                self.unanswered = max(0, self.unanswered - 1)
                if not self.unanswered and not self.is_open:
                    self.waiting.clear()


def _shorts(data: bytes, at: int) -> tuple[list[int], int]:
    count = struct.unpack("!H", data[at : at + 2])[0]
    return list(struct.unpack(f"!{count}H", data[at + 2 : at + 2 + 2 * count])), at + 2 + 2 * count


def _literal(raw: bytes | None, oid: int, form: int) -> str:
    if raw is None:
        return "NULL"
    info = _TYPES.get(oid)
    kind = (f"{info.name}[]" if oid == info.array_oid else info.name) if info else ""
    if form == Format.BINARY:
        value = Transformer().get_loader(oid, Format.BINARY).load(raw)
        text = sql.Literal(value).as_string(None)
        return text if "::" in text or not kind or kind == "text" else f"{text}::{kind}"
    text = sql.Literal(raw.decode()).as_string(None).strip()
    return f"{text}::{kind}" if kind and kind != "text" else text


def _columns(body: bytes) -> list[tuple[str, int, int]]:
    count, at, found = struct.unpack("!H", body[:2])[0], 2, []
    for _ in range(count):
        end = body.index(b"\0", at)
        oid, form = struct.unpack("!I", body[end + 7 : end + 11])[0], struct.unpack("!H", body[end + 17 : end + 19])[0]
        found.append((body[at:end].decode(), oid, form))
        at = end + 19
    return found


def _row(body: bytes, columns: list[tuple[str, int, int]]) -> list[str | None]:
    count, at, row = struct.unpack("!H", body[:2])[0], 2, []
    for place in range(count):
        size = struct.unpack("!i", body[at : at + 4])[0]
        at += 4
        raw = body[at : at + size] if size >= 0 else None
        at += max(size, 0)
        _, oid, form = columns[place] if place < len(columns) else ("", 0, 0)
        if raw is None:
            row.append(None)
        elif form == Format.BINARY:
            row.append(str(Transformer().get_loader(oid, Format.BINARY).load(raw)))
        else:
            row.append(raw.decode(errors="replace"))
    return row


class Wire:
    """Listens on a port of its own and passes everything on to the server behind it."""

    def __init__(self, host: str, port: int) -> None:
        self.behind = (host, port)
        self.recording = Recording()
        self.ears = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.ears.getsockname()[1]
        threading.Thread(target=self._welcome, daemon=True).start()

    def _welcome(self) -> None:
        while True:
            client, _ = self.ears.accept()
            server = socket.create_connection(self.behind)
            for side in (client, server):
                side.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            _Session(self, client, server).start()

    @contextmanager
    def record(self) -> Iterator[Recording]:
        """What is said within the block; one client at a time."""
        self.recording = Recording()
        yield self.recording
        self.recording = Recording()


__all__ = ["Recording", "Statement", "Wire"]
