"""The only clock. Nothing else in the house may ask the machine what time it is."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings

#: Legal time of the People's Republic of China, one zone for the whole country.
LEGAL_ZONE = ZoneInfo("Asia/Shanghai")


def _shift() -> timedelta:
    """How far the demo's clock is ahead; nothing outside the demo."""
    if not settings.CLOCK_FILE:
        return timedelta()
    try:
        with open(settings.CLOCK_FILE, encoding="ascii") as file:  # noqa: PTH123  asked dozens of times a page
            return timedelta(seconds=float(file.read()))
    except (FileNotFoundError, ValueError):
        return timedelta()


def now() -> datetime:
    """The moment it is, aware, in UTC."""
    return datetime.now(UTC) + _shift()  # noqa: TID251  the one place that may ask


def today() -> date:
    """The legal day of this moment."""
    return local_date(now())


def local(moment: datetime) -> datetime:
    """The moment in legal time."""
    return moment.astimezone(LEGAL_ZONE)


def local_date(moment: datetime) -> date:
    """The legal day in which the moment lies."""
    return moment.astimezone(LEGAL_ZONE).date()


def advance(by: timedelta) -> datetime:
    """Move the demo's clock forward and return the new moment. Never backwards: the ledger would not follow.

    Raises ValueError outside the demo or for a negative step.
    """
    if not settings.CLOCK_FILE:
        raise ValueError("the clock moves in the demo only")
    if by < timedelta():
        raise ValueError("the clock does not go back")
    Path(settings.CLOCK_FILE).write_text(str((_shift() + by).total_seconds()), encoding="ascii")
    return now()
