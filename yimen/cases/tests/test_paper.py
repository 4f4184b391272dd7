"""Paper at the window: brought with the case or after it, with its receipt, at this centre or another, in bags."""

import pytest

from yimen.cases import actions, queries
from yimen.cases.actions import GivenMaterial
from yimen.cases.errors import (
    BagEmpty,
    ItemNotOffered,
    MaterialsMissing,
    NothingAskedOfLine,
    NotYourCase,
    PaperLiesElsewhere,
    PaperNotChosen,
    UnknownLine,
)
from yimen.cases.models import Clock
from yimen.cases.terms import CaseState, ClockKind, Verdict, Way
from yimen.cases.tests.builders import (
    ITEM,
    LI,
    NOW,
    PLACE,
    a_case,
    a_clerk,
    a_picture,
    a_resident,
    all_good,
    an_accepted_case,
    another_clerk,
    on_paper,
    taken_in,
)
from yimen.catalogue.actions import import_item
from yimen.documents.terms import LetterKind
from yimen.kernel.actors import SYSTEM
from yimen.ledger.queries import lines

pytestmark = pytest.mark.usefixtures("hall")
OCTOBER = NOW.replace(month=10, day=9)


def receipts(case):
    found = case.letters.select_related("letter").filter(letter__kind=LetterKind.RECEIPT).order_by("id")
    return [[line["name"] for line in row.letter.facts["materials"]] for row in found]


def ways(case, letter_kind=LetterKind.RECEIPT):
    letter = case.letters.select_related("letter").filter(letter__kind=letter_kind).latest("id").letter
    return {line["name"]: line["way"] for line in letter.facts["materials"]}


def asked(case, *, but="plan"):
    all_good(case, but=but)
    return actions.ask_correction(by=a_clerk(), case_id=case.id, now=NOW)


# brought with the case and after it


def test_a_receipt_names_only_what_was_received():
    case = a_case(given={"plan": GivenMaterial(way=Way.PAPER), "rules": GivenMaterial(uploads=(a_picture(),))})
    assert ways(case) == {"申请书": "form", "经营场所布局图": "paper-to-come", "食品安全管理制度": "upload"}

    short = taken_in(a_resident("李样本", LI, "li"), key="key-2", given={})
    assert ways(short) == {"申请书": "form"}


def test_a_line_that_was_missing_at_the_window_is_brought_an_hour_later():
    case = taken_in(given={"plan": GivenMaterial(way=Way.PAPER)})

    actions.receive_case(by=a_clerk(), case_id=case.id, papers=["rules"], now=OCTOBER)
    all_good(case)
    case = actions.accept_case(by=a_clerk(), case_id=case.id, now=OCTOBER)

    assert case.received_at == NOW  # the five days began with the first paper
    assert receipts(case) == [["申请书", "经营场所布局图"], ["食品安全管理制度"]]
    assert case.state == CaseState.IN_REVIEW


def test_promised_paper_may_come_after_silence_has_accepted_the_case():
    case = a_case(given=on_paper())
    actions.deem_silent_cases_accepted(now=OCTOBER)

    case = actions.receive_case(by=a_clerk(), case_id=case.id, papers=["plan"], now=OCTOBER)

    assert (case.state, case.materials.get(code="plan").given_at) == (CaseState.IN_REVIEW, OCTOBER)
    assert [line.verb for line in lines(case.case_no)] == ["file", "deem_accepted", "receive"]
    assert set(Clock.objects.filter(case=case, stopped_at=None).values_list("kind", flat=True)) == {
        ClockKind.PROMISED,
        ClockKind.STATUTORY,
    }


def test_the_letter_of_silence_does_not_say_that_papers_were_found_complete():
    case = a_case(given=on_paper())
    actions.deem_silent_cases_accepted(now=OCTOBER)

    letter = case.letters.select_related("letter").get(letter__kind=LetterKind.ACCEPTANCE).letter
    assert letter.facts["is_deemed"] is True


@pytest.mark.parametrize(
    ("papers", "refusal"), [(["extra"], UnknownLine), ([], PaperNotChosen), (["plan"], PaperNotChosen)]
)
def test_only_paper_that_is_awaited_is_received(papers, refusal):
    case = taken_in()

    with pytest.raises(refusal):
        actions.receive_case(by=a_clerk(), case_id=case.id, papers=papers, now=NOW)


