"""Channels as a Django app."""

from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    """Channels as a Django app."""

    name = "yimen.channels"
    label = "channels"
    verbose_name = "channels"
