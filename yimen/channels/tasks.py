"""What the worker does for the channels."""

from __future__ import annotations

from yimen.channels.actions import send_waiting
from yimen.kernel import clock
from yimen.kernel.jobs import continually


@continually("channels.send_waiting")
def carry_out() -> int:
    """Hand waiting words to the gateways."""
    return send_waiting(now=clock.now())