def test_nothing_is_wrong_with_a_paper_that_is_not_needed():
    case = a_case()

    with pytest.raises(NothingAskedOfLine):
        actions.judge_material(
            by=a_clerk(), case_id=case.id, code="proxy", verdict=Verdict.FLAWED, flaw="请补", now=NOW
        )


# corrections over the counter


def test_corrections_are_handed_in_at_the_window():
    case = asked(taken_in())

    with pytest.raises(MaterialsMissing):
        actions.supply_correction(by=a_clerk(), case_id=case.id, materials={"plan": GivenMaterial()}, now=NOW)
    given = {"plan": GivenMaterial(way=Way.PAPER, uploads=(a_picture(),))}
    case = actions.supply_correction(by=a_clerk(), case_id=case.id, materials=given, now=OCTOBER)

    plan = case.materials.get(code="plan")
    assert (case.state, case.received_at) == (CaseState.RECEIVED, OCTOBER)
    assert (plan.way, plan.given_at, plan.verdict, plan.files.count()) == (Way.PAPER, OCTOBER, Verdict.OPEN, 1)
    assert ways(case, LetterKind.CORRECTION_RECEIPT) == {"经营场所布局图": "paper"}


def test_paper_that_is_only_promised_corrects_nothing():
    by = a_resident()
    case = asked(a_case(by))

    with pytest.raises(MaterialsMissing):
        actions.supply_correction(by=by, case_id=case.id, materials={"plan": GivenMaterial(way=Way.PAPER)}, now=NOW)

    case.refresh_from_db()
    assert case.state == CaseState.CORRECTION


def test_corrections_of_an_online_case_come_to_any_window_that_takes_the_item_in():
    case, other = asked(a_case()), another_clerk()

    given = {"plan": GivenMaterial(way=Way.PAPER)}
    case = actions.supply_correction(by=other, case_id=case.id, materials=given, now=NOW)

    assert case.centre_id == other.centre_id
    with pytest.raises(NotYourCase):
        actions.judge_material(by=a_clerk(), case_id=case.id, code="plan", verdict=Verdict.GOOD, now=NOW)


def test_paper_that_lies_at_one_window_keeps_its_corrections_there():
    case, other = asked(taken_in()), another_clerk()

    with pytest.raises(PaperLiesElsewhere) as refused:
        actions.supply_correction(by=other, case_id=case.id, materials={"plan": GivenMaterial(way=Way.PAPER)}, now=NOW)

    assert str(refused.value.params["centre"]) == f"{PLACE}政务服务中心"


def test_a_centre_that_does_not_take_the_item_in_takes_no_corrections():
    case, other = asked(a_case()), another_clerk()
    only_here = {**ITEM["content"], "service_points": {"centres": [PLACE]}}
    import_item(by=SYSTEM, data={**ITEM, "content": only_here}, now=NOW)

    with pytest.raises(ItemNotOffered):
        actions.supply_correction(by=other, case_id=case.id, materials={"plan": GivenMaterial(way=Way.PAPER)}, now=NOW)


# bags


def packed(case, bag_no):
    bag = actions.send_bag(by=a_clerk(), agency_id=case.agency_id, case_ids=[case.id], bag_no=bag_no, now=NOW)
    return bag.lines.get().materials


def offered():
    return [row.papers for pile in queries.paper_to_send(a_clerk()) for row in pile.rows]


def test_paper_that_comes_after_the_first_bag_goes_into_a_second_one():
    case = a_case(given=on_paper())
    actions.receive_case(by=a_clerk(), case_id=case.id, papers=["plan"], now=NOW)
    actions.deem_silent_cases_accepted(now=OCTOBER)
    assert offered() == [("经营场所布局图",)]
    assert packed(case, "F-0001") == ["plan"]
    assert offered() == []

    actions.receive_case(by=a_clerk(), case_id=case.id, papers=["rules"], now=OCTOBER)

    assert offered() == [("食品安全管理制度",)]
    assert packed(case, "F-0002") == ["rules"]
    assert offered() == []
    with pytest.raises(BagEmpty):
        packed(case, "F-0003")


def test_a_case_without_paper_is_offered_for_no_bag():
    an_accepted_case()

    assert offered() == []
