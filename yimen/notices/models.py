"""Templates and notices."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from yimen.kernel.ids import new_id
from yimen.notices.terms import Occasion


class Template(models.Model):
    """The words for an occasion in one language; ``{name}`` places are filled from the facts. Officers edit them."""

    occasion = models.CharField(max_length=30, choices=Occasion.choices)
    language = models.CharField(max_length=10)
    title = models.CharField(max_length=120)
    text = models.TextField()
    #: The short form for SMS.
    sms = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("occasion", "language", name="one_template_per_occasion_and_language")]


class Notice(models.Model):
    """What was written to one person on one occasion; shown in their inbox. Sending lies with the channels."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="notices")
    occasion = models.CharField(max_length=30, choices=Occasion.choices)
    language = models.CharField(max_length=10)
    title = models.CharField(max_length=120)
    text = models.TextField()
    subject_kind = models.CharField(max_length=40, blank=True)
    subject_no = models.CharField(max_length=80, blank=True)
    #: Makes a repeated telling harmless.
    key = models.CharField(max_length=120, unique=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["user", "-created_at"], name="notices_notice_user"),
            models.Index(fields=["subject_kind", "subject_no"], name="notices_notice_subject"),
        ]
