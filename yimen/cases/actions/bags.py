"""Paper travels with a list: packed at the window, sealed under a number, signed for by the department (W17)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from yimen.cases.errors import BagAlreadyReceived, BagEmpty, BagNumberMissing, NotYourCase
from yimen.cases.models import Case, CaseMaterial, HandOverLine, HandOverList
from yimen.cases.rules import hand_over_number
from yimen.cases.terms import CaseState, Verb, Way
from yimen.catalogue.queries import version
from yimen.documents.actions import draw_up
from yimen.documents.models import Letter
from yimen.documents.terms import LetterFacts, LetterKind, MaterialLine
from yimen.identity.queries import agency_row
from yimen.identity.terms import Officer
from yimen.kernel import clock
from yimen.kernel.errors import NotFound
from yimen.ledger.actions import write_line
from yimen.places.queries import centre_by_id, institution


def send_bag(*, by: Officer, agency_id: int, case_ids: Iterable[UUID], bag_no: str, now: datetime) -> HandOverList:
    """Pack the paper of accepted cases of one department into a sealed bag, with its list.

    What came after an earlier bag goes into a later one; no paper is sent twice.

    Raises: BagNumberMissing, BagEmpty, NotYourCase
    """
    if not bag_no.strip():
        raise BagNumberMissing(field="bag_no")
    if by.centre_id is None:
        raise NotYourCase
    with transaction.atomic():
        cases = list(
            Case.objects.select_for_update().filter(
                pk__in=list(case_ids),
                centre_id=by.centre_id,
                agency_id=agency_id,
                state__in=[CaseState.IN_REVIEW, CaseState.AWAITING_PAYMENT],
            )
        )
        papers = _papers_not_sent(cases)
        if not papers:
            raise BagEmpty
        bag = HandOverList.objects.create(
            number="",
            centre_id=by.centre_id,
            agency_id=agency_id,
            bag_no=bag_no.strip()[:40],
            sent_by_id=int(by.id),
            sent_at=now,
        )
        bag.number = hand_over_number(clock.local_date(now), bag.id)
        HandOverLine.objects.bulk_create(
            HandOverLine(list=bag, case=case, materials=[row.code for row in papers[case.id]])
            for case in cases
            if case.id in papers
        )
        bag.letter = _list(bag, cases, papers, by=by, now=now)
        bag.save(update_fields=["number", "letter"])
        for case in cases:
            if case.id in papers:
                facts = {"list": bag.number, "bag_no": bag.bag_no, "lines": [row.code for row in papers[case.id]]}
                write_line(chain=case.case_no, by=by, verb=Verb.SEND_PAPER, facts=facts, now=now)
        return bag


def _papers_not_sent(cases: list[Case]) -> dict[UUID, list[CaseMaterial]]:
    """The paper of each case that lies at the window: what an earlier bag holds is left out."""
    sent: dict[UUID, set[str]] = defaultdict(set)
    for case_id, codes in HandOverLine.objects.filter(case__in=cases).values_list("case_id", "materials"):
        sent[case_id].update(codes)
    found: dict[UUID, list[CaseMaterial]] = defaultdict(list)
    for row in CaseMaterial.objects.filter(case__in=cases, way=Way.PAPER, given_at__isnull=False):
        if row.code not in sent[row.case_id]:
            found[row.case_id].append(row)
    return dict(found)


def _list(
    bag: HandOverList, cases: list[Case], papers: dict[UUID, list[CaseMaterial]], *, by: Officer, now: datetime
) -> Letter:
    lines = []
    for case in cases:
        names = {line.code: line for line in version(case.version_id).content.materials}
        lines += [
            MaterialLine(
                name=f"{case.case_no} {names[row.code].name}",
                originals=names[row.code].originals,
                copies=row.copies or names[row.code].copies,
                way=row.way,
            )
            for row in papers.get(case.id, [])
        ]
    facts = LetterFacts(
        institution=institution().name,
        agency=agency_row(bag.agency_id).name,
        case_no=bag.number,
        item_name="",
        applicant_name="",
        centre=centre_by_id(bag.centre_id).name,
        officer=by.label,
        bag_no=bag.bag_no,
        materials=tuple(lines),
    )
    return draw_up(
        kind=LetterKind.HAND_OVER, subject_kind="bag", subject_no=bag.number, facts=facts, language="zh-hans", now=now
    )


def receive_bag(*, by: Officer, number: str, now: datetime) -> HandOverList:
    """The department signs for a bag.

    Raises: NotFound, NotYourCase, BagAlreadyReceived
    """
    with transaction.atomic():
        bag = HandOverList.objects.select_for_update().filter(number=number).first()
        if bag is None:
            raise NotFound
        if bag.agency_id != by.agency_id:
            raise NotYourCase
        if bag.received_at is not None:
            raise BagAlreadyReceived
        bag.received_at, bag.received_by_id = now, int(by.id)
        bag.save(update_fields=["received_at", "received_by"])
        for line in bag.lines.select_related("case"):
            write_line(
                chain=line.case.case_no,
                by=by,
                verb=Verb.RECEIVE_PAPER,
                facts={"list": bag.number, "bag_no": bag.bag_no},
                now=now,
            )
        return bag
