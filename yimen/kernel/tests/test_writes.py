"""An act writes with its COMMIT: all of it or nothing, and whoever comes next finds the connection as it should be."""

import pytest
from django.db import IntegrityError, connection, transaction

from yimen.kernel.clock import now
from yimen.kernel.models import Attempt, EventRow, FailedTelling
from yimen.kernel.questions import Question
from yimen.kernel.trips import one_trip
from yimen.kernel.writes import one_act


def an_attempt(key: str) -> Attempt:
    return Attempt(key=key, since=now(), tries=1)


def asked(text: str) -> str:
    found: str = Question("SELECT %s::text", (text,), lambda rows: rows[0][0]).answer()
    return found


def test_an_act_asks_and_writes(fresh_database):
    with one_act() as writes:
        assert asked("within") == "within"
        writes.insert([an_attempt("one"), an_attempt("two")])

    assert sorted(Attempt.objects.values_list("key", flat=True)) == ["one", "two"]
    assert (connection.in_atomic_block, connection.get_autocommit()) == (False, True)
    assert asked("after") == "after"


def test_an_act_that_writes_nothing_leaves_nothing_open(fresh_database):
    with one_act():
        pass

    assert asked("after") == "after"
    assert connection.connection.info.transaction_status.name == "IDLE"


def test_an_act_that_fails_midway_writes_nothing(fresh_database):
    def act():
        with one_act() as writes:
            asked("within")
            Attempt.objects.create(key="by hand", since=now(), tries=1)
            writes.insert([an_attempt("collected")])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act()

    assert not Attempt.objects.exists()
    assert asked("after") == "after"


@pytest.mark.parametrize("begun", [True, False])
def test_what_the_database_refuses_is_not_written_by_halves(fresh_database, begun):
    def act():
        with one_act() as writes:
            if begun:
                asked("within")
            writes.insert([an_attempt("new")])
            writes.insert([an_attempt("there")])

    an_attempt("there").save(force_insert=True)

    with pytest.raises(IntegrityError):
        act()

    assert list(Attempt.objects.values_list("key", flat=True)) == ["there"]
    assert asked("after") == "after"


def test_a_key_that_leads_nowhere_is_refused_at_the_commit(fresh_database):
    lost = FailedTelling(event_id=1, reaction="nobody", error="", next_try_at=now())

    def act():
        with one_act() as writes:
            writes.insert([an_attempt("new"), an_attempt("newer")])
            writes.insert([lost])

    with pytest.raises(IntegrityError):
        act()

    assert not Attempt.objects.exists()
    assert asked("after") == "after"


def test_inside_another_transaction_an_act_can_still_be_undone(fresh_database):
    with transaction.atomic():
        with one_act() as writes:
            writes.insert([an_attempt("inner")])
        assert Attempt.objects.exists()
        transaction.set_rollback(True)

    assert not Attempt.objects.exists()


def test_a_question_begins_the_transaction_that_is_open(fresh_database):
    with transaction.atomic():
        asked("first")
        EventRow.objects.create(kind="test", data={})
        transaction.set_rollback(True)

    assert not EventRow.objects.exists()
    with one_trip("after"):
        assert connection.connection.autocommit
