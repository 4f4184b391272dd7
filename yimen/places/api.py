"""Centres for other systems, and the end of a limit in days or in opening hours of a centre."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Query, Router, Schema
from pydantic import Field, PlainSerializer, WithJsonSchema

from yimen.calendar.terms import DayKind, Unit
from yimen.kernel import clock
from yimen.places import queries
from yimen.places.errors import CountMissing
from yimen.places.rules import Interval, Question, read_question
from yimen.places.terms import Amenity, Tier, WindowKind

Code = Path[Annotated[str, Field(max_length=20)]]

router = Router(tags=["centres"])
#: Mounted at ``/calendar`` beside the router of the calendar itself.
due_router = Router(tags=["calendar"])


#: ``09:00``: a time of day without an offset, which is why the description does not call it RFC 3339.
LegalTime = Annotated[
    time,
    PlainSerializer(lambda value: f"{value:%H:%M}", return_type=str),
    WithJsonSchema({"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"}),
]


class IntervalOut(Schema):
    """From opening to closing, in legal time."""

    opens: LegalTime
    closes: LegalTime


class WeekdayOut(Schema):
    """The usual hours of a weekday; 1 is Monday."""

    weekday: int
    intervals: list[IntervalOut]


class ExceptionOut(Schema):
    """A day that is not like its weekday."""

    day: date
    intervals: list[IntervalOut]
    reason: str
    reasons: dict[str, str]


class WindowOut(Schema):
    """A window."""

    code: str
    kind: WindowKind
    is_open: bool


class ZoneOut(Schema):
    """A part of a hall with its windows."""

    code: str
    name: str
    names: dict[str, str]
    windows: list[WindowOut]


class CentreOut(Schema):
    """A service centre, and whether its doors are open now."""

    code: str
    name: str
    names: dict[str, str]
    tier: Tier
    region_code: str
    region_name: str
    address: str
    addresses: dict[str, str]
    directions: str
    phone: str
    amenities: list[Amenity]
    is_open_now: bool
    today: list[IntervalOut]


class CentreInFull(CentreOut):
    """A service centre with its week, the exceptions of the next three months, zones and windows."""

    week: list[WeekdayOut]
    exceptions: list[ExceptionOut]
    zones: list[ZoneOut]


@router.get("", response=list[CentreOut], url_name="centres")
def centres(request: HttpRequest, tier: Tier | None = None) -> list[CentreOut]:  # noqa: ARG001
    """All service centres, or those of one tier, by code."""
    return [CentreOut(**_facts(line)) for line in queries.centre_lines(clock.now(), tier=tier or "")]


@router.get("/{code}", response=CentreInFull, url_name="centre")
def centre(request: HttpRequest, code: Code) -> CentreInFull:  # noqa: ARG001
    """One service centre."""
    now = clock.now()
    today = clock.local_date(now)
    found = queries.centre(code)
    times = queries.opening_times(found.id)
    exceptions = queries.exceptions_of(found.id, today, today + timedelta(days=91))
    return CentreInFull(
        **_facts(queries.line_of(found, times, now)),
        week=[WeekdayOut(weekday=day, intervals=_out(rows)) for day, rows in queries.usual_week(times, today)],
        exceptions=[
            ExceptionOut(day=one.day, intervals=_out(one.intervals), reason=one.reason, reasons=one.reasons)
            for one in exceptions
        ],
        zones=[_zone_out(zone) for zone in queries.zones_of(found.id)],
    )


def _facts(line: queries.CentreLine) -> dict[str, Any]:
    shown = {key: getattr(line.centre, key) for key in CentreOut.model_fields if key not in ("is_open_now", "today")}
    return {**shown, "is_open_now": line.is_open_now, "today": _out(line.today)}


def _out(intervals: Iterable[Interval]) -> list[IntervalOut]:
    return [IntervalOut(opens=opens, closes=closes) for opens, closes in intervals]


def _zone_out(zone: queries.ZoneRow) -> ZoneOut:
    windows = [WindowOut(code=one.code, kind=one.kind, is_open=one.is_open) for one in zone.windows]
    return ZoneOut(code=zone.code, name=zone.name, names=zone.names, windows=windows)


class DueIn(Schema):
    """When does a limit end? ``working_days=20``, or ``count=4&unit=opening_hour&centre=CODE``."""

    start: str = Field(
        alias="from", max_length=40, description="A day (2016-06-25) or a moment (2016-06-25T15:00), in legal time."
    )
    working_days: int | None = Field(None, ge=0, le=3650)
    count: Decimal | None = Field(None, ge=0, le=3650, description="Whole for all units but opening_hour.")
    unit: Unit = Unit.WORKING_DAY
    centre: str = Field("", max_length=20, description="The code of a centre; needed for opening_hour.")


class ExplainedDayOut(Schema):
    """A day on the way: what it is in law, the holiday it belongs to, and its running number where it counts."""

    day: date
    kind: DayKind
    name: str
    number: int | None


class StretchOut(Schema):
    """A stretch of opening time that counted, and the hours counted at its end; moments in legal time."""

    begins: datetime
    ends: datetime
    hours: float


class DueOut(Schema):
    """The day on which the limit ends, the moment where it runs in opening hours, and why."""

    start: datetime = Field(serialization_alias="from")
    count: float
    unit: Unit
    centre: str
    due_on: date
    due_at: datetime | None
    explanation: list[ExplainedDayOut]
    stretches: list[StretchOut]


@due_router.get("/due", response=DueOut, by_alias=True, url_name="calendar-due")
def due(request: HttpRequest, asked: Query[DueIn]) -> DueOut:  # noqa: ARG001
    """The end of a limit, explained day by day. A year without a holiday notice is not guessed: problem 422."""
    found = queries.answer(_question(asked))
    return DueOut(
        start=_legal(found.question.start),
        count=float(found.question.count),
        unit=found.question.unit,
        centre=found.question.centre,
        due_on=found.day,
        due_at=_legal(found.moment) if found.moment else None,
        explanation=[
            ExplainedDayOut(day=one.day, kind=one.kind, name=one.name, number=one.number) for one in found.days
        ],
        stretches=[
            StretchOut(begins=_legal(one.begins), ends=_legal(one.ends), hours=float(one.hours))
            for one in found.stretches
        ],
    )


def _question(asked: DueIn) -> Question:
    if asked.working_days is not None and asked.count is None:
        return read_question(asked.start, str(asked.working_days), Unit.WORKING_DAY)
    if asked.count is None or asked.working_days is not None:
        raise CountMissing(field="count")
    return read_question(asked.start, format(asked.count, "f"), asked.unit, asked.centre)


def _legal(moment: datetime) -> datetime:
    return moment.replace(tzinfo=clock.LEGAL_ZONE)
