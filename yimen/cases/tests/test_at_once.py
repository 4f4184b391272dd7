"""Many hands at the same moment: one key is one case, and the slower of two is told."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

from yimen.cases.actions import accept_case, file_case, file_draft
from yimen.cases.models import Case, Draft
from yimen.cases.terms import CaseState, FilingChannel, Verb
from yimen.cases.tests.builders import (
    NOW,
    a_case,
    a_clerk,
    a_filing,
    a_full_draft,
    a_resident,
    all_good,
    the_hall,
)
from yimen.kernel.errors import Refusal
from yimen.ledger.queries import lines


def _at_once(act: Callable[[int], object], times: int) -> list[object]:
    """What the same act answered to each of so many threads that began together: its result, or the refusal."""
    barrier = Barrier(times)

    def one(number: int) -> object:
        try:
            barrier.wait(20)
            return act(number)
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as hands:
        return list(hands.map(one, range(times)))


def test_twenty_filings_with_one_key_are_one_case(fresh_database):
    the_hall()
    resident = a_resident()

    found = _at_once(lambda _number: file_case(by=resident, filing=a_filing(resident), now=NOW), 20)

    assert {case.case_no for case in found} == {Case.objects.get().case_no}
    assert [line.verb for line in lines(found[0].case_no)] == [Verb.FILE]


def test_a_draft_sent_from_ten_tabs_is_one_case(fresh_database):
    the_hall()
    resident = a_resident()
    draft = a_full_draft(resident)

    def send(_number: int) -> Case:
        return file_draft(by=resident, draft_id=draft.id, channel=FilingChannel.WEB, language="zh-hans", now=NOW)

    assert {case.case_no for case in _at_once(send, 10)} == {Case.objects.get().case_no}
    assert not Draft.objects.exists()


def test_two_clerks_accept_one_case_once(fresh_database):
    the_hall()
    case = a_case()
    all_good(case)
    clerks = [a_clerk(0), a_clerk(1)]
    seen = Case.objects.get(pk=case.pk).revision

    found = _at_once(lambda number: accept_case(by=clerks[number], case_id=case.id, revision=seen, now=NOW), 2)

    assert sorted(isinstance(one, Refusal) for one in found) == [False, True]
    assert [line.verb for line in lines(case.case_no)].count(Verb.ACCEPT) == 1
    assert Case.objects.get(pk=case.pk).state == CaseState.IN_REVIEW
