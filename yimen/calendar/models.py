"""The holiday notices of the State Council as rows."""

from django.db import models


class CalendarYear(models.Model):
    """A year whose notice is out. A year without a row is not published, and nothing is guessed about it."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    #: Number and title of the notice, as printed.
    notice = models.CharField(max_length=200)
    published_on = models.DateField(null=True)
    #: Grows with every change; processes that keep the calendar in memory compare it.
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["year"]


class SpecialDay(models.Model):
    """A day that is not what its weekday says: a holiday, or a weekend day worked to make up for one.

    Rest days moved to a weekday are holidays too; weekends inside a holiday need no row, but may have one for the name.
    """

    day = models.DateField(primary_key=True)
    is_working = models.BooleanField()
    name = models.CharField(max_length=60)
    year = models.ForeignKey(CalendarYear, on_delete=models.PROTECT, related_name="days")

    class Meta:
        ordering = ["day"]
