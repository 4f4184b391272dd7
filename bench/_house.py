"""The platform beside a measurement: who may sign in, its processes, and the same application in process."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import psycopg

from bench._http import Line, ask
from bench._wire import Recording, Wire

ROOT = Path(__file__).resolve().parents[1]
URL = os.environ.get("BENCH_URL", "")
ADMIN = os.environ.get("BENCH_ADMIN_URL", "")
APP = os.environ.get("BENCH_DATABASE_URL", "")
ALL_SCOPES = ["cases:file", "cases:read", "cases:act"]
_TICKS = os.sysconf("SC_CLK_TCK")


def check_instance() -> None:
    """We talk to the server of this installation, and not to a stale one that shares its port."""
    import hashlib
    import hmac

    mark = hmac.digest(os.environ["YIMEN_SECRET_KEY"].encode(), b"yimen instance", hashlib.sha256).hex()[:16]
    status, body = Line(URL).send(ask(URL, "GET", "/health").raw)
    if status != 200 or json.loads(body)["instance"] != mark:
        sys.exit(f"bench: {URL} is not the server of this installation ({status} {body[:80]!r})")


def sql(statement: str, *values: object) -> list[tuple[Any, ...]]:
    """One statement as the superuser."""
    with psycopg.connect(ADMIN, autocommit=True, options="-c search_path=public") as connection:
        cursor = connection.execute(statement, values or None)
        return cursor.fetchall() if cursor.description else []


def settle() -> None:
    """Statistics fresh and dirty pages written, so that no run pays for the one before."""
    sql("VACUUM ANALYZE")
    sql("CHECKPOINT")


def versions() -> dict[str, str]:
    """What the figures belong to."""
    from importlib.metadata import version

    from bench._pgbench import program

    told = subprocess.run([program(), "--version"], capture_output=True, text=True, check=False).stdout.split()
    return {
        "python": sys.version.split()[0],
        "django": version("django"),
        "psycopg": version("psycopg"),
        "granian": version("granian"),
        "postgresql": sql("SHOW server_version")[0][0],
        "pgbench": told[-1] if told else "",
        "cores": str(os.cpu_count()),
    }


# processes


def processes() -> Iterator[tuple[int, int, list[str]]]:
    """(pid, parent, words) of every process that we may read."""
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with suppress(OSError, IndexError):
                words = (folder / "cmdline").read_bytes().decode(errors="replace").split("\0")
                parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
                yield int(folder.name), parent, words


def web_processes() -> list[int]:
    """granian and its workers."""
    port, found = str(urlsplit(URL).port), []
    for pid, _, words in processes():
        if "granian" in words and port in words:
            found.append(pid)
    return sorted({*found, *(pid for pid, parent, _ in processes() if parent in found)})


def cpu_seconds(pids: list[int]) -> float:
    """Processor time that these have used so far."""
    total = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total / _TICKS


@contextmanager
def worker_resting() -> Iterator[None]:
    """The worker beside us is held, so that the telling of news falls into nobody's run; yardstick's and ours alike."""
    workers = [pid for pid, parent, words in processes() if "work" in words and parent == os.getppid()]
    for pid in workers:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in workers:
            os.kill(pid, signal.SIGCONT)


# the application in this process, with its database behind the wire


class House:
    """The same application as the web server's, in process: what it says to PostgreSQL can be on the wire."""

    def __init__(self, *, on_the_wire: bool = True) -> None:
        place = urlsplit(APP)
        self.wire = Wire(place.hostname or "127.0.0.1", place.port or 5432) if on_the_wire else None
        if self.wire:
            login = place.netloc.rpartition("@")[0]
            place = place._replace(netloc=f"{login}@127.0.0.1:{self.wire.port}")
        os.environ["YIMEN_DATABASE_URL"] = place.geturl()
        os.environ["YIMEN_POOL_SIZE"] = "2"
        from yimen.sites.wsgi import application

        self.application = application
        self.headers: dict[str, str] = {}

    def call(self, method: str, path: str, *, body: Any = None, token: str = "", cookie: str = "") -> tuple[int, bytes]:
        """Status and body of the answer."""
        raw = json.dumps(body).encode() if body is not None else b""
        place, _, query = path.partition("?")
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": place.encode().decode("latin-1"),
            "QUERY_STRING": query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80",
            "HTTP_HOST": urlsplit(URL).netloc,
            "CONTENT_TYPE": "application/json",
            "CONTENT_LENGTH": str(len(raw)),
            "wsgi.input": io.BytesIO(raw),
            "wsgi.errors": sys.stderr,
            "wsgi.url_scheme": "http",
        }
        environ |= {"HTTP_AUTHORIZATION": f"Bearer {token}"} if token else {}
        environ |= {"HTTP_COOKIE": cookie} if cookie else {}
        told: list[str] = []
        answer = self.application(environ, lambda status, _headers: told.append(status))
        try:
            return int(told[0][:3]), b"".join(answer)
        finally:
            answer.close()

    def record(self, method: str, path: str, *, status: int = 200, **more: Any) -> Recording:
        """The recording of one call. Ends the measurement when the answer is not as wished."""
        with self.wire.record() if self.wire else nullcontext(Recording()) as recording:
            found, body = self.call(method, path, **more)
        if found != status:
            sys.exit(f"bench: {method} {path} answered {found}: {body[:300].decode(errors='replace')}")
        recording.body = body
        return recording


def token(name: str, *, username: str = "") -> str:
    """A token of another system, or of a member of staff: ``clerk-ba-1``."""
    from yimen.identity.actions import issue_token
    from yimen.identity.models import Staff
    from yimen.kernel import clock
    from yimen.kernel.actors import SYSTEM

    staff = Staff.objects.get(user__username=username).pk if username else None
    return issue_token(by=SYSTEM, name=f"bench {name}", scopes=ALL_SCOPES, staff_id=staff, now=clock.now())


def session(username: str) -> str:
    """The cookie of somebody who has signed in."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from yimen.identity.actions.sessions import SessionStore
    from yimen.identity.models import User

    user, store = User.objects.get(username=username), SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    return f"yimen_session={store.session_key}"


def encoded(**values: str) -> str:
    """A query string."""
    return urlencode(values)
