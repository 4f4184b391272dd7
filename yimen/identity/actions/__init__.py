"""Everything that can be done with people, organisations, mandates and accounts."""

from yimen.identity.actions.accounts import (
    choose_language,
    choose_window,
    claim_person,
    confirm_account_phone,
    drop_expired_sessions,
    issue_token,
    note_account_phone,
    open_resident_account,
    revoke_token,
)
from yimen.identity.actions.looks import record_look
from yimen.identity.actions.mandates import give_mandate, withdraw_mandate
from yimen.identity.actions.people import lead_organisation, register_organisation, register_person
from yimen.identity.actions.staff import AgencyFacts, appoint, open_post, register_agency, register_staff

__all__ = [
    "AgencyFacts",
    "appoint",
    "choose_language",
    "choose_window",
    "claim_person",
    "confirm_account_phone",
    "drop_expired_sessions",
    "give_mandate",
    "issue_token",
    "lead_organisation",
    "note_account_phone",
    "open_post",
    "open_resident_account",
    "record_look",
    "register_agency",
    "register_organisation",
    "register_person",
    "register_staff",
    "revoke_token",
    "withdraw_mandate",
]
