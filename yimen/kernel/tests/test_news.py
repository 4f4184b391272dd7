"""News is told in order, to everybody, at least once, whoever fails."""

from dataclasses import dataclass
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connections, transaction

from yimen.kernel import clock, events, news
from yimen.kernel.events import Event, hears, publish
from yimen.kernel.models import EventRow, FailedTelling
from yimen.kernel.news import deliver_all_news, deliver_news, retry_failures, untold_news, wait_after


@dataclass(frozen=True, slots=True)
class BellRang(Event):
    """Something to hear."""

    number: int


@dataclass(frozen=True, slots=True)
class EchoHeard(Event):
    """What came of it."""

    number: int


@pytest.fixture(autouse=True)
def only_our_own_reactions(monkeypatch):
    """The kernel knows no domain, nor do its tests."""
    monkeypatch.setattr(news, "load_reactions", lambda: None)


@pytest.fixture
def ears():
    """Reactions of this test alone, and what they heard."""
    heard: list[object] = []
    yield heard
    for kind in (BellRang.kind, EchoHeard.kind):
        events._reactions[kind].clear()


def listening(heard, name, kind=BellRang):
    def reaction(event):
        heard.append((name, event.number))

    reaction.__qualname__ = name
    return hears(kind)(reaction)


def failing(heard, name, *, times):
    left = [times]

    def reaction(event):
        if left[0]:
            left[0] -= 1
            raise RuntimeError("not now")
        heard.append((name, event.number))

    reaction.__qualname__ = name
    return hears(BellRang)(reaction)


@pytest.mark.django_db
def test_news_is_told_in_the_order_in_which_it_was_written(ears):
    listening(ears, "ear")
    for number in range(5):
        publish(BellRang(number))

    assert (deliver_news(limit=3), deliver_news(limit=3), deliver_news(limit=3)) == (3, 2, 0)
    assert ears == [("ear", number) for number in range(5)]


@pytest.mark.django_db
def test_news_of_a_change_that_is_undone_is_not_told(ears):
    listening(ears, "ear")
    with transaction.atomic():
        publish(BellRang(1))
        transaction.set_rollback(True)

    assert (deliver_news(), ears) == (0, [])


@pytest.mark.django_db
def test_news_that_nobody_hears_is_told_too():
    publish(BellRang(1))

    assert (untold_news(), deliver_news(), untold_news()) == (True, 1, False)


@pytest.mark.django_db
def test_what_a_reaction_publishes_is_told_until_all_is_quiet(ears):
    hears(BellRang)(lambda event: publish(EchoHeard(event.number + 1)))
    listening(ears, "echo", EchoHeard)
    publish(BellRang(1))

    assert (deliver_all_news(), ears) == (2, [("echo", 2)])


@pytest.mark.django_db
def test_a_failing_reaction_keeps_nobody_from_hearing_and_writes_nothing(ears):
    def half_done(event):
        publish(EchoHeard(event.number))
        raise RuntimeError("half done")

    hears(BellRang)(half_done)
    listening(ears, "ear")
    publish(BellRang(1))

    deliver_news()

    failure = FailedTelling.objects.get()
    assert ears == [("ear", 1)]
    assert failure.reaction.endswith("half_done")
    assert (failure.tries, failure.error, failure.mended_at) == (1, "RuntimeError('half done')", None)
    assert EventRow.objects.filter(kind=EchoHeard.kind).count() == 0


def make_due():
    FailedTelling.objects.update(next_try_at=clock.now())


@pytest.mark.django_db
def test_what_failed_is_told_again_later_and_later_until_it_goes_well(ears):
    failing(ears, "shy", times=2)
    listening(ears, "ear")
    publish(BellRang(7))
    deliver_news()

    too_early = retry_failures()
    make_due()
    before, still_failing = clock.now(), retry_failures()
    failure = FailedTelling.objects.get()
    make_due()
    well = retry_failures()

    assert (too_early, still_failing, well, retry_failures()) == (0, 0, 1, 0)
    assert failure.tries == 2
    assert failure.next_try_at >= before + timedelta(seconds=20)
    assert ears == [("ear", 7), ("shy", 7)]


@pytest.mark.django_db
def test_a_failure_of_an_unknown_reaction_waits_for_a_process_that_knows_it():
    publish(BellRang(1))
    deliver_news()
    FailedTelling.objects.create(
        event=EventRow.objects.get(), reaction="yimen.gone.react", error="", next_try_at=clock.now()
    )

    assert retry_failures() == 0
    failure = FailedTelling.objects.get()
    assert (failure.tries, failure.mended_at) == (2, None)
    assert failure.error == "LookupError('there is no reaction yimen.gone.react')"


def test_waits_grow_to_an_hour():
    assert [wait_after(tries).total_seconds() for tries in (1, 2, 3, 9, 10, 32_000)] == [10, 20, 40, 2560, 3600, 3600]


@pytest.mark.django_db
def test_news_told_twice_is_the_same_news(ears):
    """A worker that died before its transaction ended leaves the news untold: the reaction hears it again."""
    listening(ears, "ear")
    publish(BellRang(3))
    with transaction.atomic():
        deliver_news()
        transaction.set_rollback(True)

    deliver_news()

    assert ears == [("ear", 3), ("ear", 3)]


def test_two_workers_share_the_news_and_double_nothing(fresh_database, ears):
    both_are_in = Barrier(2, timeout=20)
    met = set()

    def slow(event):
        ears.append(event.number)
        if (worker := id(connections["default"].connection)) not in met:
            met.add(worker)
            both_are_in.wait()

    hears(BellRang)(slow)
    for number in range(20):
        publish(BellRang(number))

    def work():
        while deliver_news(limit=5):
            pass
        connections.close_all()

    workers = [Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sorted(ears) == list(range(20))
    assert len(met) == 2
    assert not untold_news()
