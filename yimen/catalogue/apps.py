"""The catalogue as a Django app."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """The catalogue as a Django app."""

    name = "yimen.catalogue"
    label = "catalogue"
    verbose_name = "catalogue"
