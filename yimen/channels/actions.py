"""What the channels do: take words in with the change they tell of, and carry them out afterwards."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import structlog
from django.db import transaction
from django.db.models import F, Q

from yimen.channels.gateways import AddressRefused, Gateway, GatewayDown, NotNow, OutgoingWords, open_channels
from yimen.channels.models import Message
from yimen.channels.rules import LEASE, PAUSE, is_hopeless, wait_after
from yimen.channels.terms import Channel, SendState

log = structlog.get_logger(__name__)


def send(
    *,
    channel: Channel,
    address: str,
    title: str,
    text: str,
    subject_kind: str = "",
    subject_no: str = "",
    is_secret: bool = False,
    now: datetime,
) -> Message:
    """Put the words into the queue, in the caller's transaction. One statement; the worker carries them out.

    ``title`` is the subject of a mail and is not sent by SMS. Secret words (a code) are forgotten
    as soon as they have been sent or given up.
    """
    return Message.objects.create(
        channel=channel,
        address=address,
        title=title,
        text=text,
        subject_kind=subject_kind,
        subject_no=subject_no,
        is_secret=is_secret,
        created_at=now,
    )


def send_waiting(*, now: datetime, limit: int = 5) -> int:
    """Carry out what waits, oldest first, through the channels that have a gateway; returns how many were sent.

    Several workers may run this at once, and no lock is held while a gateway is spoken to: messages are taken for
    ``rules.LEASE``, so few that even a slow gateway has heard them all by then, delivered, and then written down. A
    worker that dies in between leaves them to another one, which tries again under the same key. What fails is tried
    again later and later, and given up in the end.
    """
    gateways = open_channels()
    sent = 0
    for message in _take(list(gateways), limit=limit, now=now):
        channel = Channel(message.channel)
        if channel not in gateways:
            _put_back(message, now=now)
            continue
        try:
            sent += _deliver(message, gateways[channel], now=now)
        except GatewayDown as error:
            del gateways[channel]
            _record_failure(message, str(error), now=now)
    return sent


@transaction.atomic
def _take(channels: list[Channel], *, limit: int, now: datetime) -> list[Message]:
    """Messages that are due, for this worker alone until the lease is over. Two statements."""
    due = Q(next_try_at=None) | Q(next_try_at__lte=now)
    waiting = Message.objects.filter(due, state=SendState.WAITING, channel__in=channels).order_by("id")
    taken = list(waiting.select_for_update(skip_locked=True)[:limit])
    if taken:
        ids = [message.pk for message in taken]
        Message.objects.filter(pk__in=ids).update(tries=F("tries") + 1, next_try_at=now + LEASE)
    return taken


def _deliver(message: Message, gateway: Gateway, *, now: datetime) -> bool:
    """Speak to the gateway and write down what it said. Raises GatewayDown."""
    channel = Channel(message.channel)
    words = OutgoingWords(message_key(message), channel, message.address, message.title, message.text)
    try:
        reference = gateway.deliver(words)
    except NotNow as error:
        _record_failure(message, str(error), now=now)
    except AddressRefused as error:
        _record(message, state=SendState.FAILED, gateway=gateway.name, error=str(error)[:500])
    except GatewayDown:
        raise
    except Exception as error:  # one message that a gateway stumbles over must not hold up the others
        log.exception("a gateway stumbled", gateway=gateway.name, message=message.pk)
        _record_failure(message, type(error).__name__, now=now)
    else:
        _record(message, state=SendState.SENT, gateway=gateway.name, reference=reference[:200], error="", sent_at=now)
        return True
    return False


def message_key(message: Message) -> str:
    """The same for every try of a message, and of no other message of this or another installation."""
    return f"message-{message.pk}-{message.created_at:%Y%m%d%H%M%S%f}"


def _record_failure(message: Message, error: str, *, now: datetime) -> None:
    if is_hopeless(message.tries + 1, is_secret=message.is_secret):
        _record(message, state=SendState.FAILED, error=error[:500])
    else:
        _record(message, error=error[:500], next_try_at=now + wait_after(message.tries + 1))


def _put_back(message: Message, *, now: datetime) -> None:
    """Its gateway went down before its turn: that was no try."""
    _record(message, tries=message.tries, next_try_at=now + PAUSE)


def _record(message: Message, **facts: Any) -> None:
    """Write down, unless another worker has done so. A secret that is through is wiped. One statement."""
    if message.is_secret and "state" in facts:
        facts |= {"text": ""}
    Message.objects.filter(pk=message.pk, state=SendState.WAITING).update(**facts)
