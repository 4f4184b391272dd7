"""What has happened to the calendar."""

from __future__ import annotations

from dataclasses import dataclass

from yimen.kernel.events import Event


@dataclass(frozen=True, slots=True)
class CalendarYearPublished(Event):
    """The notice of a year has come in, or days of it were corrected: days that were fixed by it may be others now."""

    year: int
