"""Bringing in the holiday notices, and correcting a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from yimen.calendar.errors import YearNotPublished
from yimen.calendar.events import CalendarYearPublished
from yimen.calendar.models import CalendarYear, SpecialDay
from yimen.calendar.rules import check_notice, check_special_day
from yimen.calendar.terms import DayKind, NoticeDay
from yimen.kernel.actors import Actor
from yimen.kernel.events import publish
from yimen.ledger.actions import write_line


@transaction.atomic
def publish_year(
    *, by: Actor, year: int, notice: str, published_on: date | None, days: Sequence[NoticeDay], now: datetime
) -> CalendarYear:
    """Bring in the notice of a year, or correct what was brought in; limits that waited for it can be dated.

    Replaces the days of the notice as a whole; a day that another notice had arranged becomes this one's. The same
    notice again changes nothing. May run twice.

    Law: XKF art. 82; HOL art. 2
    Raises: YearOutOfRange, TooManyDays, Refusals
    """
    check_notice(year, notice, days)
    title = notice.strip()
    row, is_new = CalendarYear.objects.select_for_update().get_or_create(
        year=year, defaults={"notice": title, "published_on": published_on}
    )
    if not is_new and _is_the_same(row, title, published_on, days):
        return row
    _replace_days(row, days)
    if not is_new:
        row.notice, row.published_on, row.revision = title, published_on, row.revision + 1
        row.save(update_fields=["notice", "published_on", "revision"])
    _tell(row, by=by, verb="publish_year", facts={"notice": title, "days": _as_facts(days)}, now=now)
    return row


def _is_the_same(row: CalendarYear, notice: str, published_on: date | None, days: Sequence[NoticeDay]) -> bool:
    kept = set(row.days.values_list("day", "is_working", "name"))
    given = {(day.day, day.is_working, day.name.strip()) for day in days}
    return (row.notice, row.published_on) == (notice, published_on) and kept == given


def _replace_days(row: CalendarYear, days: Sequence[NoticeDay]) -> None:
    row.days.all().delete()
    SpecialDay.objects.filter(day__in=[day.day for day in days]).delete()
    SpecialDay.objects.bulk_create(
        SpecialDay(day=day.day, is_working=day.is_working, name=day.name.strip(), year=row) for day in days
    )


@transaction.atomic
def change_day(*, by: Actor, day: date, kind: DayKind, name: str, now: datetime) -> CalendarYear:
    """Correct one day of a published year: a holiday that was lengthened, a make-up day that was called off.

    ``kind`` is what the day is from now on; an ordinary working day or weekend needs no name. May run twice.

    Raises: KindNotPossible, NameMissing, YearNotPublished
    """
    check_special_day(day, kind, name)
    row = CalendarYear.objects.select_for_update().filter(year=day.year).first()
    if row is None:
        raise YearNotPublished(field="day", year=day.year)
    if not _set_day(row, day, kind, name.strip()):
        return row
    row.revision += 1
    row.save(update_fields=["revision"])
    _tell(row, by=by, verb="change_day", facts={"day": day.isoformat(), "kind": kind.value, "name": name}, now=now)
    return row


def _set_day(row: CalendarYear, day: date, kind: DayKind, name: str) -> bool:
    """Whether anything changed."""
    found = SpecialDay.objects.filter(day=day)
    if kind in (DayKind.WORKDAY, DayKind.WEEKEND):
        return bool(found.delete()[0])
    is_working = kind == DayKind.MAKE_UP
    if found.filter(is_working=is_working, name=name).exists():
        return False
    SpecialDay.objects.update_or_create(
        day=day,
        defaults={"is_working": is_working, "name": name},
        create_defaults={"is_working": is_working, "name": name, "year": row},
    )
    return True


def _tell(row: CalendarYear, *, by: Actor, verb: str, facts: dict[str, object], now: datetime) -> None:
    whole = {"year": row.year, "revision": row.revision, **facts}
    write_line(chain=f"calendar:{row.year}", by=by, verb=verb, facts=whole, now=now)
    publish(CalendarYearPublished(year=row.year))


def _as_facts(days: Sequence[NoticeDay]) -> list[str]:
    """``2027-10-09 works`` or ``2027-10-01 rests``, in order."""
    return [
        f"{day.day.isoformat()} {'works' if day.is_working else 'rests'} {day.name.strip()}"
        for day in sorted(days, key=lambda given: given.day)
    ]
