"""What is known of messages: whether words went out, when, and to which (masked) address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from yimen.channels.gateways.demo_inbox import Delivery, demo_inbox
from yimen.channels.models import Message
from yimen.channels.rules import mask_address
from yimen.channels.terms import Channel, SendState


@dataclass(frozen=True, slots=True)
class ProofRow:
    """What became of one message. ``reference`` is the gateway's own number of it."""

    subject_no: str
    channel: Channel
    address_masked: str
    state: SendState
    sent_at: datetime | None
    reference: str


def proofs(subject_kind: str, subject_nos: Sequence[str]) -> list[ProofRow]:
    """What was sent about these subjects, in the order in which it was queued. One query."""
    found = Message.objects.filter(subject_kind=subject_kind, subject_no__in=subject_nos).order_by("id")
    return [
        ProofRow(
            subject_no=message.subject_no,
            channel=Channel(message.channel),
            address_masked=mask_address(Channel(message.channel), message.address),
            state=SendState(message.state),
            sent_at=message.sent_at,
            reference=message.reference,
        )
        for message in found
    ]


def demo_deliveries(*, address: str = "", limit: int = 100) -> list[Delivery]:
    """What the demo gateway received, newest first. No query: it reads files."""
    return demo_inbox().newest(address=address, limit=limit)
