"""What people do with their accounts: saying who they are, telephone, language, window; keys of other systems."""

from __future__ import annotations

import secrets
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now

from yimen.identity.actions.people import register_person
from yimen.identity.errors import NameDoesNotFit, NotClaimable, PhoneTaken, WindowNotYours
from yimen.identity.models import ApiToken, Person, Session, Staff, User
from yimen.identity.queries import is_staff_account, same_bytes, token_hash, windows_of
from yimen.identity.rules import check_id_number, check_mobile, check_name
from yimen.identity.terms import Officer, Resident
from yimen.kernel import clock
from yimen.kernel.actors import Actor, ActorKind
from yimen.kernel.errors import NotFound, NotValid
from yimen.kernel.sealing import keyed_index


@transaction.atomic
def claim_person(*, user_id: int, name: str, id_type: str, id_number: str, language: str, now: datetime) -> Person:
    """The owner of an account says who they are.

    A person whom the house knows already, from a window, is joined only when the telephone put down there is the
    verified one of the account. Every obstacle gets the same answer, so that nobody learns who is on record.

    Raises: NotClaimable, NameMissing and what ``check_id_number`` raises
    """
    user = User.objects.select_for_update().get(pk=user_id)
    kept, number = check_name(name), check_id_number(id_type, id_number, on=clock.local_date(now))
    if user.person_id is not None or is_staff_account(user.pk):
        raise NotClaimable
    person = Person.objects.select_for_update().filter(id_type=id_type, id_index=keyed_index(number)).first()
    if person is not None and not _may_claim(user, person):
        raise NotClaimable
    by = Actor(kind=ActorKind.RESIDENT, id=str(user.pk), label="resident")
    try:
        person = register_person(by=by, name=kept, id_type=id_type, id_number=number, phone=user.phone, now=now)
    except NameDoesNotFit as refusal:
        raise NotClaimable from refusal
    person.language = language
    person.save(update_fields=["language"])
    user.person = person
    user.save(update_fields=["person"])
    return person


def _may_claim(user: User, person: Person) -> bool:
    if User.objects.filter(person=person).exists() or user.phone_verified_at is None:
        return False
    return same_bytes(user.phone_index, person.phone_index)


@transaction.atomic
def open_resident_account(
    *,
    by: Actor,  # noqa: ARG001  every action says who acts
    username: str,
    password_hash: str,
    person_id: UUID,
    phone: str,
    language: str = "zh-hans",
    now: datetime,
) -> User:
    """An account for a person who is on record, with a telephone taken as verified; for loading people. May run twice.

    Raises: PhoneNotValid, MobileNeeded, PhoneTaken
    """
    defaults = {"password": password_hash, "person_id": person_id}
    user, _ = User.objects.update_or_create(username=username, defaults=defaults)
    confirm_account_phone(user_id=user.pk, phone=phone, now=now)
    Person.objects.filter(pk=person_id).update(language=language)
    user.refresh_from_db()
    return user


@transaction.atomic
def note_account_phone(*, user_id: int, phone: str) -> None:
    """The telephone that somebody gave at sign-up. It finds nobody and keeps nobody out until its code comes back.

    Raises: PhoneNotValid, MobileNeeded
    """
    user = User.objects.select_for_update().get(pk=user_id)
    user.phone, user.phone_index, user.phone_verified_at = check_mobile(phone), None, None
    user.save(update_fields=["phone", "phone_index", "phone_verified_at"])


@transaction.atomic
def confirm_account_phone(*, user_id: int, phone: str, now: datetime) -> None:
    """The code that went to this telephone came back: it is the account's now, and the person's. May run twice.

    Raises: PhoneNotValid, MobileNeeded, PhoneTaken
    """
    user = User.objects.select_for_update().get(pk=user_id)
    kept = check_mobile(phone)
    if User.objects.filter(phone_index=keyed_index(kept)).exclude(pk=user_id).exists():
        raise PhoneTaken(field="phone")
    user.phone, user.phone_index, user.phone_verified_at = kept, keyed_index(kept), now
    user.save(update_fields=["phone", "phone_index", "phone_verified_at"])
    if user.person_id:
        Person.objects.filter(pk=user.person_id).update(phone=kept, phone_index=keyed_index(kept))


@transaction.atomic
def choose_language(*, by: Resident, language: str) -> None:
    """The language in which a person is written to.

    Raises: NotValid
    """
    if language not in dict(settings.LANGUAGES):
        raise NotValid(field="language")
    Person.objects.filter(user__pk=by.user_id).update(language=language)


@transaction.atomic
def choose_window(*, by: Officer, window_id: int | None, now: datetime) -> None:
    """A clerk sits down at a window of a centre where they hold a post, or gets up.

    Raises: WindowNotYours
    """
    staff_id = int(by.id)
    if window_id is not None and window_id not in {row.id for row in windows_of(staff_id, clock.local_date(now))}:
        raise WindowNotYours(field="window")
    Staff.objects.filter(pk=staff_id).update(window_id=window_id)


@transaction.atomic
def issue_token(
    *,
    by: Actor,  # noqa: ARG001  every action says who acts
    name: str,
    scopes: list[str],
    agency_id: int | None = None,
    staff_id: int | None = None,
    expires_at: datetime | None = None,
    now: datetime,
) -> str:
    """A key for another system, returned once: only its hash is kept. It replaces the one of the same name."""
    token = f"yimen_{secrets.token_urlsafe(32)}"
    ApiToken.objects.update_or_create(
        name=name,
        defaults={
            "hash": token_hash(token),
            "scopes": sorted(scopes),
            "agency_id": agency_id,
            "staff_id": staff_id,
            "created_at": now,
            "expires_at": expires_at,
            "revoked_at": None,
        },
    )
    return token


@transaction.atomic
def revoke_token(*, by: Actor, name: str, now: datetime) -> None:  # noqa: ARG001  every action says who acts
    """The key of another system opens nothing from now on; may run twice.

    Raises: NotFound
    """
    if not ApiToken.objects.filter(name=name).exists():
        raise NotFound
    ApiToken.objects.filter(name=name, revoked_at=None).update(revoked_at=now)


def drop_expired_sessions(*, now: datetime) -> int:  # noqa: ARG001  sessions end by the machine's time, not the demo's
    """Sessions that nobody can use any more are removed; returns how many. May run twice."""
    dropped, _ = Session.objects.filter(expire_date__lt=Now()).delete()
    return dropped
