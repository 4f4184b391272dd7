"""Writing down that somebody looked at what is usually masked."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from yimen.identity.errors import ReasonMissing
from yimen.identity.models import Look
from yimen.kernel.actors import Actor


def record_look(
    *,
    by: Actor,
    person_id: UUID | None = None,
    organisation_id: UUID | None = None,
    what: str,
    reason: str,
    subject_kind: str = "",
    subject_no: str = "",
    now: datetime,
) -> Look:
    """Somebody looks at personal data, and says why; whose data they are can read it in My space.

    Law: PIPL art. 6, art. 51
    Raises: ReasonMissing
    """
    if not reason.strip():
        raise ReasonMissing(field="reason")
    return Look.objects.create(
        at=now,
        actor_kind=by.kind,
        actor_id=by.id,
        actor_label=by.label[:60],
        person_id=person_id,
        organisation_id=organisation_id,
        what=what[:60],
        reason=reason.strip()[:200],
        subject_kind=subject_kind,
        subject_no=subject_no,
    )
