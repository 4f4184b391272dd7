"""The demo's clock, moved from the command line."""

import subprocess
import sys
from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from yimen.channels.models import Message
from yimen.channels.terms import SendState
from yimen.channels.tests.builders import a_demo_gateway, an_sms
from yimen.kernel import clock, jobs
from yimen.kernel.jobs import regularly
from yimen.kernel.models import SweepRun
from yimen.sites.management.commands.clock import read_step
from yimen.sites.tests.commands import environment


@pytest.fixture
def ours(monkeypatch):
    """Only the sweeps of this test."""
    monkeypatch.setattr(jobs, "_regular", {})
    monkeypatch.setattr("yimen.sites.management.commands.clock.load_tasks", lambda: None)
    monkeypatch.setattr("yimen.kernel.news.load_reactions", lambda: None)


@pytest.fixture
def moving(settings, tmp_path):
    """A clock that can be moved."""
    settings.CLOCK_FILE = str(tmp_path / "clock")


def run(*words):
    said = StringIO()
    call_command("clock", *words, stdout=said, stderr=said)
    return said.getvalue().strip()


@pytest.mark.parametrize(
    ("text", "step"),
    [("5d", timedelta(days=5)), ("3h", timedelta(hours=3)), ("90m", timedelta(minutes=90)), ("1w", timedelta(weeks=1))],
)
def test_steps_are_read(text, step):
    assert read_step(text) == step


@pytest.mark.parametrize("text", ["", "5", "d", "-5d", "5 d", "5y", "1.5h", "9999999w", "٥d"])
def test_what_is_no_step_is_refused(text):
    with pytest.raises(CommandError, match="give a number and w, d, h or m"):
        read_step(text)


@pytest.mark.django_db
def test_the_clock_moves_and_every_sweep_runs_once(moving, ours):
    ran_at = []

    @regularly("sites.test_sweep", "0 3 * * *")
    def sweep():
        ran_at.append(clock.now())
        return 1

    before = clock.now()
    shown = datetime.fromisoformat(run("--advance", "5d"))

    assert timedelta(days=5) <= shown - before.replace(microsecond=0) < timedelta(days=5, minutes=1)
    assert [moment - before >= timedelta(days=5) for moment in ran_at] == [True]
    assert SweepRun.objects.values_list("name", flat=True).get() == "sites.test_sweep"
    assert shown.utcoffset() == timedelta(hours=8)


@pytest.mark.django_db
def test_a_broken_sweep_is_named_and_keeps_the_others_from_nothing(moving, ours):
    ran = []

    @regularly("sites.test_broken", "0 3 * * *")
    def broken():
        raise RuntimeError("broken")

    @regularly("sites.test_sound", "0 3 * * *")
    def sound():
        ran.append(1)
        return 1

    with pytest.raises(CommandError, match=r"The clock was moved, but these failed: sites\.test_broken"):
        run("--advance", "1h")
    assert ran == [1]


def test_outside_the_demo_the_clock_stays(settings):
    settings.CLOCK_FILE = ""

    with pytest.raises(CommandError, match="The clock stays as it is: the clock moves in the demo only"):
        run("--advance", "5d")


def test_showing_moves_nothing(moving):
    before = clock.now().replace(microsecond=0)

    assert before <= datetime.fromisoformat(run("--show")) < before + timedelta(minutes=1)


def test_the_command_sends_what_was_written(fresh_database, tmp_path):
    """As a process, with whatever all domains do when the clock moves."""
    with a_demo_gateway(tmp_path) as inbox:
        an_sms()
        given = environment(
            fresh_database, YIMEN_CLOCK_FILE=str(tmp_path / "clock"), DJANGO_SETTINGS_MODULE="yimen.settings.demo"
        )
        given["YIMEN_DATA_KEYS"] = settings.DATA_KEYS
        command = [sys.executable, "manage.py", "clock", "--advance", "90m"]
        done = subprocess.run(command, env=given, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)

        assert (done.returncode, done.stderr) == (0, "")
        assert datetime.fromisoformat(done.stdout.strip()) > clock.now() + timedelta(minutes=89)
        assert Message.objects.get().state == SendState.SENT
        assert len(inbox.newest()) == 1
