"""The demo hall for tests: loaded once per server and state of the code, then copied; and the web for a copy."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, build_opener

import psycopg

from launch import messages
from launch.children import Child, child
from launch.database import create_database, drop_database
from launch.folders import ROOT
from launch.installation import manage
from launch.postgres import free_port

#: The same keys as ``yimen.settings.test``, so that Django's own test client opens what the demo sealed.
DATA_KEYS = "1:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
#: What the demo data set is made of.
SOURCES = ("demo/**/*.json", "yimen/sites/demo/*.py", "yimen/*/migrations/*.py", "yimen/*/actions/*.py")


def address(name: str) -> str:
    """The address of a database on the tests' server."""
    return urlsplit(os.environ["YIMEN_TEST_SERVER"])._replace(path=f"/{name}").geturl()


@dataclass(frozen=True)
class Hall:
    """A copy of the demo hall: its database, its files, who may sign in, the tokens of other systems."""

    database: str
    folder: Path
    sign_ins: tuple[dict[str, Any], ...]
    tokens: tuple[dict[str, Any], ...]

    @property
    def url(self) -> str:
        return address(self.database)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def password(self, username: str) -> str:
        """The demo's people have one password; those whom the card does not name have the same."""
        named = {row["username"]: row["password"] for row in self.sign_ins}
        return str(named.get(username) or self.sign_ins[0]["password"])

    def token(self, scope: str) -> str:
        return str(next(row["token"] for row in self.tokens if scope in row["scopes"]))


def environment(database: str, folder: Path) -> dict[str, str]:
    """What a process of the demo reads."""
    return {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        "DJANGO_SETTINGS_MODULE": "yimen.settings.demo",
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        "YIMEN_SECRET_KEY": "only-for-tests-" + "x" * 40,
        "YIMEN_DATA_KEYS": DATA_KEYS,
        "YIMEN_DATABASE_URL": address(database),
        "YIMEN_DATABASE_ROLE": "yimen_app",
        "YIMEN_DATA_DIR": str(folder / "data"),
        "YIMEN_LOG_FORMAT": "console",
    }


def _digest() -> str:
    found = hashlib.sha256(str(ROOT).encode())
    for pattern in SOURCES:
        for file in sorted(ROOT.glob(pattern)):
            found.update(file.read_bytes())
    return found.hexdigest()[:12]


def _template() -> tuple[str, Path]:
    """The loaded demo hall: a template database and a folder beside it, made once per server and state of the code."""
    name = f"yimen_hall_{_digest()}"
    with psycopg.connect(os.environ["YIMEN_TEST_SERVER"], autocommit=True) as lock:
        lock.execute("SELECT pg_advisory_lock(hashtext('yimen hall'))")
        server = lock.execute("SELECT system_identifier FROM pg_control_system()").fetchone()
        folder = ROOT / ".yimen" / "halls" / f"{name}_{server[0]}"
        is_there = lock.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if not (is_there and (folder / "sign-ins.json").exists()):
            _sweep(folder.parent)
            _load(lock, name, folder)
    return name, folder


def _sweep(halls: Path) -> None:
    """Away with the halls of servers and states of the code that are gone for a day."""
    for old in halls.glob("yimen_hall_*"):
        if time.time() - old.stat().st_mtime > 24 * 3600:
            shutil.rmtree(old, ignore_errors=True)


def _load(lock: psycopg.Connection, name: str, folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "data" / "static").mkdir(parents=True)
    unfinished = f"{name}_{secrets.token_hex(3)}"
    create_database(os.environ["YIMEN_TEST_SERVER"], unfinished, template=os.environ["YIMEN_TEST_TEMPLATE"])
    command = manage("load_demo", "--sign-ins", str(folder / "sign-ins.json"))
    done = subprocess.run(
        command, env=environment(unfinished, folder), cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        shutil.rmtree(folder, ignore_errors=True)
        drop_database(os.environ["YIMEN_TEST_SERVER"], unfinished)
        raise RuntimeError(f"load_demo failed:\n{done.stderr[-3000:]}")
    lock.execute(f'DROP DATABASE IF EXISTS "{name}"')
    lock.execute(f'ALTER DATABASE "{unfinished}" RENAME TO "{name}"')


@contextmanager
def hall(folder: Path) -> Iterator[Hall]:
    """A copy of the demo hall of its own, in this folder; its database is gone afterwards."""
    template, files = _template()
    name = f"yimen_test_{secrets.token_hex(6)}"
    create_database(os.environ["YIMEN_TEST_SERVER"], name, template=template)
    try:
        shutil.copytree(files, folder, dirs_exist_ok=True)
        card = json.loads((folder / "sign-ins.json").read_text(encoding="utf-8"))
        yield Hall(name, folder, tuple(card["sign_ins"]), tuple(card["tokens"]))
    finally:
        drop_database(os.environ["YIMEN_TEST_SERVER"], name)


def _web(port: int) -> list[str]:
    return [
        *(sys.executable, "-P", "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
        *("--workers", "1", "--blocking-threads", "4", "--no-ws", "--workers-kill-timeout", "5s"),
        "yimen.sites.wsgi:application",
    ]


def _wait(base: str, web: Child) -> None:
    opener = build_opener(ProxyHandler({}))
    until = time.monotonic() + 90
    while True:
        try:
            with opener.open(f"{base}/health", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError) as error:
            if not web.alive() or time.monotonic() > until:
                raise RuntimeError(f"the web does not answer:\n{web.last_words()}") from error
        time.sleep(0.1)


@contextmanager
def open_doors(copy: Hall, *, worker: bool = True) -> Iterator[str]:
    """Web and worker on this copy; yields the address. Stopped by their own process ids."""
    messages.compile_all()
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    surroundings = environment(copy.database, copy.folder) | {"YIMEN_BASE_URL": base, "YIMEN_POOL_SIZE": "4"}
    with ExitStack() as stack:
        web = stack.enter_context(child("web", _web(port), surroundings, copy.folder / "web.log"))
        if worker:
            alone = surroundings | {"YIMEN_POOL_SIZE": "0"}
            stack.enter_context(child("worker", manage("work"), alone, copy.folder / "worker.log"))
        _wait(base, web)
        yield base
