"""What we know already, so that nobody is asked for it again: shown as such in the form, and correctable."""

from __future__ import annotations

from uuid import UUID

from yimen.identity.queries import contact_of, organisation_row, person_row, principals_of, unmasked_person
from yimen.identity.terms import Resident
from yimen.kernel import clock


def what_we_know(by: Resident, mandate_id: UUID | None) -> dict[str, str]:
    """Values by the names that forms use for prefilling: ``person.name``, ``organisation.uscc`` …."""
    if by.person_id is None:
        return {}
    person_id, organisation_id = by.person_id, None
    if mandate_id:
        held = [row for row in principals_of(by.person_id, clock.today()) if row.mandate_id == mandate_id]
        if held and held[0].kind == "organisation":
            organisation_id = held[0].id
        elif held:
            person_id = held[0].id
    person, contact = person_row(person_id), contact_of(person_id=person_id)
    known = {
        "person.name": person.name,
        "person.phone": contact.phone if contact else "",
        "person.address": person.address,
    }
    if person_id == by.person_id:
        known["person.id_number"] = unmasked_person(person_id)[0]
    if organisation_id:
        firm = organisation_row(organisation_id)
        known |= {
            "organisation.name": firm.name,
            "organisation.uscc": firm.uscc,
            "organisation.legal_representative": firm.legal_representative,
            "organisation.address": firm.address,
        }
    return {key: value for key, value in known.items() if value}
