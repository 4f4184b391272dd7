"""Items and their versions. The database refuses to change a version once it is published, but for its state."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from yimen.calendar.terms import Unit
from yimen.catalogue.terms import Audience, CaseType, ItemType, VersionState
from yimen.identity.models import Agency
from yimen.places.models import Centre, Region


class Item(models.Model):
    """What may be asked for, whatever its versions. ``code`` is opaque; three generations of codes coexist."""

    id = models.BigAutoField(primary_key=True)
    code = models.CharField(max_length=64, unique=True)
    catalog_code = models.CharField(max_length=50, blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="items")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="items")
    #: The version in force; none while the first is a draft.
    current = models.ForeignKey("ItemVersion", on_delete=models.PROTECT, null=True, related_name="+")
    #: Cases filed so far, kept by a nightly count; orders the lists.
    popularity = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["code"]


class ItemVersion(models.Model):
    """One version: columns for what is asked of many items at once, ``content`` for the rest (``terms.Content``)."""

    id = models.BigAutoField(primary_key=True)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=VersionState.choices, default=VersionState.DRAFT)
    name = models.CharField(max_length=200)
    plain_name = models.CharField(max_length=200, blank=True)
    type = models.CharField(max_length=16, choices=ItemType.choices)
    case_type = models.CharField(max_length=10, choices=CaseType.choices, default=CaseType.PROMISED)
    audience = ArrayField(models.CharField(max_length=12, choices=Audience.choices))
    statutory_count = models.PositiveIntegerField(null=True)
    statutory_unit = models.CharField(max_length=12, choices=Unit.choices, default=Unit.WORKING_DAY)
    promised_count = models.PositiveIntegerField(null=True)
    promised_unit = models.CharField(max_length=12, choices=Unit.choices, default=Unit.WORKING_DAY)
    content = models.JSONField(default=dict)
    #: What a draft still lacks before it may be published, as codes.
    gaps = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    #: SHA-256 over the columns and the content: tells whether an import changes anything.
    digest = models.CharField(max_length=64)
    source = models.CharField(max_length=60, blank=True)
    effective_from = models.DateField(null=True)
    published_at = models.DateTimeField(null=True)
    #: Staff numbers of who drafted it and who published it: two people.
    drafted_by = models.CharField(max_length=40, blank=True)
    published_by = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("item", "number", name="one_version_per_item_and_number"),
            models.UniqueConstraint(
                "item", condition=models.Q(state="published"), name="one_published_version_per_item"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="published") | models.Q(published_at__isnull=False),
                name="published_version_has_published_at",
            ),
        ]


class ServicePoint(models.Model):
    """A centre whose integrated windows take this item in, whatever department decides."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="points")
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint("item", "centre", name="one_point_per_item_and_centre")]


class ItemText(models.Model):
    """What search looks through: the published version's words in one language, cut into tokens."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=10)
    name = models.CharField(max_length=200)
    #: What else it says, in normal form: short name, other names, department, papers, summary.
    rest = models.TextField(blank=True)
    tokens = SearchVectorField()

    class Meta:
        constraints = [models.UniqueConstraint("item", "language", name="one_text_per_item_and_language")]
        indexes = [
            GinIndex(fields=["tokens"], name="catalogue_itemtext_tokens"),
            GinIndex(fields=["name"], name="catalogue_itemtext_name", opclasses=["gin_trgm_ops"]),
        ]


class SearchMiss(models.Model):
    """A search that found nothing, by its words: what people ask for in words that we do not know."""

    words = models.CharField(max_length=100, unique=True)
    times = models.PositiveIntegerField(default=1)
    last_at = models.DateTimeField()
