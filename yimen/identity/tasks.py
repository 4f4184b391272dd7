"""Regular work of identity."""

from yimen.identity.actions import drop_expired_sessions
from yimen.kernel import clock
from yimen.kernel.jobs import regularly


@regularly("identity.drop_expired_sessions", "47 3 * * *")
def drop_sessions() -> int:
    """At night: sessions whose time is over."""
    return drop_expired_sessions(now=clock.now())
