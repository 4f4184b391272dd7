"""Identity as a Django app."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    """Identity as a Django app."""

    name = "yimen.identity"
    label = "identity"
    verbose_name = "identity"
