"""The ledger as a Django app."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """The ledger as a Django app."""

    name = "yimen.ledger"
    label = "ledger"
    verbose_name = "ledger"
