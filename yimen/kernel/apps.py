"""The kernel as a Django app: it owns the tables of news and jobs."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    """Tables of events that wait to be told."""

    name = "yimen.kernel"
    label = "kernel"
