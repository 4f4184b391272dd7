"""The worker's threads go on."""

from threading import Event

import pytest
from django.db import OperationalError, connection

from yimen.kernel.worker import LONGEST, Loop


def a_loop(turn):
    return Loop("test", turn, Event(), quick=0.05, slow=0.5)


def test_a_turn_that_changed_something_is_followed_by_the_next_at_once():
    assert a_loop(lambda: 1).next_rest(0.4) == 0.05


def test_quiet_turns_come_later_and_later():
    loop, rest = a_loop(lambda: 0), 0.05
    rests = [rest := loop.next_rest(rest) for _ in range(8)]

    assert rests == sorted(rests)
    assert rests[-1] == 0.5


@pytest.mark.django_db
@pytest.mark.parametrize("error", [OperationalError("gone"), RuntimeError("a bug")])
def test_failing_turns_are_survived_and_rest_ever_longer(error, monkeypatch):
    closed = []
    monkeypatch.setattr(connection, "close", lambda: closed.append(1))

    def turn():
        raise error

    loop, rest = a_loop(turn), 0.05
    rests = [rest := loop.next_rest(rest) for _ in range(8)]

    assert (rests[0], rests[-1], len(closed)) == (0.5, LONGEST, 8)


def test_a_loop_uses_a_new_connection_after_the_old_one_was_cut(fresh_database):
    """Somebody ends the connection in the middle: the next turn works again."""
    done = Event()
    turns = []

    def turn():
        with connection.cursor() as cursor:
            turns.append(1)
            if len(turns) == 1:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
            cursor.execute("SELECT 1")
        done.set()
        return 1

    stop = Event()
    loop = Loop("test", turn, stop)
    loop.start()
    assert done.wait(20)
    stop.set()
    loop.join()

    assert len(turns) >= 2
