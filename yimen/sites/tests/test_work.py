"""The worker as a process: it starts, works, survives a database that goes away, and stops when it is told to."""

import signal
import subprocess
import sys
from contextlib import contextmanager

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from yimen.channels.models import Message
from yimen.channels.terms import SendState
from yimen.channels.tests.builders import a_demo_gateway, an_sms
from yimen.kernel.events import Event, publish
from yimen.kernel.jobs import defer
from yimen.kernel.models import EventRow
from yimen.sites.tests.commands import environment, until

#: A task that every worker knows.
A_JOB = "builtin:procrastinate.builtin_tasks.remove_old_jobs"


class NobodyCares(Event):
    """News without a reaction."""


@contextmanager
def a_worker(database):
    """``manage work`` on the database, once it says that it is at work."""
    command = [sys.executable, "manage.py", "work"]
    worker = subprocess.Popen(
        command,
        env=environment(database),
        cwd=settings.BASE_DIR,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert "at work" in next(line for line in worker.stderr if "at work" in line)
        yield worker
    finally:
        if worker.poll() is None:
            worker.kill()
        worker.communicate()


@pytest.fixture
def inbox(tmp_path):
    with a_demo_gateway(tmp_path) as inbox:
        yield inbox


def everything_is_done():
    return (
        not ProcrastinateJob.objects.exists()
        and not EventRow.objects.filter(told_at=None).exists()
        and not Message.objects.filter(state=SendState.WAITING).exists()
    )


def cut_connections(database):
    """All of the worker's; ours stay."""
    with connection.cursor() as cursor, psycopg.connect(database, autocommit=True) as owner:
        cursor.execute("SELECT pg_backend_pid()")
        owner.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid NOT IN (pg_backend_pid(), %s)",
            cursor.fetchone(),
        )


def give_work():
    publish(NobodyCares())
    an_sms()
    defer(A_JOB, max_hours=1)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_worker_works_and_stops_when_it_is_told_to(fresh_database, inbox, number):
    give_work()
    with a_worker(fresh_database) as worker:
        until(everything_is_done)
        worker.send_signal(number)

        assert worker.wait(timeout=20) == 0
    assert [delivery.address for delivery in inbox.newest()] == ["13800000000"]


def test_the_worker_outlives_its_connections(fresh_database, inbox):
    with a_worker(fresh_database) as worker:
        give_work()
        until(everything_is_done)
        cut_connections(fresh_database)
        give_work()
        until(everything_is_done)

        assert worker.poll() is None
    assert len(inbox.newest()) == 2


def test_jobs_are_done_and_those_of_a_dead_worker_are_done_again(fresh_database, inbox):
    for _ in range(2):
        defer(A_JOB, max_hours=1)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing' WHERE id = (SELECT min(id) FROM procrastinate_jobs)"
        )
    with a_worker(fresh_database):
        until(everything_is_done)
