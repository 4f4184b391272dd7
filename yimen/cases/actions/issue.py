"""The issuing window: the result is made and sealed, handed over against a document, and the case is closed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from yimen.cases.actions.move import Act, take_up
from yimen.cases.errors import CollectorNotEntitled
from yimen.cases.events import CaseClosed, ResultHandedOver, ResultReady
from yimen.cases.models import Case, Collection
from yimen.cases.rules import result_number
from yimen.cases.terms import CaseState, ClockKind, CollectWay, Decision, Verb
from yimen.documents.terms import LetterKind
from yimen.identity.queries import find_person, may_represent, person_row
from yimen.identity.rules import mask_id
from yimen.identity.terms import MandateScope, Officer
from yimen.kernel import clock
from yimen.kernel.actors import SYSTEM


def make_result(*, by: Officer, case_id: UUID, revision: int | None = None, now: datetime) -> Case:
    """Make the result: give it its number, seal the letter, lay it ready at the issuing window.

    Law: XKF art. 44
    Raises: NotYourCase, SamePersonTwice, MoveNotAllowed
    """
    with take_up(case_id, Verb.MAKE_RESULT, by=by, now=now, revision=revision) as act:
        results = act.version.content.results
        if act.case.decision == Decision.GRANT and results:
            act.case.result_no = result_number(results[0].number_prefix, act.case.case_no)
        act.case.made_by_id = act.staff_id
        return act.put_down("result_no", "made_by", facts={"result_no": act.case.result_no}, event=ResultReady(case_id))


def hand_over_result(
    *,
    by: Officer,
    case_id: UUID,
    id_type: str,
    id_number: str,
    way: CollectWay = CollectWay.COUNTER,
    revision: int | None = None,
    now: datetime,
) -> Case:
    """Hand the result to the applicant or a representative on record, against a document, and note who took it.

    Law: XKF art. 44; collection record as in the provincial message 9
    Raises: CollectorNotEntitled, MoveNotAllowed
    """
    with take_up(case_id, Verb.HAND_OVER, by=by, now=now, revision=revision) as act:
        name = _collector(act, id_type, id_number)
        Collection.objects.create(
            case=act.case,
            way=way,
            name=name,
            id_type=id_type,
            id_number=id_number,
            handed_over_by_id=act.staff_id,
            handed_over_at=now,
        )
        act.case.handed_over_at = now
        act.stop_clocks(ClockKind.DELIVERY)
        act.draw_up(
            LetterKind.COLLECTION,
            collector_name=name,
            collector_id_masked=mask_id(id_number),
            collect_way=str(CollectWay(way).label),
            result_no=act.case.result_no,
        )
        return act.put_down("handed_over_at", facts={"way": way}, event=ResultHandedOver(case_id))


def _collector(act: Act, id_type: str, id_number: str) -> str:
    """The name of the person with this document, if the result is theirs to take.

    Raises: CollectorNotEntitled
    """
    case, person = act.case, find_person(id_type, id_number)
    if person is None:
        raise CollectorNotEntitled(field="id_number")
    if person.id not in {case.person_id, case.representative_id}:
        mandate = may_represent(
            person.id,
            person_id=case.person_id,
            organisation_id=case.organisation_id,
            scope=MandateScope.COLLECT,
            on=clock.local_date(act.now),
        )
        if mandate is None:
            raise CollectorNotEntitled(field="id_number")
    return person_row(person.id).name


def close_case(*, case_id: UUID, now: datetime) -> Case:
    """Nothing more is to be done. May run twice: a closed case stays as it is."""
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=case_id)
        if case.state == CaseState.CLOSED:
            return case
        with take_up(case_id, Verb.CLOSE, by=SYSTEM, now=now) as act:
            act.case.closed_at = now
            return act.put_down("closed_at", facts={}, event=CaseClosed(case_id))
