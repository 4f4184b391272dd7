"""People and organisations. What is personal leaves masked, save for sending."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from yimen.identity.models import Look, Organisation, Person, User
from yimen.identity.rules import check_id_number, check_name, check_phone, check_uscc, mask_id, mask_phone
from yimen.identity.terms import IdType, NameLevel, Officer
from yimen.kernel.actors import Actor
from yimen.kernel.errors import NotFound, NotValid
from yimen.kernel.questions import Question, Rows
from yimen.kernel.sealing import keyed_index, unseal


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person as everybody may see them at work."""

    id: UUID
    name: str
    id_type: IdType
    id_masked: str
    phone_masked: str
    address: str
    language: str
    user_id: int | None
    name_level: NameLevel


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """An organisation; its code is public, its telephone is not."""

    id: UUID
    name: str
    uscc: str
    legal_representative: str
    address: str
    phone_masked: str


@dataclass(frozen=True, slots=True)
class ContactRow:
    """Where words reach somebody. Unsealed: for sending only, never for showing."""

    user_id: int | None
    phone: str
    email: str
    language: str


@dataclass(frozen=True, slots=True)
class LookRow:
    """Somebody looked: when, who (a staff number or a system), at what, why."""

    at: datetime
    actor_kind: str
    actor_label: str
    what: str
    reason: str
    subject_no: str


def person_row(person_id: UUID) -> PersonRow:
    """One person.

    Raises: NotFound
    """
    person = Person.objects.select_related("user").filter(pk=person_id).first()
    if person is None:
        raise NotFound
    return _person_row(person)


def asking_person_on_file(
    *, by: Actor, name: str, id_type: str, id_number: str, phone: str, on: date
) -> Question[UUID | None]:
    """Key of the person with this document, if all that is said of them is on file already; else nothing.

    Of an officer, who has the document in hand, it is news that it was seen, and by which telephone they are reached.

    Raises: what ``register_person`` raises for numbers, names and telephones
    """
    number, kept = check_id_number(id_type, id_number, on=on), check_name(name)
    reached = check_phone(phone) if phone else ""

    def read(rows: Rows) -> UUID | None:
        if not rows or rows[0][1].casefold() != kept.casefold():
            return None
        pk, _name, level, sealed = rows[0]
        if isinstance(by, Officer) and (
            level != NameLevel.SEEN or (reached and (unseal(bytes(sealed)) if sealed else "") != reached)
        ):
            return None
        found: UUID = pk
        return found

    return Question(
        "SELECT id, name, name_level, phone FROM identity_person WHERE id_type = %s AND id_index = %s",
        (id_type, keyed_index(number)),
        read,
    )


def asking_people(person_ids: Iterable[UUID | None]) -> Question[dict[UUID, tuple[str, str]]]:
    """Name and masked number of persons by their keys: what stands on a letter."""
    return Question(
        "SELECT id, name, id_number FROM identity_person WHERE id = ANY(%s)",
        ([one for one in person_ids if one],),
        lambda rows: {pk: (name, mask_id(unseal(bytes(number)))) for pk, name, number in rows},
    )


def find_person(id_type: str, id_number: str) -> PersonRow | None:
    """The person with this document; None too if the number cannot be one."""
    try:
        kept = check_id_number(id_type, id_number)
    except (NotValid, ValueError):
        return None
    found = Person.objects.select_related("user").filter(id_type=id_type, id_index=keyed_index(kept)).first()
    return _person_row(found) if found else None


def _person_row(person: Person) -> PersonRow:
    user = getattr(person, "user", None)
    return PersonRow(
        id=person.pk,
        name=person.name,
        id_type=IdType(person.id_type),
        id_masked=mask_id(person.id_number),
        phone_masked=mask_phone((user.phone if user else "") or person.phone),
        address=person.address,
        language=person.language,
        user_id=user.pk if user else None,
        name_level=NameLevel(person.name_level),
    )


def unmasked_person(person_id: UUID) -> tuple[str, str]:
    """Document number and telephone in full; whoever asks calls ``record_look`` in the same transaction.

    Raises: NotFound
    """
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        raise NotFound
    return person.id_number, person.phone


def organisation_row(organisation_id: UUID) -> OrganisationRow:
    """One organisation.

    Raises: NotFound
    """
    found = Organisation.objects.filter(pk=organisation_id).first()
    if found is None:
        raise NotFound
    return organisation_row_of(found)


def find_organisation(uscc: str) -> OrganisationRow | None:
    """The organisation with this code; None too if it cannot be one."""
    try:
        kept = check_uscc(uscc)
    except NotValid:
        return None
    found = Organisation.objects.filter(uscc=kept).first()
    return organisation_row_of(found) if found else None


def organisation_row_of(found: Organisation) -> OrganisationRow:
    """The row of a record."""
    return OrganisationRow(
        id=found.pk,
        name=found.name,
        uscc=found.uscc,
        legal_representative=found.legal_representative,
        address=found.address,
        phone_masked=mask_phone(found.phone),
    )


def contact_of(*, user_id: int | None = None, person_id: UUID | None = None) -> ContactRow | None:
    """Where words reach a user or a person; the verified telephone of the account goes first. One query."""
    if user_id is not None:
        user = User.objects.select_related("person").filter(pk=user_id).first()
        return _contact(user, user.person) if user else None
    person = Person.objects.select_related("user").filter(pk=person_id).first() if person_id else None
    return _contact(getattr(person, "user", None), person) if person else None


def _contact(user: User | None, person: Person | None) -> ContactRow:
    phone = user.phone if user and user.phone_verified_at else ""
    return ContactRow(
        user_id=user.pk if user else None,
        phone=phone or (person.phone if person else ""),
        email=user.email if user else "",
        language=person.language if person else "zh-hans",
    )


def looks_at(person_id: UUID, limit: int = 50) -> list[LookRow]:
    """Who looked at a person's data, newest first."""
    rows = Look.objects.filter(person_id=person_id).order_by("-at", "-id")[:limit]
    return [LookRow(row.at, row.actor_kind, row.actor_label, row.what, row.reason, row.subject_no) for row in rows]


def same_bytes(one: bytes | memoryview | None, other: bytes | memoryview | None) -> bool:
    """Whether two keyed indexes are the same, in constant time; nothing is never the same as nothing."""
    return one is not None and other is not None and hmac.compare_digest(bytes(one), bytes(other))


def user_by_phone(phone: str) -> User | None:
    """The account with this verified telephone; numbers that were only given find nobody. One query."""
    return User.objects.filter(phone_index=keyed_index(phone)).exclude(phone_verified_at=None).first()
