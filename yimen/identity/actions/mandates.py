"""Giving and withdrawing mandates; each leaves a line in the chain of its principal, without personal data."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from yimen.identity.errors import (
    MandateEndsTooEarly,
    MandateWithdrawnAlready,
    NotYourMandate,
    OwnRepresentative,
    PrincipalMissing,
)
from yimen.identity.events import MandateGiven, MandateWithdrawn
from yimen.identity.models import Mandate, Organisation, Person
from yimen.identity.queries import organisations_led_by
from yimen.identity.terms import Basis, MandateScope, Resident
from yimen.kernel import clock
from yimen.kernel.actors import Actor
from yimen.kernel.errors import NotFound
from yimen.kernel.events import publish
from yimen.ledger.actions import write_line


@transaction.atomic
def give_mandate(
    *,
    by: Actor,
    representative_id: UUID,
    person_id: UUID | None = None,
    organisation_id: UUID | None = None,
    scope: MandateScope = MandateScope.ALL,
    basis: str = Basis.POWER_OF_ATTORNEY,
    valid_until: date | None = None,
    now: datetime,
) -> Mandate:
    """Somebody may act for a person or an organisation from today on. Residents give only their own mandates.

    Law: MFD art. 162, art. 165
    Raises: PrincipalMissing, OwnRepresentative, MandateEndsTooEarly, NotYourMandate, NotFound
    """
    if (person_id is None) == (organisation_id is None):
        raise PrincipalMissing
    if representative_id == person_id:
        raise OwnRepresentative(field="id_number")
    if valid_until is not None and valid_until < clock.local_date(now):
        raise MandateEndsTooEarly(field="valid_until")
    _check_may_give(by, person_id, organisation_id, clock.local_date(now))
    person, organisation = _locked_principal(person_id, organisation_id)
    representative = Person.objects.filter(pk=representative_id).first()
    if representative is None:
        raise NotFound
    return write_mandate(
        by=by,
        representative=representative,
        person=person,
        organisation=organisation,
        scope=scope,
        basis=basis,
        valid_until=valid_until,
        now=now,
    )


def _locked_principal(
    person_id: UUID | None, organisation_id: UUID | None
) -> tuple[Person | None, Organisation | None]:
    if person_id is not None:
        person = Person.objects.select_for_update().filter(pk=person_id).first()
        if person is not None:
            return person, None
    elif organisation_id is not None:
        organisation = Organisation.objects.select_for_update().filter(pk=organisation_id).first()
        if organisation is not None:
            return None, organisation
    raise NotFound


def _check_may_give(by: Actor, person_id: UUID | None, organisation_id: UUID | None, on: date) -> None:
    if not isinstance(by, Resident) or by.person_id is None:
        return
    led = {row.id for row in organisations_led_by(by.person_id, on)}
    if by.person_id != person_id and organisation_id not in led:
        raise NotYourMandate


def write_mandate(
    *,
    by: Actor,
    representative: Person,
    person: Person | None = None,
    organisation: Organisation | None = None,
    scope: MandateScope = MandateScope.ALL,
    basis: str,
    valid_until: date | None = None,
    now: datetime,
) -> Mandate:
    """Write a checked mandate, its line and its news; the caller holds the lock of the principal's row."""
    mandate = Mandate.objects.create(
        representative=representative,
        person=person,
        organisation=organisation,
        scope=scope,
        basis=basis[:100],
        valid_from=clock.local_date(now),
        valid_until=valid_until,
        given_at=now,
    )
    _write_line(by, "give_mandate", mandate, now)
    publish(MandateGiven(mandate_id=mandate.pk))
    return mandate


@transaction.atomic
def withdraw_mandate(*, by: Actor, mandate_id: UUID, now: datetime) -> Mandate:
    """The mandate ends now: withdrawn by its principal, or laid down by who holds it.

    Law: MFD art. 173
    Raises: NotFound, NotYourMandate, MandateWithdrawnAlready
    """
    mandate = Mandate.objects.filter(pk=mandate_id).first()
    if mandate is None:
        raise NotFound
    _locked_principal(mandate.person_id, mandate.organisation_id)
    mandate = Mandate.objects.select_for_update().get(pk=mandate_id)
    if isinstance(by, Resident) and by.person_id != mandate.representative_id:
        _check_may_give(by, mandate.person_id, mandate.organisation_id, clock.local_date(now))
    if mandate.withdrawn_at is not None:
        raise MandateWithdrawnAlready
    mandate.withdrawn_at = now
    mandate.save(update_fields=["withdrawn_at"])
    _write_line(by, "withdraw_mandate", mandate, now)
    publish(MandateWithdrawn(mandate_id=mandate.pk))
    return mandate


def _write_line(by: Actor, verb: str, mandate: Mandate, now: datetime) -> None:
    kind, key = ("person", mandate.person_id) if mandate.person_id else ("organisation", mandate.organisation_id)
    facts = {
        "mandate": str(mandate.pk),
        "representative": str(mandate.representative_id),
        "scope": mandate.scope,
        "basis": mandate.basis,
        "valid_until": mandate.valid_until.isoformat() if mandate.valid_until else None,
    }
    write_line(chain=f"{kind}:{key}", by=by, verb=verb, facts=facts, now=now)
