"""When to try again, when to give up, and how an address is shown. Pure."""

from __future__ import annotations

from datetime import timedelta

from yimen.channels.terms import Channel

#: Tries before a message is given up: about a day of a gateway that refuses.
MAX_TRIES = 30
#: A code is of no use any more after a few minutes.
MAX_TRIES_OF_SECRETS = 5
#: How long a worker that took messages may take to carry them out, before another one may try. A code is good for five
#: minutes: it must not wait for a worker that died.
LEASE = timedelta(minutes=1)
#: How long everything waits for a gateway that is down.
PAUSE = timedelta(seconds=10)


def wait_after(tries: int) -> timedelta:
    """How long to wait after so many tries: 10 seconds, then twice as long each time, an hour at most."""
    return min(timedelta(seconds=10 * 2 ** min(tries - 1, 10)), timedelta(hours=1))


def is_hopeless(tries: int, *, is_secret: bool) -> bool:
    """Whether to give up after so many tries."""
    return tries >= (MAX_TRIES_OF_SECRETS if is_secret else MAX_TRIES)


def mask_address(channel: Channel, address: str) -> str:
    """The address as people may see it: 138****0000, x***@example.org."""
    if channel == Channel.MAIL:
        name, _, host = address.rpartition("@")
        return f"{name[:1]}***@{host}"
    return f"{address[:-8]}****{address[-4:]}" if len(address) > 8 else "****"
