"""The ways out of the house: one module per protocol or vendor, chosen by the operator's settings."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from yimen.channels.gateways.base import AddressRefused, Gateway, GatewayDown, NotNow, OutgoingWords
from yimen.channels.terms import Channel

__all__ = ["AddressRefused", "Gateway", "GatewayDown", "NotNow", "OutgoingWords", "gateway_for", "open_channels"]


def gateway_for(channel: Channel) -> Gateway | None:
    """The gateway that the settings choose; None while its address is not set, and words wait.

    A gateway module has ``gateway(channel) -> Gateway | None``.
    """
    name = {Channel.SMS: settings.SMS_GATEWAY, Channel.MAIL: settings.MAIL_GATEWAY}[channel]
    module = f"{__name__}.{name}"
    if not name.isidentifier() or find_spec(module) is None:
        raise ImproperlyConfigured(
            f"There is no gateway {name!r} for {channel.value}: see YIMEN_SMS_GATEWAY, YIMEN_MAIL_GATEWAY"
        )
    gateway: Gateway | None = import_module(module).gateway(channel)
    return gateway


def open_channels() -> dict[Channel, Gateway]:
    """The channels through which words can leave now."""
    found = ((channel, gateway_for(channel)) for channel in Channel)
    return {channel: gateway for channel, gateway in found if gateway}
