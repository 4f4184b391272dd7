"""Who may open what: every address of the house by name. A house test walks the addresses and misses none.

The guard in front of a page does the work; this table is what a reader of the house looks at, and the test compares the two.
"""

from __future__ import annotations

from yimen.identity.guards import Guard
from yimen.identity.terms import Duty

ANYBODY = Guard("public")
#: Whoever has signed in, of whatever kind.
ACCOUNT = Guard("account")
RESIDENT = Guard("resident")
STAFF = Guard("officer")


def officers(*duties: Duty) -> Guard:
    """Officers whose posts of today have one of these duties."""
    return Guard("officer", frozenset(duties))


CLERK = officers(Duty.ACCEPT)
ISSUER = officers(Duty.ISSUE)
BEHIND = officers(Duty.REVIEW, Duty.SURVEY, Duty.DECIDE)

PERMISSIONS: dict[str, Guard] = {
}
#: Whole families of addresses whose own software guards them, by the beginning of their names.
FAMILIES: dict[str, Guard] = {
    "admin:": Guard("superuser"),
    "account_": ANYBODY,
    "mfa_": ACCOUNT,
}
#: Endpoints of the API: the scope that a token needs, or "" where anybody may ask.
SCOPES: dict[str, str] = {
}
