"""The contract of a gateway: it takes words to an address and answers with its own number, or says why not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from yimen.channels.terms import Channel


@dataclass(frozen=True, slots=True)
class OutgoingWords:
    """Words on their way. ``key`` is the same whenever they are tried again, so that the other side can tell."""

    key: str
    channel: Channel
    address: str
    title: str
    text: str


class GatewayDown(Exception):
    """The gateway cannot be reached or is out of order: everything for it waits."""


class NotNow(Exception):
    """One message was put off by the other side; others may go through."""


class AddressRefused(Exception):
    """The address does not exist or takes nothing: trying again is useless."""


class Gateway(Protocol):
    """One way out."""

    #: Kept with every message as part of the proof.
    name: str

    def deliver(self, message: OutgoingWords) -> str:
        """Hand the words over and return the other side's number for them.

        May be asked twice with the same ``key`` (a worker that died before it could write down the answer).
        Raises: GatewayDown, NotNow, AddressRefused
        """
