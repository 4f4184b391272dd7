"""Sweeps run by the clock, once, on one worker at a time."""

from datetime import UTC, datetime, timedelta
from threading import Event, Thread

import pytest
from django.db import connections

from yimen.kernel import clock, jobs
from yimen.kernel.jobs import continual_work, continually, regular_work, regularly
from yimen.kernel.models import SweepRun
from yimen.kernel.sweeps import Timetable, run_sweep, slot_of


@pytest.fixture
def runs(monkeypatch):
    """A sweep of this test alone, and the moments at which it ran."""
    monkeypatch.setattr(jobs, "_regular", {})
    runs: list[datetime] = []

    @regularly("kernel.test_sweep", "5 0 * * *")
    def sweep():
        runs.append(clock.now())
        return 2

    return runs


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=clock.LEGAL_ZONE)


@pytest.mark.parametrize(
    ("cron", "now", "slot"),
    [
        ("* * * * *", "2016-10-10 09:30:59", "2016-10-10 09:30"),
        ("* * * * *", "2016-10-10 09:30:00", "2016-10-10 09:30"),
        ("5 0 * * *", "2016-10-10 00:04:59", "2016-10-09 00:05"),
        ("5 0 * * *", "2016-10-10 00:05:00", "2016-10-10 00:05"),
        ("0 9 * * 1", "2016-10-09 23:00:00", "2016-10-03 09:00"),
    ],
)
def test_a_slot_is_the_last_moment_of_the_cron_line_in_legal_time(cron, now, slot):
    assert slot_of(cron, at(now).astimezone(UTC)) == at(slot)


def test_a_wrong_cron_line_is_refused():
    with pytest.raises(ValueError, match="x: 'soon' is not a cron line"):
        regularly("x", "soon")


def test_continual_work_is_marked_by_name(monkeypatch):
    monkeypatch.setattr(jobs, "_continual", {})

    @continually("kernel.test_turn")
    def turn():
        return 0

    assert [(work.name, work.turn) for work in continual_work()] == [("kernel.test_turn", turn)]


@pytest.mark.django_db
def test_a_sweep_runs_once_for_each_of_its_moments(runs, monkeypatch):
    timetable, now = Timetable(), at("2016-10-10 09:00")
    monkeypatch.setattr(clock, "now", lambda: now)
    changed = [timetable.run_due(), timetable.run_due(), Timetable().run_due()]
    now = at("2016-10-12 00:05")
    changed += [timetable.run_due(), timetable.run_due()]

    assert changed == [2, 0, 0, 2, 0]
    assert runs == [at("2016-10-10 09:00"), at("2016-10-12 00:05")]
    assert SweepRun.objects.values_list("name", "slot_at", "changed").get() == ("kernel.test_sweep", now, 2)


@pytest.mark.django_db
def test_a_sweep_that_fails_rests_a_minute(monkeypatch):
    monkeypatch.setattr(jobs, "_regular", {})
    tries = []

    @regularly("kernel.test_broken", "* * * * *")
    def broken():
        tries.append(1)
        raise RuntimeError("broken")

    timetable, now = Timetable(), at("2016-10-10 09:00")
    monkeypatch.setattr(clock, "now", lambda: now)
    for seconds in (0, 30, 59, 60):
        now = at("2016-10-10 09:00") + timedelta(seconds=seconds)
        if seconds in (0, 60):
            with pytest.raises(RuntimeError):
                timetable.run_due()
        else:
            assert timetable.run_due() == 0

    assert (len(tries), SweepRun.objects.count()) == (2, 0)


def test_a_sweep_runs_on_one_worker_at_a_time(fresh_database, monkeypatch):
    monkeypatch.setattr(jobs, "_regular", {})
    is_running, may_end = Event(), Event()

    @regularly("kernel.test_slow", "* * * * *")
    def slow():
        is_running.set()
        assert may_end.wait(20)
        return 1

    work, slot = regular_work()[0], at("2016-10-10 09:00")
    answers = []

    def first_worker():
        answers.append(run_sweep(work, slot))
        connections.close_all()

    other = Thread(target=first_worker)
    other.start()
    assert is_running.wait(20)
    while_it_runs = run_sweep(work, slot)
    may_end.set()
    other.join()

    assert (while_it_runs, answers, run_sweep(work, slot)) == (None, [1], 0)
    assert run_sweep(work, slot, even_if_done=True) == 1
