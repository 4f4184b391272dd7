"""Who may open what: every address of the house by name. A house test walks the addresses and misses none.

The guard in front of a page does the work; this table is for readers of the house, and the test compares the two.
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
    # the portal
    "home": ANYBODY,
    "language": ANYBODY,
    "elder": ANYBODY,
    "offline": ANYBODY,
    "manifest": ANYBODY,
    "service-worker": ANYBODY,
    "robots": ANYBODY,
    "favicon": ANYBODY,
    "health": ANYBODY,
    "api-docs": ANYBODY,
    "cases-check": ANYBODY,
    "cases-checked": ANYBODY,
    "cases-checked-proof": ANYBODY,
    "places-centres": ANYBODY,
    "places-centre": ANYBODY,
    "identity-desk-sign-in": ANYBODY,
    "catalogue-items": ANYBODY,
    "catalogue-suggest": ANYBODY,
    "catalogue-personal": ANYBODY,
    "catalogue-business": ANYBODY,
    "catalogue-guide": ANYBODY,
    "catalogue-versions": ANYBODY,
    "documents-check": ANYBODY,
    "documents-check-letter": ANYBODY,
    "notices-demo-inbox": ANYBODY,
    # my space
    "notices-inbox": RESIDENT,
    "notices-notice": RESIDENT,
    "identity-who": ACCOUNT,
    "cases-start": RESIDENT,
    "cases-draft": RESIDENT,
    "cases-form": RESIDENT,
    "cases-material": RESIDENT,
    "cases-draft-file": RESIDENT,
    "cases-collection": RESIDENT,
    "cases-check-answers": RESIDENT,
    "cases-drop": RESIDENT,
    "cases-mine": RESIDENT,
    "cases-case": RESIDENT,
    "cases-filed": RESIDENT,
    "cases-letter": RESIDENT,
    "cases-file": RESIDENT,
    "cases-proof": RESIDENT,
    "cases-correct": RESIDENT,
    "cases-withdraw": RESIDENT,
    "identity-my": RESIDENT,
    "identity-profile": RESIDENT,
    "identity-mandates": RESIDENT,
    "identity-withdraw": RESIDENT,
    "identity-organisations": RESIDENT,
    # the desk
    "desk-home": STAFF,
    "cases-look": STAFF,
    "cases-desk-case": STAFF,
    "cases-desk-file": STAFF,
    "cases-page-image": STAFF,
    "cases-desk-letter": STAFF,
    "identity-me": STAFF,
    # the window
    "cases-counter": CLERK,
    "cases-take-in": CLERK,
    "cases-workbench": CLERK,
    "cases-judge": CLERK,
    "cases-scan": CLERK,
    "cases-receive": CLERK,
    "cases-supply": CLERK,
    "cases-accept": CLERK,
    "cases-ask-correction": CLERK,
    "cases-turn-away": CLERK,
    "cases-send-bag": CLERK,
    "cases-confirm-payment": CLERK,
    # behind the counter
    "cases-tasks": BEHIND,
    "cases-review": BEHIND,
    "cases-receive-bag": BEHIND,
    "cases-bags": officers(Duty.ACCEPT, *BEHIND.duties),
    "cases-bag-list": officers(Duty.ACCEPT, *BEHIND.duties),
    # the issuing window
    "cases-issuing": ISSUER,
    "cases-issue": ISSUER,
}
#: Whole families of addresses whose own software guards them, by the beginning of their names.
FAMILIES: dict[str, Guard] = {
    "admin:": Guard("superuser"),
    "account_": ANYBODY,
    "mfa_": ACCOUNT,
}
#: Endpoints of the API: the scope that a token needs, or "" where anybody may ask.
SCOPES: dict[str, str] = {
    "calendar-years": "",
    "calendar-days": "",
    "calendar-due": "",
    "items": "",
    "item": "",
    "centres": "",
    "centre": "",
    "cases-file": "cases:file",
    "cases-tasks": "cases:read",
    "cases-one": "cases:read",
    "cases-material-verdict": "cases:act",
    "cases-acceptance": "cases:act",
    "cases-correction-notice": "cases:act",
    "cases-non-acceptance": "cases:act",
    "cases-opinion": "cases:act",
    "cases-survey": "cases:act",
    "cases-payment-request": "cases:act",
    "cases-payment": "cases:act",
    "cases-grant": "cases:act",
    "cases-refusal": "cases:act",
    "cases-result": "cases:act",
    "cases-hand-over": "cases:act",
}
