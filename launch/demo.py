"""``./yimen.sh demo``: everything on one machine, from an empty folder to pages that answer, until Ctrl-C."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

from launch import messages
from launch.children import Child, Stopped, check_port, child, stopping_on_signals
from launch.folders import ROOT, State, locked, server_home, state_of_clone
from launch.installation import (
    Installation,
    has_command,
    installed,
    manage,
    migrate,
    room_left,
    run_manage,
    thrown_away,
)
from launch.keeping import Keeper, Part
from launch.main_job import PARTS
from launch.postgres import free_port
from launch.say import Obstacle, say
from launch.walk import Walk, take

#: A web server that says nothing for so long has lost its way.
PATIENCE = 120.0


@dataclass(slots=True)
class Platform:
    """A running installation with everything around it."""

    installation: Installation
    children: list[Child]
    sign_ins: dict[str, Any]

    def parts(self) -> list[Part]:
        """Everything that has to run, PostgreSQL first if it is ours."""
        server = self.installation.server
        return [*([server] if server else []), *self.children]

    def dead(self) -> str:
        """Which part died, if one did, with its last words."""
        return next((part.farewell() for part in self.parts() if not part.alive()), "")


def instance_mark(secret_key: str) -> str:
    """By this ``/health`` is known: a stale server on the same port has another one."""
    return hmac.digest(secret_key.encode(), b"yimen instance", hashlib.sha256).hex()[:16]


def _fresh_logs(state: State) -> None:
    for log in state.logs.glob("*.log"):
        if log.stem != "postgres" or log.stat().st_size > 10_000_000:
            log.write_bytes(b"")


def _load_demo(installation: Installation) -> dict[str, Any]:
    """The demo hall, loaded by the platform's own command; returns who may sign in."""
    if has_command("load_demo"):
        say("loading the demo hall …")
        run_manage(installation, "load_demo", "--sign-ins", str(installation.state.sign_ins))
    path = installation.state.sign_ins
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}


@contextmanager
def _gateway(installation: Installation) -> Iterator[tuple[list[Child], dict[str, str]]]:
    """The demo's SMS and mail provider, and how to reach it."""
    if not has_command("demo_gateway"):
        yield [], {}
        return
    http, smtp = free_port(), free_port()
    command = manage("demo_gateway", "--http", str(http), "--smtp", str(smtp))
    with child("gateway", command, installation.environment(), installation.state.log("gateway")) as process:
        yield [process], {"YIMEN_DEMO_SMS_URL": f"http://127.0.0.1:{http}/sms", "YIMEN_SMTP": f"127.0.0.1:{smtp}"}


