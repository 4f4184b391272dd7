"""Who is at the door: the account behind a session or a token, with its posts of the day, asked in one statement."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from yimen.identity.models import User
from yimen.identity.terms import Duty, Officer, Resident
from yimen.kernel import clock
from yimen.kernel.actors import Actor, ActorKind
from yimen.kernel.questions import Question, Rows

# The member of staff of the outer row's staff key or account, with the posts of the day: one JSON array, or null.
_AT_WORK = """
    (SELECT json_build_array(staff.id, staff.staff_no, staff.name, place.id, place.centre_id, (
                SELECT json_agg(json_build_array(post.code, post.agency_id, post.centre_id, post.duties)
                                ORDER BY post.code)
                FROM identity_appointment held JOIN identity_post post ON post.id = held.post_id
                WHERE held.staff_id = staff.id AND held.valid_from <= %(on)s
                  AND (held.valid_until IS NULL OR held.valid_until >= %(on)s)))
     FROM identity_staff staff LEFT JOIN places_window place ON place.id = staff.window_id
"""
#: What is read of an account, in the order of its table; the rest is fetched when somebody asks for it.
_LATER = {"email", "phone", "phone_index", "phone_verified_at"}
_OF_USER = [field.attname for field in User._meta.concrete_fields if field.attname not in _LATER]
_ID = _OF_USER.index("id")
# Everything about an account; stands before the table from which ``account`` comes.
_ACCOUNT = f"""
    {", ".join(f"account.{name}" for name in _OF_USER)}, person.name,
    EXISTS (SELECT FROM mfa_authenticator factor
            WHERE factor.user_id = account.id AND factor.type IN ('totp', 'webauthn')),
    {_AT_WORK} WHERE staff.user_id = account.id)
"""


@dataclass(frozen=True, slots=True)
class Account:
    """An account that may sign in, and who stands behind it: an officer today, a resident, or nobody yet."""

    user: User
    officer: Officer | None
    resident: Resident | None
    #: A staff record stands behind it, with or without a post today.
    is_staff: bool
    #: An authenticator app or a passkey; sign-in then always asks for it.
    has_second_factor: bool


def asking_session(key: str, on: date) -> Question[tuple[str, Account | None] | None]:
    """The sealed content of a session that has not expired, and its account with the posts of the day."""
    return Question(
        f"""
        SELECT session.session_data, {_ACCOUNT}
        FROM identity_session session LEFT JOIN identity_user account ON account.id = session.user_id
        LEFT JOIN identity_person person ON person.id = account.person_id
        WHERE session.session_key = %(key)s AND session.expire_date > now()
        """,
        {"key": key, "on": on},
        lambda rows: (rows[0][0], _account(rows[0][1:])) if rows else None,
    )


def account_of(user_id: int, on: date) -> Account | None:
    """The account with this key; None without one. One query."""
    return Question(
        f"SELECT {_ACCOUNT} FROM identity_user account"
        " LEFT JOIN identity_person person ON person.id = account.person_id WHERE account.id = %(id)s",
        {"id": user_id, "on": on},
        lambda rows: _account(rows[0]) if rows else None,
    ).answer()


def officer_of(user_id: int, on: date) -> Officer | None:
    """The member of staff behind an account, with the posts of that day; None without any. One query."""
    found = account_of(user_id, on)
    return found.officer if found else None


def officer_by_id(staff_id: int, on: date) -> Officer | None:
    """The same by the key of the staff record. One query."""
    return Question(
        f"SELECT {_AT_WORK} WHERE staff.id = %(id)s"
        " AND EXISTS (SELECT FROM identity_user WHERE id = staff.user_id AND is_active))",
        {"id": staff_id, "on": on},
        lambda rows: _officer(rows[0][0]),
    ).answer()


def resident_of(user_id: int) -> Resident | None:
    """The person behind an account; None before they have said who they are. One query."""
    found = account_of(user_id, clock.today())
    return found.resident if found else None


def token_actor(token: str, now: datetime) -> tuple[Actor, frozenset[str]] | None:
    """Who a token of another system acts as, and its scopes; None if unknown, expired or revoked. One query."""

    def read(rows: Rows) -> tuple[Actor, frozenset[str]] | None:
        if not rows:
            return None
        pk, name, staff_id, scopes, work = rows[0]
        system = Actor(kind=ActorKind.INTEGRATOR, id=str(pk), label=name[:60])
        actor: Actor | None = system if staff_id is None else _officer(work)
        return (actor, frozenset(scopes)) if actor else None

    return Question(
        f"""
        SELECT token.id, token.name, token.staff_id, token.scopes, {_AT_WORK} WHERE staff.id = token.staff_id
            AND EXISTS (SELECT FROM identity_user WHERE id = staff.user_id AND is_active))
        FROM identity_apitoken token WHERE token.hash = %(hash)s AND token.revoked_at IS NULL
          AND (token.expires_at IS NULL OR token.expires_at > %(now)s)
        """,
        {"hash": token_hash(token), "now": now, "on": clock.local_date(now)},
        read,
    ).answer()


def token_hash(token: str) -> bytes:
    """What is kept of a token: SHA-256. It is long and random, so that no slower hash is needed."""
    return hashlib.sha256(token.encode()).digest()


def _account(row: tuple[Any, ...]) -> Account | None:
    values, (person_name, has_second_factor, work) = row[: len(_OF_USER)], row[len(_OF_USER) :]
    if values[_ID] is None:
        return None
    user = User.from_db("default", _OF_USER, values)
    return Account(
        user=user,
        officer=_officer(work) if user.is_active else None,
        resident=_resident(user, person_name or "") if user.is_active and user.person_id else None,
        is_staff=work is not None,
        has_second_factor=has_second_factor,
    )


def _resident(user: User, name: str) -> Resident:
    return Resident(
        kind=ActorKind.RESIDENT,
        id=str(user.pk),
        label="resident",
        name=name,
        user_id=user.pk,
        person_id=user.person_id,
    )


def _officer(work: list[Any] | None) -> Officer | None:
    """The officer of ``_AT_WORK``; None without a post that day. The window counts while its centre is a post's."""
    if work is None or not work[5]:
        return None
    pk, staff_no, name, window_id, window_centre, posts = work
    agencies = [agency_id for _, agency_id, _, _ in posts if agency_id]
    centres = [centre_id for _, _, centre_id, _ in posts if centre_id]
    is_at_window = window_id is not None and window_centre in centres
    return Officer(
        kind=ActorKind.OFFICER,
        id=str(pk),
        label=staff_no,
        name=name,
        agency_id=agencies[0] if agencies else None,
        centre_id=window_centre if is_at_window else centres[0] if centres else None,
        window_id=window_id if is_at_window else None,
        duties=frozenset(Duty(duty) for _, _, _, duties in posts for duty in duties),
        posts=frozenset(code for code, _, _, _ in posts),
    )
