"""Filing by other systems, and by systems of the desk over the counter."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest
from ninja.responses import Status

from yimen.cases import actions
from yimen.cases.actions import Filing, GivenMaterial
from yimen.cases.api.desk import actor_of, changed, router
from yimen.cases.api.shapes import CaseIn, FiledOut
from yimen.cases.models import Case
from yimen.cases.terms import FilingChannel
from yimen.catalogue.queries import version
from yimen.identity.actions import register_organisation, register_person
from yimen.identity.guards import token_auth
from yimen.identity.queries import asking_person_on_file
from yimen.identity.terms import Officer
from yimen.kernel import clock
from yimen.kernel.actors import Actor
from yimen.kernel.questions import ask
from yimen.places.queries import asking_centre_id


@router.post("", response={201: FiledOut}, auth=token_auth("cases:file"), url_name="cases-file")
def file_case(request: HttpRequest, given: CaseIn) -> Status[dict[str, Any]]:
    """File an application. An officer's token files it over the counter, any other system for its applicant."""
    case = _file(actor_of(request), given, clock.now())
    frozen = version(case.version_id)
    filed = {
        "pin": case.pin,
        "item_code": frozen.code,
        "item_version": frozen.number,
        "applicant_name": case.applicant_name,
        "filed_at": case.filed_at,
    }
    return Status(201, changed(case) | filed)


def _file(by: Actor, given: CaseIn, now: datetime) -> Case:
    """The case and the people in it; what is refused leaves nobody written down."""
    person = {
        "name": given.applicant.name,
        "id_type": given.applicant.id_type,
        "id_number": given.applicant.id_number,
        "phone": given.applicant.phone,
    }
    on_file, centre_id = ask(
        asking_person_on_file(by=by, on=clock.local_date(now), **person), asking_centre_id(given.centre_code)
    )
    if on_file and not given.applicant.uscc:
        return _file_for(by, given, centre_id, now, person_id=on_file)
    with transaction.atomic():
        person_id = register_person(by=by, now=now, **person).id
        if not given.applicant.uscc:
            return _file_for(by, given, centre_id, now, person_id=person_id)
        firm = register_organisation(by=by, name=given.applicant.organisation_name, uscc=given.applicant.uscc, now=now)
        return _file_for(by, given, centre_id, now, organisation_id=firm.id, representative_id=person_id)


def _file_for(by: Actor, given: CaseIn, centre_id: int, now: datetime, **applicant: UUID) -> Case:
    filing = Filing(
        item_code=given.item_code,
        channel=FilingChannel.WINDOW if isinstance(by, Officer) else FilingChannel.API,
        centre_id=centre_id,
        idempotency_key=given.key,
        answers=dict(given.answers),
        materials={code: GivenMaterial(way=row.way, copies=row.copies) for code, row in given.materials.items()},
        collect=given.collect,
        contact_name=given.applicant.name,
        contact_phone=given.applicant.phone,
        language=given.language,
        **applicant,
    )
    return actions.file_case(by=by, filing=filing, now=now)
