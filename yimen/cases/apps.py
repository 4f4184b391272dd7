"""Cases as a Django app."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Cases as a Django app."""

    name = "yimen.cases"
    label = "cases"
    verbose_name = "cases"