def _web_command(port: int) -> list[str]:
    return [
        *(sys.executable, "-P", "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
        *("--workers", str(os.cpu_count() or 1), "--blocking-threads", "2", "--no-ws", "--workers-kill-timeout", "10s"),
        "--respawn-failed-workers",
        "yimen.sites.wsgi:application",
    ]


def _answers(base_url: str, mark: str) -> bool:
    """Whether our own server answers there."""
    opener = build_opener(ProxyHandler({}))
    try:
        with opener.open(f"{base_url}/health", timeout=10) as answer:
            return bool(json.load(answer).get("instance") == mark)
    except (URLError, OSError, ValueError):
        return False


def _wait(platform: Platform) -> None:
    secret = platform.installation.environment()["YIMEN_SECRET_KEY"]
    until = time.monotonic() + PATIENCE
    while not _answers(platform.installation.base_url, instance_mark(secret)):
        if dead := platform.dead():
            raise Obstacle(dead)
        if time.monotonic() > until:
            web = platform.children[0]
            raise Obstacle(
                f"The pages do not answer after {PATIENCE:.0f} s; the last words of the web:\n{web.last_words()}"
            )
        time.sleep(0.1)


@contextmanager
def platform(installation: Installation, *, port: int) -> Iterator[Platform]:
    """Tables, demo data, words; then gateway, worker and web, which are stopped in the other order."""
    installation = replace(installation, base_url=f"http://127.0.0.1:{port}")
    _fresh_logs(installation.state)
    messages.compile_all()
    migrate(installation)
    sign_ins = _load_demo(installation)
    say("starting web and worker …")
    with ExitStack() as stack:
        gateway, reach = stack.enter_context(_gateway(installation))
        children = list(gateway)
        log = installation.state.log
        if has_command("work"):
            command = manage("work")
            children.append(
                stack.enter_context(child("worker", command, installation.environment() | reach, log("worker")))
            )
        check_port(port)
        web = child("web", _web_command(port), installation.environment(pool=2) | reach, log("web"))
        children.insert(0, stack.enter_context(web))
        running = Platform(installation, children, sign_ins)
        _wait(running)
        yield running


def _padded(text: str, width: int) -> str:
    """The text in a column: Chinese characters are two wide."""
    return text + " " * max(1, width - sum(1 + (east_asian_width(sign) in "WF") for sign in text))


def _people(sign_ins: dict[str, Any]) -> list[str]:
    """Who may sign in, a line each: role, user name, password, name, what they are there for."""
    columns = (("role", 24), ("username", 22), ("password", 20), ("name", 14), ("note", 0))
    rows = sign_ins.get("sign_ins", [])
    return ["  " + "".join(_padded(str(row.get(key, "")), width) for key, width in columns).rstrip() for row in rows]


def _by_role(sign_ins: dict[str, Any]) -> dict[str, Any]:
    """The same with the people under their roles."""
    roles: dict[str, list[Any]] = {}
    for row in sign_ins.get("sign_ins", []):
        roles.setdefault(str(row.get("role", "")), []).append(row)
    return {**sign_ins, "sign_ins": roles}


def _show(running: Platform, seconds: float) -> None:
    base = running.installation.base_url
    print(f"\nYimen is open ({seconds:.0f} s).\n\n  {'portal':<14} {base}/\n  {'desk':<14} {base}/desk/")
    print(f"  {'inbox':<14} {base}/demo/inbox/\n  {'sign in':<14} {base}/accounts/login/\n")
    print("\n".join(_people(running.sign_ins)))
    print("\nCtrl-C stops everything; the data stay.", flush=True)


def _write_card(running: Platform, path: Path) -> None:
    """``demo.json``: where it runs and who may sign in, for scripts."""
    card = {"base_url": running.installation.base_url, "pid": os.getpid(), **_by_role(running.sign_ins)}
    unfinished = path.with_suffix(".new")
    unfinished.touch(mode=0o600)
    unfinished.write_text(json.dumps(card, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    unfinished.replace(path)


def _watch(running: Platform) -> int:
    keeper = Keeper(running.parts())
    while not (dead := keeper.look()):
        time.sleep(0.3)
    say(dead)
    return 1


def _serve(port: int) -> int:
    begun = time.monotonic()
    say("starting PostgreSQL …")
    card = ROOT / ".yimen" / "demo.json"
    try:
        with installed() as installation, platform(installation, port=port) as running:
            _write_card(running, card)
            _show(running, time.monotonic() - begun)
            return _watch(running)
    finally:
        card.unlink(missing_ok=True)


def run(*, port: int) -> int:
    """The demo until somebody stops it; a part that dies is brought back, 1 when it dies again and again."""
    state = state_of_clone()
    with stopping_on_signals():
        try:
            with locked(state.folder / "demo.lock"):
                check_port(port)
                room_left(server_home(), 300)
                return _serve(port)
        except Stopped:
            say("stopped; the data stay")
            return 0
        except BlockingIOError:
            raise Obstacle("The demo of this clone is running already; stop it first (Ctrl-C in its window).") from None


def check(*, port: int | None, keep: Path | None) -> int:
    """The main job on a throw-away installation; 0 when every step went well."""
    if port:
        check_port(port)
    room_left(server_home(), 300)
    with ExitStack() as stack:
        stack.enter_context(stopping_on_signals())
        installation = stack.enter_context(thrown_away())
        running = stack.enter_context(platform(installation, port=port or free_port()))
        ok = take(Walk(running.installation.base_url, running.sign_ins, keep), *PARTS)
        if dead := running.dead():
            say(dead)
        elif not ok:
            say(f"the last words of the web:\n{running.children[0].last_words()}")
        return 0 if ok and not dead else 1
