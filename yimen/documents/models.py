"""Files and letters. The bytes lie on disk under their SHA-256; the rows say what they are and whose."""

from __future__ import annotations

from django.db import models

from yimen.documents.terms import FileKind, LetterKind
from yimen.kernel.ids import new_id
from yimen.kernel.sealing import SealedTextField


class File(models.Model):
    """A stored file. ``subject_kind``/``subject_id`` name the higher thing it belongs to, without a key."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=8, choices=FileKind.choices)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=60)
    size = models.PositiveBigIntegerField()
    sha256 = models.BinaryField(max_length=32)
    pages = models.PositiveIntegerField(default=1)
    subject_kind = models.CharField(max_length=40, blank=True)
    subject_id = models.CharField(max_length=80, blank=True)
    #: ``kind:id`` of the hand that gave it.
    given_by = models.CharField(max_length=60)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="documents_file_subject")]


class Letter(models.Model):
    """An official letter: its facts are fixed when it is drawn up; the PDF is set from them once, and then kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=3, choices=LetterKind.choices)
    #: Number of the letter, with a check character; the check page finds it by this.
    number = models.CharField(max_length=40, unique=True)
    subject_kind = models.CharField(max_length=40)
    subject_no = models.CharField(max_length=80)
    language = models.CharField(max_length=10, default="zh-hans")
    facts = models.JSONField()
    #: The query PIN, where the letter tells it: sealed, and on the page only.
    pin = SealedTextField(blank=True, default="")
    drawn_up_at = models.DateTimeField()
    file = models.ForeignKey(File, on_delete=models.PROTECT, null=True)

    class Meta:
        indexes = [models.Index(fields=["subject_kind", "subject_no"], name="documents_letter_subject")]
