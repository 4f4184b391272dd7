"""The words of the channels."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Channel(TextChoices):
    """How words leave the house."""

    SMS = "sms", _("SMS")
    MAIL = "mail", _("E-mail")


class SendState(TextChoices):
    """How far a message has come."""

    WAITING = "waiting", _("waiting to be sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("could not be sent")
