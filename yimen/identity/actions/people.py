"""Registering persons and organisations: each document and each code once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yimen.identity.actions.mandates import write_mandate
from yimen.identity.errors import NameDoesNotFit, RepresentativeTaken
from yimen.identity.models import Mandate, Organisation, Person
from yimen.identity.queries import asking_person_on_file, organisations_led_by
from yimen.identity.rules import check_id_number, check_name, check_phone, check_uscc
from yimen.identity.terms import Basis, NameLevel, Officer, Resident
from yimen.kernel import clock
from yimen.kernel.actors import Actor
from yimen.kernel.errors import NotFound
from yimen.kernel.sealing import keyed_index


def register_person(*, by: Actor, name: str, id_type: str, id_number: str, phone: str = "", now: datetime) -> Person:
    """The person with this document, found or written down; may run twice.

    An officer has the document in hand: that is noted, and the telephone replaces the one before.

    Law: GB 11643
    Raises: NameMissing, IdNumberMalformed, RegionUnknown, BirthDateImpossible, CheckCharacterWrong, PhoneNotValid,
    NameDoesNotFit
    """
    number = check_id_number(id_type, id_number, on=clock.local_date(now))
    kept, reached = check_name(name), check_phone(phone) if phone else ""
    document = {"id_type": id_type, "id_index": keyed_index(number)}
    on_file = asking_person_on_file(
        by=by, name=name, id_type=id_type, id_number=id_number, phone=phone, on=clock.local_date(now)
    ).answer()
    if on_file is not None:
        return Person.objects.get(pk=on_file)
    with transaction.atomic():
        person, is_new = Person.objects.select_for_update().get_or_create(
            **document, defaults={"name": kept, "id_number": number, "created_at": now, **_phone(reached)}
        )
        if person.name.casefold() != kept.casefold():
            raise NameDoesNotFit(field="name")
        if isinstance(by, Officer):
            _note_seen(person, "" if is_new else reached)
        return person


def _phone(phone: str) -> dict[str, object]:
    return {"phone": phone, "phone_index": keyed_index(phone)} if phone else {}


def _note_seen(person: Person, phone: str) -> None:
    for name, value in {"name_level": NameLevel.SEEN, **_phone(phone)}.items():
        setattr(person, name, value)
    person.save(update_fields=["name_level", "phone", "phone_index"])


@transaction.atomic
def register_organisation(
    *,
    by: Actor,  # noqa: ARG001  every action says who acts
    name: str,
    uscc: str,
    legal_representative: str = "",
    address: str = "",
    phone: str = "",
    now: datetime,
) -> Organisation:
    """The organisation with this code, found or written down; may run twice.

    Law: GB 32100
    Raises: NameMissing, UsccMalformed, OrganisationCodeWrong, CheckCharacterWrong, PhoneNotValid, NameDoesNotFit
    """
    kept = check_name(name)
    organisation, _ = Organisation.objects.get_or_create(
        uscc=check_uscc(uscc),
        defaults={
            "name": kept,
            "legal_representative": legal_representative.strip()[:100],
            "address": address.strip()[:200],
            "phone": check_phone(phone) if phone else "",
            "created_at": now,
        },
    )
    if organisation.name.casefold() != kept.casefold():
        raise NameDoesNotFit(field="name")
    return organisation


@transaction.atomic
def lead_organisation(*, by: Resident, name: str, uscc: str, address: str = "", now: datetime) -> Mandate:
    """A resident registers the organisation whose legal representative they are, and may act for it; may run twice.

    Who is on record as legal representative stays so; a change is made at a window.

    Raises: RepresentativeTaken and what ``register_organisation`` raises
    """
    person = Person.objects.filter(user__pk=by.user_id).first()
    if person is None:
        raise NotFound
    firm = register_organisation(
        by=by, name=name, uscc=uscc, legal_representative=person.name, address=address, now=now
    )
    Organisation.objects.select_for_update().get(pk=firm.pk)
    if firm.pk in {row.id for row in organisations_led_by(person.pk, clock.local_date(now))}:
        return Mandate.objects.get(
            organisation=firm, representative=person, basis=Basis.LEGAL_REPRESENTATIVE, withdrawn_at=None
        )
    led = Mandate.objects.filter(organisation=firm, basis=Basis.LEGAL_REPRESENTATIVE, withdrawn_at=None)
    if firm.legal_representative.casefold() != person.name.casefold() or led.exists():
        raise RepresentativeTaken(field="uscc")
    return write_mandate(by=by, representative=person, organisation=firm, basis=Basis.LEGAL_REPRESENTATIVE, now=now)
