"""The worker's threads: each does one kind of work over and over, and survives a lost database."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from threading import Event, Thread
from typing import Any

import structlog
from django.db import InterfaceError, OperationalError, connection, connections
from procrastinate import App
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import ConnectorException
from procrastinate.psycopg_connector import PsycopgConnector

log = structlog.get_logger(__name__)

#: The longest rest after failures, in seconds.
LONGEST = 10.0
#: How often stuck jobs are looked for, in seconds.
RESCUE = 10.0


class Loop(Thread):
    """One kind of work, turn after turn: soon again after one that changed something, later and later when quiet."""

    def __init__(
        self, name: str, turn: Callable[[], int], stop: Event, *, quick: float = 0.05, slow: float = 0.5
    ) -> None:
        super().__init__(name=name, daemon=True)
        self.turn, self.stop = turn, stop
        self.quick, self.slow = quick, slow

    def run(self) -> None:
        """Go round until ``stop`` is set."""
        rest = self.quick
        while not self.stop.wait(rest):
            rest = self.next_rest(rest)
        connections.close_all()

    def next_rest(self, rest: float) -> float:
        """One turn; how long to rest after it. A failure is logged, its connection given up, and the rest doubled."""
        try:
            changed = self.turn()
        except (OperationalError, InterfaceError) as error:
            log.warning("the database is away", work=self.name, error=type(error).__name__)
        except Exception:  # the loop must outlive a bug in one kind of work
            log.exception("a turn failed", work=self.name)
        else:
            return self.quick if changed else min(rest * 1.5, self.slow)
        connection.close()
        return min(max(rest, 0.25) * 2, LONGEST)


class JobLoop(Thread):
    """Does the jobs that were deferred, by procrastinate on connections of its own; picks up those of dead workers."""

    def __init__(self, stop: Event) -> None:
        super().__init__(name="jobs", daemon=True)
        self.stop = stop

    def run(self) -> None:
        """Work until ``stop`` is set; begin again whenever procrastinate gives up."""
        rest = 0.0
        while not self.stop.wait(rest):
            try:
                asyncio.run(self._work())
            except ConnectorException as error:
                log.warning("the database is away", work=self.name, error=type(error).__name__)
            except Exception:  # as above
                log.exception("jobs stopped", work=self.name)
            rest = 1.0

    async def _work(self) -> None:
        connector = PsycopgConnector(kwargs=connector_params("default"), min_size=1, max_size=4, timeout=3)
        # not replace_connector: other threads defer jobs in their own transactions, on the connector of the app
        async with app.with_connector(connector).open_async() as jobs:
            doing = asyncio.create_task(
                jobs.run_worker_async(
                    install_signal_handlers=False,
                    shutdown_graceful_timeout=2,
                    delete_jobs="successful",
                    task_middleware=[_with_fresh_connection],
                )
            )
            rescuing = asyncio.create_task(_rescue(jobs))
            try:
                while not self.stop.is_set() and not doing.done() and not rescuing.done():
                    await asyncio.sleep(0.1)
            finally:
                rescuing.cancel()
                doing.cancel()
                done = await asyncio.gather(doing, rescuing, return_exceptions=True)
            for error in done:
                if isinstance(error, Exception) and not self.stop.is_set():
                    raise error


async def _rescue(jobs: App) -> None:
    """Start again what a worker that died was doing. A job may therefore run twice."""
    while True:
        for job in await jobs.job_manager.get_stalled_jobs():
            log.warning("a job is started again", job=job.id, task=job.task_name)
            await jobs.job_manager.retry_job(job)
        await asyncio.sleep(RESCUE)


def _with_fresh_connection(go_on: Callable[[], Any], _context: object, _worker: object) -> Any:
    """Around each job: a connection that broke or grew old is not used again."""
    connection.close_if_unusable_or_obsolete()
    try:
        return go_on()
    finally:
        connection.close_if_unusable_or_obsolete()
