"""Messages on their way out, each with its proof of sending."""

from django.db import models

from yimen.channels.terms import Channel, SendState
from yimen.kernel.sealing import SealedTextField


class Message(models.Model):
    """One text to one address. The address is sealed; ``subject_kind`` and ``subject_no`` say what it is about."""

    channel = models.CharField(max_length=8, choices=Channel.choices)
    address = SealedTextField()
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    subject_kind = models.CharField(max_length=40, blank=True)
    subject_no = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=8, choices=SendState.choices, default=SendState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    gateway = models.CharField(max_length=40, blank=True)
    #: What the gateway answered: its own number of the message, the proof of sending.
    reference = models.CharField(max_length=200, blank=True)
    error = models.CharField(max_length=500, blank=True)
    #: The text is a secret (a code): it is wiped once it has been sent or given up.
    is_secret = models.BooleanField(default=False, db_default=False)
    created_at = models.DateTimeField()
    #: Not before this moment: the lease of the worker that has it now, or the wait after a failure.
    next_try_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index("id", name="channels_message_waiting", condition=models.Q(state="waiting")),
            models.Index(fields=["subject_kind", "subject_no"], name="channels_message_subject"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="sent") | models.Q(sent_at__isnull=False), name="sent_message_has_sent_at"
            )
        ]
