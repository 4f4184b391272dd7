"""A small client for load: keep-alive, raw sockets, threads; as little work of its own as Python allows."""

from __future__ import annotations

import socket
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from statistics import quantiles
from time import perf_counter, sleep
from urllib.parse import urlsplit

#: The longest that anybody waits for an answer.
PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class Ask:
    """One request as bytes, and the status of the answer that counts as done."""

    raw: bytes
    status: int


def ask(
    base: str, method: str, path: str, *, status: int = 200, headers: Mapping[str, str] | None = None, body: bytes = b""
) -> Ask:
    """The request for a path below the base address."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {urlsplit(base).netloc}"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    if method != "GET":
        lines.append(f"Content-Length: {len(body)}")
    return Ask("\r\n".join([*lines, "", ""]).encode() + body, status)


class Line:
    """One connection that stays open; a broken one is opened anew."""

    def __init__(self, base: str) -> None:
        parts = urlsplit(base)
        self.place = (parts.hostname or "127.0.0.1", parts.port or 80)
        self.socket: socket.socket | None = None
        self.left = b""

    def send(self, raw: bytes) -> tuple[int, bytes]:
        """Status and body of the answer. OSError when the server hangs up in the middle."""
        if self.socket is None:
            self.socket = socket.create_connection(self.place, PATIENCE)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.left = b""
        try:
            self.socket.sendall(raw)
            return self._answer()
        except OSError:
            self.close()
            raise

    def _more(self) -> None:
        assert self.socket is not None
        chunk = self.socket.recv(65536)
        if not chunk:
            raise ConnectionResetError("the server hung up")
        self.left += chunk

    def _answer(self) -> tuple[int, bytes]:
        while (end := self.left.find(b"\r\n\r\n")) < 0:
            self._more()
        head = self.left[:end].lower()
        status = int(head[9:12])
        self.left = self.left[end + 4 :]
        if b"transfer-encoding: chunked" in head:
            return status, self._chunks()
        at = head.find(b"content-length:")
        length = int(head[at + 15 : head.find(b"\r\n", at) if b"\r\n" in head[at:] else None]) if at >= 0 else 0
        return status, self._take(length)

    def _take(self, length: int) -> bytes:
        while len(self.left) < length:
            self._more()
        body, self.left = self.left[:length], self.left[length:]
        return body

    def _chunks(self) -> bytes:
        whole = b""
        while True:
            while (end := self.left.find(b"\r\n")) < 0:
                self._more()
            size = int(self.left[:end].split(b";")[0], 16)
            self.left = self.left[end + 2 :]
            whole += self._take(size)
            self._take(2)
            if not size:
                return whole

    def close(self) -> None:
        """Hang up."""
        if self.socket:
            self.socket.close()
        self.socket = None


@dataclass
class Load:
    """What came of it: answers as wished, others by what was wrong with them, how long each took."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)

    @property
    def done(self) -> int:
        """Answers as wished."""
        return len(self.latencies)

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.done / self.seconds if self.seconds else 0.0

    def ms(self, per_cent: int) -> float:
        """The latency that so many per cent do not exceed, in milliseconds."""
        if self.done < 2:
            return 0.0
        return quantiles(self.latencies, n=100, method="inclusive")[per_cent - 1] * 1000


Asks = Callable[[int], Iterator[Ask]]


def drive(base: str, asks: Asks, *, clients: int, seconds: float, rate: float = 0.0) -> Load:
    """Ask for so long with so many clients, each as fast as it is answered; with ``rate`` at that pace in all instead.

    At a pace the latency counts from the moment at which the request was due. Whoever has asked waits for the answer:
    what was acknowledged is all there is. Clients whose iterator ends stop early.
    """
    load, lock, begun = Load(), threading.Lock(), perf_counter()
    until = begun + seconds

    def client(number: int) -> None:
        line, own = Line(base), Load()
        step = clients / rate if rate else 0.0
        due = begun + number * step / clients
        for one in asks(number):
            if step:
                sleep(max(0.0, due - perf_counter()))
            start = due if step else perf_counter()
            due += step
            if perf_counter() >= until or start >= until:
                break
            _one(line, one, start, own)
        line.close()
        with lock:
            load.latencies += own.latencies
            load.errors.update(own.errors)

    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    load.seconds = perf_counter() - begun
    return load


def _one(line: Line, one: Ask, start: float, own: Load) -> None:
    try:
        status, body = line.send(one.raw)
    except OSError as error:
        own.errors[type(error).__name__] += 1
        return
    if status == one.status:
        own.latencies.append(perf_counter() - start)
    else:
        own.errors[f"{status} {body[:160].decode(errors='replace')}"] += 1
