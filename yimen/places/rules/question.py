"""A question for the end of a limit, as people and programs write it: FROM,COUNT,UNIT[,CENTRE]."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from yimen.calendar.errors import CentreNeeded, CountNotWhole
from yimen.calendar.terms import Limit, Unit
from yimen.kernel import clock
from yimen.places.errors import CountNotReadable, DayNotReadable, MomentNeeded, QuestionNotReadable, UnitUnknown

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})?")
_COUNT = re.compile(r"[+-]?[0-9]{1,9}(\.[0-9]{1,4})?")
_UNITS = frozenset(Unit.values)
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Question:
    """From when, how many of what, and where, if hours are asked for. ``start`` is naive legal time."""

    start: datetime
    count: Decimal
    unit: Unit
    centre: str = ""

    def limit(self) -> Limit:
        """The limit, for units that are counted whole."""
        return Limit(int(self.count), self.unit)


def read_line(line: str) -> Question:
    """The question in one line.

    Raises: QuestionNotReadable and whatever ``read_question`` raises
    """
    cells = [cell.strip() for cell in line.split(",")]
    if len(line) > _LONGEST or not 3 <= len(cells) <= 4:
        raise QuestionNotReadable
    return read_question(*cells)


def read_question(start: str, count: str, unit: str, centre: str = "") -> Question:
    """The question from its parts as they were written.

    Raises: DayNotReadable, CountNotReadable, CountNotWhole, UnitUnknown, CentreNeeded, MomentNeeded
    """
    moment, number, kind = _moment(start), _count(count), _unit(unit)
    if kind != Unit.OPENING_HOUR and number != number.to_integral_value():
        raise CountNotWhole(field="count")
    if kind == Unit.OPENING_HOUR and not centre:
        raise CentreNeeded(field="centre")
    if kind == Unit.OPENING_HOUR and _DAY.fullmatch(start):
        raise MomentNeeded(field="from")
    return Question(moment, number, kind, centre)


def _moment(text: str) -> datetime:
    try:
        if _DAY.fullmatch(text):
            return datetime.combine(date.fromisoformat(text), datetime.min.time())
        if _MOMENT.fullmatch(text):
            moment = datetime.fromisoformat(text)
            return clock.local(moment).replace(tzinfo=None) if moment.tzinfo else moment
    except (ValueError, OverflowError):
        pass
    raise DayNotReadable(field="from", text=text[:40])


def _count(text: str) -> Decimal:
    if not _COUNT.fullmatch(text):
        raise CountNotReadable(field="count", text=text[:40])
    return Decimal(text)


def _unit(text: str) -> Unit:
    if text not in _UNITS:
        raise UnitUnknown(field="unit", text=text[:40], units=", ".join(Unit.values))
    return Unit(text)
