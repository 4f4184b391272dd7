"""Places as a Django app."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Places as a Django app."""

    name = "yimen.places"
    label = "places"
    verbose_name = "places"
