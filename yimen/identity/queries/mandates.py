"""For whom somebody may act, and who may act for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from yimen.identity.models import Mandate
from yimen.identity.queries.people import OrganisationRow, organisation_row_of
from yimen.identity.queries.when import valid_on
from yimen.identity.rules import mask_id, mask_name
from yimen.identity.terms import Basis, MandateScope


@dataclass(frozen=True, slots=True)
class PrincipalRow:
    """Somebody for whom a person may act; ``masked`` is the masked document number or the code of the organisation."""

    mandate_id: UUID
    kind: str
    id: UUID
    name: str
    masked: str
    scope: MandateScope
    basis: str
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class MandateRow:
    """A mandate that a person has given, alone or for an organisation."""

    id: UUID
    representative_name: str
    representative_masked: str
    principal_name: str
    scope: MandateScope
    basis: str
    valid_from: date
    valid_until: date | None
    withdrawn_at: datetime | None
    is_valid: bool


def principals_of(person_id: UUID | None, on: date) -> list[PrincipalRow]:
    """For whom this person may act on the day; organisations last, each principal once per mandate. One query."""
    held = Mandate.objects.filter(valid_on(on), representative_id=person_id, withdrawn_at=None)
    rows = held.select_related("person", "organisation").order_by("organisation__name", "given_at")
    return [_principal_row(row) for row in rows]


def _principal_row(row: Mandate) -> PrincipalRow:
    principal = row.person or row.organisation
    assert principal is not None
    return PrincipalRow(
        mandate_id=row.pk,
        kind="person" if row.person_id else "organisation",
        id=principal.pk,
        name=principal.name,
        masked=mask_id(row.person.id_number) if row.person else row.organisation.uscc if row.organisation else "",
        scope=MandateScope(row.scope),
        basis=row.basis,
        valid_until=row.valid_until,
    )


def may_represent(
    representative_id: UUID,
    *,
    person_id: UUID | None = None,
    organisation_id: UUID | None = None,
    on: date,
    scope: MandateScope = MandateScope.FILE,
) -> UUID | None:
    """The mandate by which somebody may do what ``scope`` says for a person or an organisation on the day."""
    if (person_id is None) == (organisation_id is None):
        return None
    principal = Q(person_id=person_id) if person_id else Q(organisation_id=organisation_id)
    held = Mandate.objects.filter(
        valid_on(on),
        principal,
        representative_id=representative_id,
        withdrawn_at=None,
        scope__in=[scope, MandateScope.ALL],
    )
    return held.order_by("given_at").values_list("pk", flat=True).first()


def is_in_force(mandate_id: UUID, on: date) -> bool:
    """Whether the mandate holds on the day: begun, not over, not withdrawn. One query."""
    return Mandate.objects.filter(valid_on(on), pk=mandate_id, withdrawn_at=None).exists()


def mandates_given(person_id: UUID, on: date) -> list[MandateRow]:
    """Mandates given by the person, and by organisations whose legal representative the person is; newest first."""
    firms = organisations_led_by(person_id, on)
    given = Mandate.objects.filter(Q(person_id=person_id) | Q(organisation_id__in=[firm.id for firm in firms]))
    rows = given.exclude(basis=Basis.LEGAL_REPRESENTATIVE).select_related("representative", "person", "organisation")
    return [_mandate_row(row, on) for row in rows.order_by("-given_at")[:100]]


def _mandate_row(row: Mandate, on: date) -> MandateRow:
    principal = row.person or row.organisation
    is_begun = row.valid_from <= on
    return MandateRow(
        id=row.pk,
        representative_name=mask_name(row.representative.name),
        representative_masked=mask_id(row.representative.id_number),
        principal_name=principal.name if principal else "",
        scope=MandateScope(row.scope),
        basis=row.basis,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        withdrawn_at=row.withdrawn_at,
        is_valid=row.withdrawn_at is None and is_begun and (row.valid_until is None or row.valid_until >= on),
    )


def organisations_led_by(person_id: UUID, on: date) -> list[OrganisationRow]:
    """Organisations whose legal representative this person is, by name. One query."""
    led = Mandate.objects.filter(
        valid_on(on), representative_id=person_id, basis=Basis.LEGAL_REPRESENTATIVE, withdrawn_at=None
    ).exclude(organisation=None)
    rows = [row.organisation for row in led.select_related("organisation").order_by("organisation__name")]
    return [organisation_row_of(row) for row in rows if row]


def legal_representative_of(organisation_id: UUID, on: date) -> UUID | None:
    """The person who is the organisation's legal representative on the day, as far as we know. One query."""
    held = Mandate.objects.filter(
        valid_on(on), organisation_id=organisation_id, basis=Basis.LEGAL_REPRESENTATIVE, withdrawn_at=None
    )
    return held.order_by("-given_at").values_list("representative_id", flat=True).first()
