"""Regular work by the clock: which sweeps are due, each on one worker at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import structlog
from croniter import croniter
from django.db import connection

from yimen.kernel import clock
from yimen.kernel.jobs import RegularWork, regular_work
from yimen.kernel.models import SweepRun

log = structlog.get_logger(__name__)

#: How long a sweep rests after it failed.
REST = timedelta(minutes=1)


def slot_of(cron: str, now: datetime) -> datetime:
    """The last moment of the cron line that is not after ``now``, read in legal time. Pure."""
    after = clock.local(now).replace(second=0, microsecond=0) + timedelta(minutes=1)
    slot: datetime = croniter(cron, after).get_prev(datetime)
    return slot


class Timetable:
    """Remembers what this process knows to be done, so that a look at the clock costs no query."""

    def __init__(self) -> None:
        self._done: dict[str, datetime] = {}
        self._rests_until: dict[str, datetime] = {}

    def run_due(self) -> int:
        """Run every sweep whose moment has come and that no worker has run for it; returns how many things changed.

        A sweep that was missed while no worker was there runs once, late. One that fails rests a minute.
        """
        return sum(self._run(work, clock.now()) for work in regular_work())

    def _run(self, work: RegularWork, now: datetime) -> int:
        slot = slot_of(work.cron, now)
        if slot <= self._done.get(work.name, slot - REST) or now < self._rests_until.get(work.name, now):
            return 0
        try:
            changed = run_sweep(work, slot)
        except Exception:
            self._rests_until[work.name] = now + REST
            raise
        if changed is None:
            return 0
        self._done[work.name] = slot
        return changed


def run_sweep(work: RegularWork, slot: datetime, *, even_if_done: bool = False) -> int | None:
    """Run the sweep for this moment of its cron line, unless that was done; None while another worker is at it."""
    with _alone(f"sweep {work.name}") as is_alone:
        if not is_alone:
            return None
        if not even_if_done and SweepRun.objects.filter(name=work.name, slot_at__gte=slot).exists():
            return 0
        changed = work.sweep()
        done = {"slot_at": slot, "finished_at": clock.now(), "changed": changed}
        SweepRun.objects.update_or_create(name=work.name, defaults=done)
    if changed:
        log.info("swept", sweep=work.name, changed=changed)
    return changed


@contextmanager
def _alone(name: str) -> Iterator[bool]:
    """Whether this connection is alone in the block: an advisory lock, given back at the end or with the connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [name])
        is_alone = bool(cursor.fetchone()[0])
    try:
        yield is_alone
    finally:
        if is_alone and connection.connection and not connection.connection.closed:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [name])
