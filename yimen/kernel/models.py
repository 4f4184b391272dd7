"""Tables of the kernel: news that waits to be told, and tellings that failed."""

from __future__ import annotations

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.functions import Now


class EventRow(models.Model):
    """One piece of news, written with the change it tells of."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=80)
    data = models.JSONField(encoder=DjangoJSONEncoder)
    written_at = models.DateTimeField(db_default=Now())
    told_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "kernel_event"
        indexes = [models.Index("id", name="kernel_event_untold", condition=models.Q(told_at=None))]


class FailedTelling(models.Model):
    """A reaction that failed for a piece of news; it is tried again, later and later."""

    event = models.ForeignKey(EventRow, on_delete=models.PROTECT, related_name="failures")
    reaction = models.CharField(max_length=200)
    error = models.TextField()
    tries = models.PositiveSmallIntegerField(default=1)
    next_try_at = models.DateTimeField()
    mended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("event", "reaction", name="one_failure_per_event_and_reaction")]


class Attempt(models.Model):
    """How often something was tried since a moment; see ``throttle``."""

    key = models.CharField(primary_key=True, max_length=120)
    since = models.DateTimeField()
    tries = models.PositiveIntegerField()


class SweepRun(models.Model):
    """When a sweep last ran, and for which moment of its cron line: the next worker need not run it again."""

    name = models.CharField(primary_key=True, max_length=80)
    slot_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    #: How many things it changed.
    changed = models.PositiveIntegerField()
