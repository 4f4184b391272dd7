"""Looks as a Django app: templates and static files, no tables."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Looks as a Django app: templates and static files, no tables."""

    name = "yimen.ui"
    label = "ui"
    verbose_name = "ui"
