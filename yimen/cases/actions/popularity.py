"""Which items are asked for most: counted each night, so that lists can lead with them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Count

from yimen.cases.models import Case
from yimen.catalogue.actions import note_popularity

#: Days that count: what was asked for within a year.
COUNTED_DAYS = 365


def count_popularity(*, now: datetime) -> int:
    """Count the cases of each item within a year and tell the catalogue; returns how many items changed."""
    recent = Case.objects.filter(filed_at__gte=now - timedelta(days=COUNTED_DAYS))
    counts = dict(recent.values_list("item_id").annotate(Count("id")).order_by())
    return note_popularity(counts=counts)
