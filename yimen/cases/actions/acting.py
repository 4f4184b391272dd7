"""Who acts for an applicant: the representative on record, for as long as the mandate holds."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from yimen.cases.errors import MandateEnded
from yimen.cases.models import Case
from yimen.identity.queries import is_in_force, may_represent
from yimen.identity.terms import MandateScope, Resident
from yimen.kernel import clock
from yimen.kernel.actors import Actor


def may_act(person_id: UUID, case: Case, now: datetime, scope: MandateScope = MandateScope.FILE) -> bool:
    """Whether the person is the applicant, the representative on record, or holds another mandate for it.

    A representative who was recorded at a window without a mandate of ours showed it on paper there.
    """
    if person_id == case.person_id:
        return True
    on = clock.local_date(now)
    if person_id == case.representative_id and (case.mandate_id is None or is_in_force(case.mandate_id, on)):
        return True
    principal = {"person_id": case.person_id, "organisation_id": case.organisation_id}
    return may_represent(person_id, **principal, scope=scope, on=on) is not None


def check_mandate(by: Actor, case: Case, now: datetime) -> None:
    """Whoever acts online for somebody else still may.

    Law: XKF art. 29
    Raises: MandateEnded
    """
    if isinstance(by, Resident) and by.person_id and not may_act(by.person_id, case, now):
        raise MandateEnded(name=case.applicant_name)
