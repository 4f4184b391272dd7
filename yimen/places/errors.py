"""Ways in which places say no."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yimen.kernel.errors import NotFound, NotValid, Refusal


class CentreUnknown(NotFound):
    """No centre under this code."""

    code = "places.centre-unknown"
    message = _("There is no service centre with the code “%(code)s”.")


class CentreNotKnown(NotValid):
    """A question names a centre that does not exist."""

    code = "places.centre-not-known"
    message = _("There is no service centre with the code “%(code)s”.")


class WindowUnknown(NotFound):
    """No such window."""

    code = "places.window-unknown"
    message = _("There is no such window.")


class RegionUnknown(NotFound):
    """No region under this code on that day."""

    code = "places.region-unknown"
    message = _("There is no region with the code “%(code)s” on %(day)s.")


class InstitutionMissing(NotFound):
    """Nobody runs this installation yet."""

    code = "places.institution-missing"
    message = _("This installation does not know yet who runs it: load the data of the institution first.")


class RegionHasEnded(Refusal):
    """A region that has ended cannot be split again."""

    code = "places.region-has-ended"
    message = _("The region %(code)s ended on %(day)s already.")


class PartsNotPlaced(NotValid):
    """Whatever lies in a region must lie in exactly one of its successors."""

    code = "places.parts-not-placed"
    message = _("These parts of the region must each go to exactly one successor: %(codes)s.")


class SuccessorsMissing(NotValid):
    """A region becomes at least one other."""

    code = "places.successors-missing"
    message = _("Name at least one region that begins on that day.")


class CodeNotValid(NotValid):
    """Codes are short and plain."""

    code = "places.code-not-valid"
    message = _("“%(code)s” is not a code: capital letters, digits and hyphens, 20 at most.")


class NameNotValid(NotValid):
    """Everything has a name."""

    code = "places.name-not-valid"
    message = _("Give a name of 1 to 100 characters.")


class IntervalsNotValid(NotValid):
    """Opening intervals follow one another."""

    code = "places.intervals-not-valid"
    message = _("The opening hours must close after they open and must not overlap: %(intervals)s.")


class WeekdayNotValid(NotValid):
    """A week has seven days."""

    code = "places.weekday-not-valid"
    message = _("The weekdays are numbered from 1 (Monday) to 7 (Sunday).")


class DayNotReadable(NotValid):
    """A day or moment that cannot be read."""

    code = "places.day-not-readable"
    message = _("“%(text)s” is not a day such as 2016-06-25 or a moment such as 2016-06-25T15:00.")


class MomentNeeded(NotValid):
    """Opening hours are counted from a moment."""

    code = "places.moment-needed"
    message = _("Opening hours are counted from a moment such as 2016-06-25T15:00.")


class CountNotReadable(NotValid):
    """A count that cannot be read."""

    code = "places.count-not-readable"
    message = _("“%(text)s” is not a count such as 20.")


class UnitUnknown(NotValid):
    """A unit that nobody counts in."""

    code = "places.unit-unknown"
    message = _("“%(text)s” is not a unit; the units are %(units)s.")


class QuestionNotReadable(NotValid):
    """A line that is no question."""

    code = "places.question-not-readable"
    message = _("Write FROM,COUNT,UNIT or FROM,COUNT,UNIT,CENTRE, for example 2016-06-25,20,working_day.")


class CountMissing(NotValid):
    """One way of saying how much, not none and not two."""

    code = "places.count-missing"
    message = _("Give either working_days, or count with unit.")


class AmenityUnknown(NotValid):
    """Amenities have names from a list, so that they can be translated."""

    code = "places.amenity-unknown"
    message = _("“%(amenity)s” is not one of the amenities: %(known)s.")
