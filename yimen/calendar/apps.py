"""The calendar as a Django app."""

from django.apps import AppConfig


class CalendarConfig(AppConfig):
    """The calendar as a Django app."""

    name = "yimen.calendar"
    label = "calendar"
    verbose_name = "calendar"
