"""Notices as a Django app."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Notices as a Django app."""

    name = "yimen.notices"
    label = "notices"
    verbose_name = "notices"
