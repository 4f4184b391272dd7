"""The telling of news: undelivered rows in order, each reaction on its own feet."""

from __future__ import annotations

from datetime import timedelta

import structlog
from django.db import transaction
from django.db.models.functions import Now

from yimen.kernel import clock
from yimen.kernel.events import Reaction, event_from, reactions_to
from yimen.kernel.models import EventRow, FailedTelling
from yimen.kernel.rooms import load_rooms

log = structlog.get_logger(__name__)


def load_reactions() -> None:
    """Import the reactions of every domain, so that they hear. The worker does it, and whoever delivers news."""
    load_rooms("reactions")


def deliver_news(limit: int = 100) -> int:
    """Tell up to ``limit`` pieces of news, oldest first, and return how many were told.

    Several workers may run this at once: a row is taken by one of them only. A reaction that fails leaves a
    ``FailedTelling``; the others are told all the same. What a reaction publishes is told by the next call.
    """
    load_reactions()
    with transaction.atomic():
        rows = list(EventRow.objects.filter(told_at=None).order_by("id").select_for_update(skip_locked=True)[:limit])
        for row in rows:
            for reaction in reactions_to(row.kind):
                _tell(row, reaction)
        if rows:
            EventRow.objects.filter(pk__in=[row.pk for row in rows]).update(told_at=Now())
    return len(rows)


def deliver_all_news(limit: int = 10_000) -> int:
    """Tell news, and what the telling brought about, until all is quiet; returns how many pieces were told."""
    told = 0
    while told < limit and (count := deliver_news()):
        told += count
    return told


def untold_news() -> bool:
    """Whether any news waits, or is being told by another worker."""
    return EventRow.objects.filter(told_at=None).exists()


def retry_failures(limit: int = 50) -> int:
    """Tell again what failed before and is due for another try; returns how many went well.

    A reaction that this process does not know (another version of the platform wrote it down) counts as a failure.
    """
    load_reactions()
    mended = 0
    with transaction.atomic():
        due = FailedTelling.objects.filter(mended_at=None, next_try_at__lte=clock.now()).select_related("event")
        for failure in due.order_by("id").select_for_update(of=("self",), skip_locked=True)[:limit]:
            if _tell(failure.event, _reaction_named(failure.reaction, failure.event.kind)):
                failure.mended_at = clock.now()
                failure.save(update_fields=["mended_at"])
                mended += 1
    return mended


def wait_after(tries: int) -> timedelta:
    """How long to wait after so many tries: 10 seconds, then twice as long each time, an hour at most."""
    return min(timedelta(seconds=10 * 2 ** min(tries - 1, 10)), timedelta(hours=1))


def _name(reaction: Reaction) -> str:
    return f"{reaction.__module__}.{reaction.__qualname__}"


def _reaction_named(name: str, kind: str) -> Reaction:
    """The reaction of that name, or one that says that there is none."""

    def unknown(_event: object) -> None:
        raise LookupError(f"there is no reaction {name}")

    unknown.__module__, _, unknown.__qualname__ = name.rpartition(".")
    return next((reaction for reaction in reactions_to(kind) if _name(reaction) == name), unknown)


def _tell(row: EventRow, reaction: Reaction) -> bool:
    """Whether the reaction took it well."""
    try:
        with transaction.atomic():
            reaction(event_from(row.kind, row.data))
    except Exception as error:  # a reaction must not keep the others from hearing
        log.exception("telling failed", news=row.pk, kind=row.kind, reaction=_name(reaction))
        _write_failure(row, reaction, repr(error)[:2000])
        return False
    return True


def _write_failure(row: EventRow, reaction: Reaction, error: str) -> None:
    failure, is_new = FailedTelling.objects.get_or_create(
        event=row, reaction=_name(reaction), defaults={"error": error, "next_try_at": clock.now() + wait_after(1)}
    )
    if not is_new:
        failure.tries, failure.error = failure.tries + 1, error
        failure.next_try_at = clock.now() + wait_after(failure.tries)
        failure.save(update_fields=["tries", "error", "next_try_at"])
