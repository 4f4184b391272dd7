"""What the administrator fills in: the notice of a year, and one day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from yimen.calendar.models import CalendarYear, SpecialDay
from yimen.calendar.rules import check_notice, check_special_day
from yimen.calendar.terms import DayKind, NoticeDay
from yimen.kernel.errors import Refusal, Refusals

if TYPE_CHECKING:
    _YearForm = forms.ModelForm[CalendarYear]
    _DayForm = forms.ModelForm[SpecialDay]
else:
    _YearForm = _DayForm = forms.ModelForm

_WORKED = "+"


def lines_of(days: list[NoticeDay]) -> str:
    """One day a line: ``2027-10-01 国庆节``; a make-up working day has a plus in front of its name."""
    return "\n".join(f"{given.day.isoformat()} {_WORKED if given.is_working else ''}{given.name}" for given in days)


def days_in(text: str) -> list[NoticeDay]:
    """The days again from their lines. Raises ValidationError naming the line."""
    return [_day_in(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]


def _day_in(number: int, line: str) -> NoticeDay:
    shown, _space, name = line.strip().partition(" ")
    try:
        day = date.fromisoformat(shown)
    except ValueError:
        raise ValidationError(
            _("Line %(number)s does not begin with a day such as 2027-10-01."), params={"number": number}
        ) from None
    return NoticeDay(day, name.strip().startswith(_WORKED), name.strip().removeprefix(_WORKED).strip())


class YearForm(_YearForm):
    """The notice of a year with all its special days."""

    special_days = forms.CharField(
        label=_("Special days"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 40, "cols": 60}),
        help_text=_("One day a line: 2027-10-01 国庆节. A make-up working day has a plus: 2027-10-09 +国庆节."),
    )

    class Meta:
        model = CalendarYear
        fields = ("year", "notice", "published_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            rows = self.instance.days.values_list("day", "is_working", "name")
            self.initial["special_days"] = lines_of([NoticeDay(*row) for row in rows])

    def clean_special_days(self) -> list[NoticeDay]:
        """The lines as days."""
        return days_in(self.cleaned_data["special_days"])

    def clean(self) -> dict[str, Any]:
        """Say everything that is wrong with the notice."""
        given: dict[str, Any] = self.cleaned_data
        if not self.errors:
            try:
                check_notice(given.get("year", self.instance.year), given["notice"], given["special_days"])
            except Refusals as several:
                raise ValidationError([str(refusal) for refusal in several.refusals]) from None
            except Refusal as refusal:
                raise ValidationError(str(refusal)) from None
        return given


class SpecialDayForm(_DayForm):
    """One day and what it is from now on."""

    kind = forms.ChoiceField(
        label=_("Kind"), choices=[(kind.value, kind.label) for kind in DayKind if kind != DayKind.UNKNOWN]
    )
    name = forms.CharField(label=_("Name of the holiday"), max_length=60, required=False)

    class Meta:
        model = SpecialDay
        fields = ("day", "name")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["kind"] = DayKind.MAKE_UP if self.instance.is_working else DayKind.HOLIDAY

    def clean(self) -> dict[str, Any]:
        """Say whether the day can be of that kind, and whether its year is published."""
        given: dict[str, Any] = self.cleaned_data
        if self.errors:
            return given
        day = given.get("day", self.instance.day)
        if not CalendarYear.objects.filter(year=day.year).exists():
            raise ValidationError(_("The notice of this year is not in yet: publish the year first."))
        try:
            check_special_day(day, DayKind(given["kind"]), given["name"])
        except Refusal as refusal:
            raise ValidationError(str(refusal)) from None
        return given
