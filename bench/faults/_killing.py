"""Whom to kill, and how long it takes until the platform is whole again."""

from __future__ import annotations

import itertools
import json
import os
import random
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from time import monotonic, sleep

import psycopg

from bench import _house
from bench._http import Line, ask

#: In this turn: a program as the supervisor knows it, and processes within one.
KINDS = ("web", "worker", "PostgreSQL", "a process of the web", "a backend of PostgreSQL")
#: Nobody needs so long to come back, in seconds.
PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Death:
    """One kill, and the seconds until everything answered again."""

    kind: str
    seconds: float


def kill_in_turn(seconds: float) -> list[Death]:
    """For so long: a while of load, a kill, and the time until all is back."""
    deaths, until, strength = [], monotonic() + seconds, len(_house.web_processes())
    for kind in itertools.cycle(KINDS):
        sleep(min(random.uniform(0.3, 2.0), max(0.0, until - monotonic())))
        if monotonic() >= until:
            return deaths
        with _in_the_middle_of_a_job() if kind == "worker" else nullcontext():
            deaths.append(_kill(kind, strength))
    raise AssertionError


def _kill(kind: str, strength: int) -> Death:
    victim, begun = _victim(kind), monotonic()
    with suppress(ProcessLookupError):
        os.kill(victim, signal.SIGKILL)
    while not _is_whole(strength, without=victim):
        if monotonic() > begun + PATIENCE:
            sys.exit(f"bench: after {kind} was killed the platform did not come back within {PATIENCE:.0f} s")
        sleep(0.05)
    return Death(kind, monotonic() - begun)


@contextmanager
def _in_the_middle_of_a_job() -> Iterator[None]:
    """The worker is at a job, clearing away an old one that we hold on to; whoever comes after it has to finish it."""
    with psycopg.connect(_house.ADMIN, options="-c search_path=public") as held:
        (old,) = held.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status) VALUES ('old', 'old', 'succeeded')"
            " RETURNING id"
        ).fetchone() or (0,)
        held.execute("INSERT INTO procrastinate_events (job_id, type) VALUES (%s, 'succeeded')", [old])
        held.commit()
        held.execute("SELECT FROM procrastinate_jobs WHERE id = %s FOR UPDATE", [old])
        (job,) = _house.sql(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args) VALUES ('builtin', %s, %s) RETURNING id",
            "builtin:procrastinate.builtin_tasks.remove_old_jobs",
            '{"max_hours": 0}',
        )[0]
        until = monotonic() + PATIENCE
        while _house.sql("SELECT status::text FROM procrastinate_jobs WHERE id = %s", job) != [("doing",)]:
            if monotonic() > until:
                sys.exit("bench: the worker does not begin its job")
            sleep(0.05)
        yield


def programs() -> dict[str, int]:
    """The programs that the supervisor above us runs, by kind."""
    found = {}
    for pid, parent, words in _house.processes():
        if parent != os.getppid():
            continue
        if "granian" in words:
            found["web"] = pid
        elif words[-2:] == ["work", ""]:
            found["worker"] = pid
        elif words[0].endswith("/postgres"):
            found["PostgreSQL"] = pid
    return found


def _victim(kind: str) -> int:
    above = programs()
    if kind in above:
        return above[kind]
    parent = above["web" if "web" in kind else "PostgreSQL"]
    children = [(pid, words[0]) for pid, above, words in _house.processes() if above == parent]
    return random.choice([pid for pid, title in children if "web" in kind or "yimen" in title.split()])


def _is_whole(strength: int, *, without: int) -> bool:
    """Every program runs with all its processes, the dead one is gone, and the web says that all is well."""
    now, web = programs(), _house.web_processes()
    if len(now) < 3 or len(web) < strength or without in {*now.values(), *web}:
        return False
    try:
        status, body = Line(_house.URL).send(ask(_house.URL, "GET", "/health").raw)
    except (OSError, ValueError):
        return False
    return status == 200 and json.loads(body)["status"] == "ok"
