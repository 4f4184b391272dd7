"""How the catalogue says no."""

from django.utils.translation import gettext_lazy as _

from yimen.kernel.errors import NotAllowed, NotFound, NotValid, Refusal


class ItemNotFound(NotFound):
    """No item has this code, or none of its versions is published."""

    code = "catalogue.item-not-found"
    message = _("There is no published item under this code.")


class ItemNotOffered(Refusal):
    """The item cannot be applied for now: never published, suspended, or cancelled."""

    code = "catalogue.item-not-offered"
    message = _("This item cannot be applied for at present.")
    law = "XKF art. 30"


class VersionIncomplete(Refusal):
    """The publish gate: something that people rely on is missing or vague. Said once, with the whole list."""

    code = "catalogue.version-incomplete"
    message = _("This version cannot be published yet. Still open: %(gaps)s.")
    law = "XKF art. 30"
    status = 422


class MakerIsChecker(NotAllowed):
    """Whoever drafted a version does not publish it."""

    code = "catalogue.maker-is-checker"
    message = _("A version is published by somebody else than the one who drafted it.")


class NotADraft(Refusal):
    """The version is published already, or was replaced."""

    code = "catalogue.not-a-draft"
    message = _("This version is not a draft any more.")


class ItemDataNotValid(NotValid):
    """A description of an item breaks a rule of its format."""

    code = "catalogue.item-data-not-valid"
    message = _("%(place)s: %(reason)s")


class PromiseLongerThanLaw(NotValid):
    """The promised limit is longer than the statutory one."""

    code = "catalogue.promise-longer-than-law"
    message = _("The promised limit may not be longer than the statutory limit.")
    law = "XKF art. 42"


class AgencyUnknown(NotValid):
    """The item names a department that is not there."""

    code = "catalogue.agency-unknown"
    message = _("There is no department with the code %(agency)s.")


class RegionUnknown(NotValid):
    """The item names a region that is not there."""

    code = "catalogue.region-unknown"
    message = _("There is no region with the code %(region)s.")


class SaidTwice(NotValid):
    """Two lines of one list carry the same code."""

    code = "catalogue.said-twice"
    message = _("The code %(item)s stands in this list already.")
