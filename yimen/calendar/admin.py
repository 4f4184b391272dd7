"""The calendar in the administration: reference tables that may be changed there, through the actions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest

from yimen.calendar.actions import change_day, publish_year
from yimen.calendar.forms import SpecialDayForm, YearForm
from yimen.calendar.models import CalendarYear, SpecialDay
from yimen.calendar.terms import DayKind
from yimen.kernel import clock
from yimen.kernel.actors import Actor, ActorKind

if TYPE_CHECKING:
    _YearAdmin = admin.ModelAdmin[CalendarYear]
    _DayAdmin = admin.ModelAdmin[SpecialDay]
else:
    _YearAdmin = _DayAdmin = admin.ModelAdmin


def _hand(request: HttpRequest) -> Actor:
    return Actor(kind=ActorKind.OFFICER, id=str(request.user.pk), label=request.user.get_username())


@admin.register(CalendarYear)
class CalendarYearAdmin(_YearAdmin):
    """Bring in a notice, or correct it."""

    form = YearForm
    list_display = ("year", "notice", "published_on", "revision")

    def get_readonly_fields(self, request: HttpRequest, obj: CalendarYear | None = None) -> tuple[str, ...]:  # noqa: ARG002
        """A year does not become another one."""
        return ("year",) if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: CalendarYear | None = None) -> bool:  # noqa: ARG002
        """What was published stays published."""
        return False

    def save_model(self, request: HttpRequest, obj: CalendarYear, form: Any, change: bool) -> None:  # noqa: ARG002
        """Write through the action."""
        publish_year(
            by=_hand(request),
            year=obj.year,
            notice=obj.notice,
            published_on=obj.published_on,
            days=form.cleaned_data["special_days"],
            now=clock.now(),
        )


@admin.register(SpecialDay)
class SpecialDayAdmin(_DayAdmin):
    """Correct one day of a published year."""

    form = SpecialDayForm
    list_display = ("day", "name", "is_working")
    list_filter = ("year", "is_working")
    date_hierarchy = "day"

    def get_readonly_fields(self, request: HttpRequest, obj: SpecialDay | None = None) -> tuple[str, ...]:  # noqa: ARG002
        """A day does not become another one."""
        return ("day",) if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: SpecialDay | None = None) -> bool:  # noqa: ARG002
        """A day is made ordinary again by its kind, so that the ledger knows."""
        return False

    def save_model(self, request: HttpRequest, obj: SpecialDay, form: Any, change: bool) -> None:  # noqa: ARG002
        """Write through the action."""
        kind = DayKind(form.cleaned_data["kind"])
        change_day(by=_hand(request), day=obj.day, kind=kind, name=form.cleaned_data["name"], now=clock.now())
