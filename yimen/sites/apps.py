"""The addresses as a Django app."""

from django.apps import AppConfig


class SitesConfig(AppConfig):
    """The addresses as a Django app."""

    name = "yimen.sites"
    label = "sites"
    verbose_name = "sites"
