"""Everything that can be done with people, organisations, mandates and accounts."""

from yimen.identity.actions.accounts import (
    choose_language,
    choose_window,
    claim_person,
    confirm_account_phone,
    issue_token,
    note_account_phone,
    revoke_token,
)
from yimen.identity.actions.looks import record_look
from yimen.identity.actions.mandates import give_mandate, withdraw_mandate
from yimen.identity.actions.people import lead_organisation, register_organisation, register_person

__all__ = [
    "choose_language",
    "choose_window",
    "claim_person",
    "confirm_account_phone",
    "give_mandate",
    "issue_token",
    "lead_organisation",
    "note_account_phone",
    "record_look",
    "register_organisation",
    "register_person",
    "revoke_token",
    "withdraw_mandate",
]
