"""``manage work``: everything that nobody waits for, in one process; as many of them as there is work."""

from __future__ import annotations

import os
import signal
import sys
from threading import Event, Thread
from time import monotonic
from typing import Any

import structlog
from django.core.management.base import BaseCommand

from yimen.kernel.jobs import continual_work, load_tasks
from yimen.kernel.news import deliver_news, load_reactions, retry_failures
from yimen.kernel.sweeps import Timetable
from yimen.kernel.worker import JobLoop, Loop

log = structlog.get_logger(__name__)

#: How long the threads may take to come to an end, in seconds.
PATIENCE = 2.5


class Command(BaseCommand):
    help = "Do jobs, tell news, send messages and run sweeps, until SIGTERM or SIGINT."
    requires_system_checks: list[str] = []  # the worker serves no pages

    def handle(self, *_args: Any, **_options: Any) -> None:
        load_tasks()
        load_reactions()
        stop = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        threads = _threads(stop)
        for thread in threads:
            thread.start()
        self.stderr.write("The worker is at work.")
        self.stderr.flush()
        stop.wait()
        _come_to_an_end(threads)


def _threads(stop: Event) -> list[Thread]:
    """One for each kind of work."""
    continual = [Loop(work.name, work.turn, stop) for work in continual_work()]
    return [
        Loop("news", deliver_news, stop),
        Loop("failures", retry_failures, stop, quick=10, slow=10),
        Loop("sweeps", Timetable().run_due, stop, quick=1, slow=1),
        *continual,
        JobLoop(stop),
    ]


def _come_to_an_end(threads: list[Thread]) -> None:
    """Wait a little; then leave. What is cut off is rolled back or tried again by another worker: nothing is lost."""
    until = monotonic() + PATIENCE
    for thread in threads:
        thread.join(max(0.0, until - monotonic()))
    if cut_off := [thread.name for thread in threads if thread.is_alive()]:
        log.warning("left in the middle", work=cut_off)
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)
