"""The published years for other systems. The due day of a limit is answered one storey up, where centres are known."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from ninja import Path, Router, Schema
from pydantic import Field

from yimen.calendar import queries
from yimen.calendar.terms import DayKind

router = Router(tags=["calendar"])


class YearOut(Schema):
    """A year whose holiday notice is in."""

    year: int
    notice: str
    published_on: date | None


class SpecialDayOut(Schema):
    """A day that is not what its weekday says."""

    day: date
    kind: DayKind
    name: str


@router.get("/years", response=list[YearOut], url_name="calendar-years")
def years(request: HttpRequest) -> list[queries.PublishedYear]:  # noqa: ARG001
    """Every published year, oldest first."""
    return queries.published_years()


@router.get("/years/{year}", response=list[SpecialDayOut], url_name="calendar-days")
def days(request: HttpRequest, year: Path[Annotated[int, Field(ge=1, le=9999)]]) -> list[SpecialDayOut]:  # noqa: ARG001
    """Holidays and make-up working days of a published year, in order."""
    return [
        SpecialDayOut(day=given.day, kind=DayKind.MAKE_UP if given.is_working else DayKind.HOLIDAY, name=given.name)
        for given in queries.days_of(year)
    ]
