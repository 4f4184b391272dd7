"""The words of the calendar."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Unit(TextChoices):
    """What a limit is counted in."""

    WORKING_DAY = "working_day", _("working days")
    CALENDAR_DAY = "calendar_day", _("calendar days")
    OPENING_HOUR = "opening_hour", _("opening hours")
    MONTH = "month", _("months")


class DayKind(TextChoices):
    """What a day is in law."""

    WORKDAY = "workday", _("working day")
    WEEKEND = "weekend", _("weekend")
    HOLIDAY = "holiday", _("public holiday")
    MAKE_UP = "make_up", _("make-up working day")
    UNKNOWN = "unknown", _("not published yet")


@dataclass(frozen=True, slots=True)
class Limit:
    """So many units: 20 working days."""

    count: int
    unit: Unit
