"""Kinds of letters and files. Letter codes are those of the official forms (文书)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class LetterKind(TextChoices):
    """Official letters and what each is called."""

    RECEIPT = "W01", _("Receipt for application materials")
    ACCEPTANCE = "W02", _("Notice of acceptance")
    NOT_ACCEPTED = "W03", _("Notice of non-acceptance")
    CORRECTION = "W04", _("One-time notice of corrections")
    CORRECTION_RECEIPT = "W05", _("Receipt for corrected materials")
    GRANT = "W11", _("Decision to grant")
    REFUSAL = "W12", _("Decision to refuse")
    SERVICE = "W13", _("Proof of service")
    WITHDRAWAL = "W14", _("Notice of withdrawal")
    TERMINATION = "W15", _("Notice of termination")
    COLLECTION = "W16", _("Record of collection")
    HAND_OVER = "W17", _("Hand-over list of materials")


class FileKind(TextChoices):
    """What a stored file is."""

    UPLOAD = "upload", _("given by a person")
    SCAN = "scan", _("scanned at a window")
    LETTER = "letter", _("official letter")
