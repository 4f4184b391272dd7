"""Validity in days, for the other questions."""

from __future__ import annotations

from datetime import date

from django.db.models import Q


def valid_on(on: date) -> Q:
    """Valid from on or before the day, until on or after it."""
    return Q(valid_from__lte=on) & (Q(valid_until=None) | Q(valid_until__gte=on))
