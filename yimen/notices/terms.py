"""The occasions on which people are written to."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Occasion(TextChoices):
    """What a notice is about; one template each, per language."""

    CASE_FILED = "case_filed", _("application received")
    CASE_ACCEPTED = "case_accepted", _("application accepted")
    CASE_NOT_ACCEPTED = "case_not_accepted", _("application not accepted")
    CORRECTION_ASKED = "correction_asked", _("corrections needed")
    PAYMENT_ASKED = "payment_asked", _("payment needed")
    CASE_GRANTED = "case_granted", _("application granted")
    CASE_REFUSED = "case_refused", _("application refused")
    RESULT_READY = "result_ready", _("result ready to be collected")
    CASE_CLOSED = "case_closed", _("case closed")
    CASE_WITHDRAWN = "case_withdrawn", _("application withdrawn")
    SIGN_IN_CODE = "sign_in_code", _("sign-in code")
