"""Documents as a Django app."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Documents as a Django app."""

    name = "yimen.documents"
    label = "documents"
    verbose_name = "documents"
