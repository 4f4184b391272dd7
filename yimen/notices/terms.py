"""The occasions on which people are written to."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

#: What a message of the channels is about: the notice that it carries.
NOTICE = "notice"


class Occasion(TextChoices):
    """What a notice is about; one template each, per language."""

    CASE_FILED = "case_filed", _("application received")
    CASE_ACCEPTED = "case_accepted", _("application accepted")
    CASE_NOT_ACCEPTED = "case_not_accepted", _("application not accepted")
    CORRECTION_ASKED = "correction_asked", _("corrections needed")
    CORRECTION_DUE = "correction_due", _("corrections due soon")
    PAYMENT_ASKED = "payment_asked", _("payment needed")
    CASE_GRANTED = "case_granted", _("application granted")
    CASE_REFUSED = "case_refused", _("application refused")
    RESULT_READY = "result_ready", _("result ready to be collected")
    CASE_CLOSED = "case_closed", _("case closed")
    CASE_WITHDRAWN = "case_withdrawn", _("application withdrawn")
    CASE_TERMINATED = "case_terminated", _("case ended for want of corrections")
    SIGN_IN_CODE = "sign_in_code", _("sign-in code")


_CASE = ("case_no", "item_name", "applicant_name", "link")

#: What each occasion may say, given as text. Never an ID number, never the PIN of a case: that stands on the receipt.
#: ``due_on`` is the day by which the next thing happens, as ``2016-10-19`` or in words where no day is fixed.
FACTS: dict[Occasion, tuple[str, ...]] = {
    Occasion.CASE_FILED: (*_CASE, "due_on"),
    Occasion.CASE_ACCEPTED: (*_CASE, "due_on"),
    Occasion.CASE_NOT_ACCEPTED: (*_CASE, "why"),
    Occasion.CORRECTION_ASKED: (*_CASE, "why", "due_on"),
    Occasion.CORRECTION_DUE: (*_CASE, "why", "due_on"),
    Occasion.PAYMENT_ASKED: (*_CASE, "amount", "due_on"),
    Occasion.CASE_GRANTED: _CASE,
    Occasion.CASE_REFUSED: (*_CASE, "why"),
    Occasion.RESULT_READY: (*_CASE, "centre", "address", "hours"),
    Occasion.CASE_CLOSED: _CASE,
    Occasion.CASE_WITHDRAWN: _CASE,
    Occasion.CASE_TERMINATED: (*_CASE, "why", "due_on", "centre"),
    Occasion.SIGN_IN_CODE: ("code", "minutes"),
}

#: Facts that may be left out or empty: lines that speak of them are then left out.
OPTIONAL_FACTS = frozenset({"due_on", "why", "amount", "centre", "address", "hours"})

#: Facts that are not kept once they have been sent.
SECRET_FACTS = frozenset({"code"})
