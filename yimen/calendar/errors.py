"""Ways in which the calendar says no."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yimen.kernel.errors import NotFound, NotValid


class YearNotPublished(NotValid):
    """The State Council's notice for the year is not in; nothing is guessed."""

    code = "calendar.year-not-published"
    message = _(
        "The calendar of %(year)s is not published yet. The day is fixed when the holiday notice of %(year)s is out."
    )


class YearUnknown(NotFound):
    """Nobody has published this year."""

    code = "calendar.year-unknown"
    message = _("The calendar of %(year)s is not published yet.")


class CountNotValid(NotValid):
    """Less than nothing, or more than ten years."""

    code = "calendar.count-not-valid"
    message = _("The count must be between 0 and %(most)s.")


class CountNotWhole(NotValid):
    """Days and months are counted whole."""

    code = "calendar.count-not-whole"
    message = _("Days and months are counted in whole numbers.")


class DayOutOfRange(NotValid):
    """The day lies outside the years that the calendar talks about."""

    code = "calendar.day-out-of-range"
    message = _("The day must lie between the years %(first)s and %(last)s.")


class CentreNeeded(NotValid):
    """Opening hours differ from centre to centre."""

    code = "calendar.centre-needed"
    message = _("Opening hours are counted at a centre: name the centre.")


class NeverOpen(NotValid):
    """The centre does not open for so long that counting makes no sense."""

    code = "calendar.never-open"
    message = _("The centre has no opening hours within a year from %(day)s.")


class NoticeEmpty(NotValid):
    """A notice has a title."""

    code = "calendar.notice-empty"
    message = _("Give the number and title of the notice, 200 characters at most.")


class YearOutOfRange(NotValid):
    """No such year."""

    code = "calendar.year-out-of-range"
    message = _("The year must lie between %(first)s and %(last)s.")


class DayOutsideNotice(NotValid):
    """A notice arranges its own year, and at most the December before."""

    code = "calendar.day-outside-notice"
    message = _("%(day)s is neither in %(year)s nor in the December before.")


class DayTwice(NotValid):
    """A day is listed once."""

    code = "calendar.day-twice"
    message = _("%(day)s is listed twice.")


class MakeUpNotOnWeekend(NotValid):
    """Only Saturdays and Sundays can be worked to make up for a holiday."""

    code = "calendar.make-up-not-on-weekend"
    message = _("%(day)s is not a Saturday or Sunday, so it cannot be a make-up working day.")


class NameMissing(NotValid):
    """Every special day says which holiday it belongs to."""

    code = "calendar.name-missing"
    message = _("Name the holiday to which %(day)s belongs, 60 characters at most.")


class StatutoryHolidayMissing(NotValid):
    """The list lacks a day that is a holiday every year."""

    code = "calendar.statutory-holiday-missing"
    message = _("%(day)s is a holiday every year and is missing from the list, or listed as worked.")
    law = "HOL art. 2"


class TooManyDays(NotValid):
    """A notice of this length is a mistake."""

    code = "calendar.too-many-days"
    message = _("A notice has at most %(most)s special days.")


class KindNotPossible(NotValid):
    """A weekday is worked or a holiday; a weekend day is free, a holiday, or worked to make up for one."""

    code = "calendar.kind-not-possible"
    message = _("%(day)s cannot be a day of the kind “%(kind)s”.")
