"""The words of the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

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


#: The largest count of each unit that anybody may ask for: about ten years.
MAX_COUNT = {Unit.WORKING_DAY: 3650, Unit.CALENDAR_DAY: 3650, Unit.OPENING_HOUR: 3650, Unit.MONTH: 120}
#: Years about which the calendar talks at all.
FIRST_YEAR, LAST_YEAR = 1950, 2199


@dataclass(frozen=True, slots=True)
class Limit:
    """So many units: 20 working days. A count of nought means on the spot (即办)."""

    count: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class NoticeDay:
    """One day as a notice has it: a holiday, or (``is_working``) a weekend day worked to make up for one."""

    day: date
    is_working: bool
    name: str


@dataclass(frozen=True, slots=True)
class Due:
    """When a limit ends.

    ``on`` is None when the count runs into a year without a notice, named by ``missing_year``. ``earliest_on`` is
    always there: the day itself, or the day it would be if Monday to Friday were all worked and no weekend were.
    """

    on: date | None
    earliest_on: date
    missing_year: int | None = None


@dataclass(frozen=True, slots=True)
class ExplainedDay:
    """One day on the way to a due day. ``number`` is its running number where it counts, else None."""

    day: date
    kind: DayKind
    name: str
    number: int | None


@dataclass(frozen=True, slots=True)
class OpenSpan:
    """A stretch of opening time that was counted, and how many hours are counted at its end."""

    begins: datetime
    ends: datetime
    hours: Decimal
