"""The telling of news: undelivered rows in order, each reaction on its own feet."""

from __future__ import annotations

from datetime import timedelta

import structlog
from django.db import transaction
from django.db.models.functions import Now

from yimen.kernel import clock
from yimen.kernel.events import Reaction, event_from, reactions_to
from yimen.kernel.models import EventRow, FailedTelling

log = structlog.get_logger(__name__)


def deliver_news(limit: int = 100) -> int:
    """Tell up to ``limit`` pieces of news, oldest first, and return how many were told.

    Several workers may run this at once: a row is taken by one of them only. A reaction that fails leaves a
    ``FailedTelling``; the others are told all the same.
    """
    with transaction.atomic():
        rows = list(EventRow.objects.filter(told_at=None).order_by("id").select_for_update(skip_locked=True)[:limit])
        for row in rows:
            for reaction in reactions_to(row.kind):
                _tell(row, reaction)
        EventRow.objects.filter(pk__in=[row.pk for row in rows]).update(told_at=Now())
    return len(rows)


def retry_failures(limit: int = 50) -> int:
    """Tell again what failed before and is due for another try; returns how many went well."""
    mended = 0
    with transaction.atomic():
        due = FailedTelling.objects.filter(mended_at=None, next_try_at__lte=clock.now()).select_related("event")
        for failure in due.select_for_update(of=("self",), skip_locked=True)[:limit]:
            reaction = next((r for r in reactions_to(failure.event.kind) if _name(r) == failure.reaction), None)
            if reaction is None or _tell(failure.event, reaction):
                failure.mended_at = clock.now()
                failure.save(update_fields=["mended_at"])
                mended += 1
    return mended


def _name(reaction: Reaction) -> str:
    return f"{reaction.__module__}.{reaction.__qualname__}"


def _tell(row: EventRow, reaction: Reaction) -> bool:
    try:
        with transaction.atomic():
            reaction(event_from(row.kind, row.data))
    except Exception as error:  # a reaction must not keep the others from hearing
        log.exception("telling failed", event=row.pk, kind=row.kind, reaction=_name(reaction))
        failure, is_new = FailedTelling.objects.get_or_create(
            event=row,
            reaction=_name(reaction),
            defaults={"error": repr(error)[:2000], "next_try_at": clock.now() + timedelta(seconds=10)},
        )
        if not is_new:
            failure.tries += 1
            failure.error = repr(error)[:2000]
            failure.next_try_at = clock.now() + timedelta(seconds=min(10 * 2**failure.tries, 3600))
            failure.save(update_fields=["tries", "error", "next_try_at"])
        return False
    return True
