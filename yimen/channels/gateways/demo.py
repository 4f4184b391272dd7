"""The demo's ways out: SMS over HTTP and mail over SMTP to the demo gateway, which keeps them for the inbox page."""

from __future__ import annotations

import json
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, Request, build_opener

from django.conf import settings

from yimen.channels.gateways import smtp
from yimen.channels.gateways.base import AddressRefused, Gateway, GatewayDown, NotNow, OutgoingWords
from yimen.channels.terms import Channel

SECONDS = 8
_open = build_opener(ProxyHandler({})).open


def gateway(channel: Channel) -> Gateway | None:
    """SMS to ``YIMEN_DEMO_SMS_URL``, mail to ``YIMEN_SMTP``; none while the address is empty."""
    if channel == Channel.MAIL:
        return smtp.gateway(channel)
    return DemoSmsGateway(settings.DEMO_SMS_URL) if settings.DEMO_SMS_URL else None


class DemoSmsGateway:
    """Posts ``{key, to, text}`` as JSON; the answer is ``{reference}``."""

    name = "demo"

    def __init__(self, url: str) -> None:
        self.url = url

    def deliver(self, message: OutgoingWords) -> str:
        """Hand the SMS over.

        Raises: GatewayDown, NotNow, AddressRefused
        """
        body = json.dumps({"key": message.key, "to": message.address, "text": message.text}).encode()
        request = Request(self.url, data=body, headers={"Content-Type": "application/json"})  # noqa: S310  the operator's own address
        try:
            with _open(request, timeout=SECONDS) as answer:
                return str(json.load(answer)["reference"])
        except HTTPError as error:
            raise _refusal(error.code) from error
        except (URLError, OSError, HTTPException, ValueError, KeyError) as error:
            raise GatewayDown(f"{type(error).__name__} at {self.url}") from error


def _refusal(status: int) -> Exception:
    if status == 422:
        return AddressRefused("the gateway does not know this number")
    if status == 429:
        return NotNow("the gateway asks to wait")
    return GatewayDown(f"the gateway answered {status}")
