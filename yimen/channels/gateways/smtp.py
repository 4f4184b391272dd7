"""Mail by SMTP to the relay that the operator names."""

from __future__ import annotations

import smtplib
from email.message import EmailMessage
from email.utils import format_datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from yimen.channels.gateways.base import AddressRefused, Gateway, GatewayDown, NotNow, OutgoingWords
from yimen.channels.terms import Channel
from yimen.kernel import clock

SECONDS = 8


def gateway(_channel: Channel) -> Gateway | None:
    """Mail through ``YIMEN_SMTP``; none while that is empty."""
    return SmtpGateway(settings.SMTP, settings.MAIL_FROM) if settings.SMTP else None


class SmtpGateway:
    """One conversation per mail, with the relay at ``host:port``."""

    name = "smtp"

    def __init__(self, relay: str, sender: str) -> None:
        self.host, _, port = relay.rpartition(":")
        self.port = int(port)
        self.sender = sender

    def deliver(self, message: OutgoingWords) -> str:
        """Send the mail; the answer of the relay to the text (its queue number) is the reference.

        Raises: GatewayDown, NotNow, AddressRefused
        """
        _check_address(message.address)
        try:
            with smtplib.SMTP(self.host, self.port, timeout=SECONDS) as relay:
                relay.ehlo_or_helo_if_needed()
                _check(relay.mail(self.sender))
                _check(relay.rcpt(message.address))
                return _check(relay.data(self._letter(message).as_bytes()))
        except (OSError, smtplib.SMTPException) as error:
            raise GatewayDown(f"{type(error).__name__} at {self.host}:{self.port}") from error

    def _letter(self, message: OutgoingWords) -> EmailMessage:
        letter = EmailMessage()
        letter["From"] = self.sender
        letter["To"] = message.address
        letter["Subject"] = " ".join(message.title.split())
        letter["Date"] = format_datetime(clock.now())
        letter["Message-ID"] = f"<{message.key}@{self.sender.rpartition('@')[2]}>"
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content(message.text, cte="base64")
        return letter


def _check_address(address: str) -> None:
    try:
        validate_email(address)
        address.encode("ascii")
    except (ValidationError, UnicodeEncodeError) as error:
        raise AddressRefused("not a mail address") from error


def _check(answer: tuple[int, bytes]) -> str:
    """The words of a good answer; 4xx is for now, 5xx for ever (RFC 5321, section 4.2.1)."""
    code, words = answer[0], answer[1].decode("utf-8", "replace")
    if code >= 500:
        raise AddressRefused(f"{code} {words}")
    if code >= 400:
        raise NotNow(f"{code} {words}")
    return words
