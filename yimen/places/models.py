"""Tables of places. Names in other languages lie in ``names``: ``{"en": "Xin'an Sub-district", …}``."""

from __future__ import annotations

from django.db import models

from yimen.places.terms import RegionLevel, Tier, Weekday, WindowKind


class Region(models.Model):
    """A piece of the administrative tree, as it stood between two days; ``path`` is the codes from the top on."""

    id = models.BigAutoField(primary_key=True)
    code = models.CharField(max_length=12)
    name = models.CharField(max_length=100)
    names = models.JSONField(default=dict, blank=True)
    level = models.CharField(max_length=10, choices=RegionLevel.choices)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    path = models.CharField(max_length=200)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    #: What a split or merged region became.
    successors = models.ManyToManyField("self", symmetrical=False, related_name="predecessors", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("code", "valid_from", name="one_region_per_code_and_start"),
            models.CheckConstraint(
                condition=models.Q(valid_until=None) | models.Q(valid_until__gt=models.F("valid_from")),
                name="region_ends_after_it_begins",
            ),
        ]
        indexes = [models.Index(fields=["path"], name="places_region_path", opclasses=["varchar_pattern_ops"])]


class Institution(models.Model):
    """Who runs this installation: one row. Its name is on every page and letter."""

    name = models.CharField(max_length=100)
    names = models.JSONField(default=dict, blank=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT)
    #: Two or three capitals in front of every case number.
    case_prefix = models.CharField(max_length=3)
    hotline = models.CharField(max_length=20)
    sponsor = models.CharField(max_length=200, blank=True)
    sponsors = models.JSONField(default=dict, blank=True)


class Centre(models.Model):
    """A service centre that people walk into."""

    id = models.BigAutoField(primary_key=True)
    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=100)
    names = models.JSONField(default=dict, blank=True)
    tier = models.CharField(max_length=10, choices=Tier.choices)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="centres")
    address = models.CharField(max_length=200)
    addresses = models.JSONField(default=dict, blank=True)
    directions = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    amenities = models.JSONField(default=list, blank=True)
    is_open = models.BooleanField(default=True)

    class Meta:
        ordering = ["code"]


class Zone(models.Model):
    """A part of a hall: acceptance, enquiries, online area, offices."""

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="zones")
    code = models.CharField(max_length=10)
    name = models.CharField(max_length=60)
    names = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("centre", "code", name="one_zone_per_centre_and_code")]
        ordering = ["centre", "code"]


class Window(models.Model):
    """A window or desk at which a clerk sits."""

    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="windows")
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="windows")
    code = models.CharField(max_length=10)
    kind = models.CharField(max_length=12, choices=WindowKind.choices, default=WindowKind.INTEGRATED)
    is_open = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint("centre", "code", name="one_window_per_centre_and_code")]
        ordering = ["centre", "code"]


class OpeningHours(models.Model):
    """One interval of one weekday; a day has as many rows as it has intervals."""

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="hours")
    weekday = models.CharField(max_length=1, choices=Weekday.choices)
    opens = models.TimeField()
    closes = models.TimeField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(closes__gt=models.F("opens")), name="hours_close_after_they_open")
        ]
        ordering = ["centre", "weekday", "opens"]


class OpeningException(models.Model):
    """One day that is not like its weekday: closed, or with its own intervals (``[["09:00", "12:00"], …]``)."""

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="exceptions")
    day = models.DateField()
    intervals = models.JSONField(default=list, blank=True)
    reason = models.CharField(max_length=200)
    reasons = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("centre", "day", name="one_exception_per_centre_and_day")]
