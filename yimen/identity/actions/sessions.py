"""Sessions of people who have signed in: Django's, in a table of our own that knows whose each one is.

So that one statement finds the session, the account and the posts of the day: ``SESSION_ENGINE`` names this module.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import CreateError

from yimen.identity.models import Session
from yimen.identity.queries import Account, asking_session
from yimen.kernel import clock

__all__ = ["CreateError", "SessionStore"]


class SessionStore(db.SessionStore):
    """A session and, once it is loaded, the account that signed in with it."""

    account: Account | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """The table of our own."""
        return Session

    def load(self) -> dict[str, Any]:
        """What the session holds; empty if it is unknown or has expired. One query."""
        found = asking_session(self.session_key or "", clock.today()).answer()
        if found is None:
            self._session_key = None
            return {}
        data, self.account = found
        return dict(self.decode(data))

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row to be written, with the key of the account."""
        row = super().create_model_instance(data)
        row.user_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        return row
