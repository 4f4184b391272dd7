"""One case from filing to closing, and every hand that may not touch it on the way."""

import pytest

from yimen.cases import actions
from yimen.cases.actions import GivenMaterial
from yimen.cases.errors import (
    AlreadyNotified,
    ApplicantNotEntitled,
    CollectorNotEntitled,
    FlawMissing,
    ItemNotOffered,
    MaterialsMissing,
    MaterialsNotChecked,
    MoveNotAllowed,
    NotYourCase,
    ReasonMissing,
    SamePersonTwice,
    SomebodyWasFaster,
    SurveyNeedsTwo,
    UnknownLine,
)
from yimen.cases.models import Case, Clock
from yimen.cases.queries import check_pin, my_case, my_cases, task_list, view_of
from yimen.cases.terms import CaseState, Decision, FilingChannel, Opinion, StepState, Verdict, Way
from yimen.cases.tests.builders import (
    CHEN,
    LI,
    NOW,
    a_case,
    a_clerk,
    a_filing,
    a_picture,
    a_resident,
    all_good,
    an_accepted_case,
    an_issuer,
    an_officer,
    examine,
    open_codes,
)
from yimen.documents.terms import LetterKind
from yimen.identity.terms import IdType
from yimen.kernel.errors import NotFound, Refusals
from yimen.kernel.news import deliver_all_news, load_reactions
from yimen.ledger.queries import lines, verify

pytestmark = pytest.mark.usefixtures("hall")


def test_the_main_job_from_filing_to_closing():
    load_reactions()
    case = an_accepted_case()
    examine(case)
    actions.grant_case(by=an_officer("market.decider"), case_id=case.id, text="准予。", now=NOW)
    actions.make_result(by=an_issuer(), case_id=case.id, now=NOW)
    actions.hand_over_result(by=an_issuer(), case_id=case.id, id_type=IdType.CITIZEN, id_number=CHEN, now=NOW)
    deliver_all_news()

    case.refresh_from_db()
    verbs = [line.verb for line in lines(case.case_no)]
    letters = [row.kind for row in view_of(case, "zh-hans").letters]
    assert (case.state, case.decision) == (CaseState.CLOSED, Decision.GRANT)
    assert verbs == [
        "file", "accept", "give_opinion", "record_survey", "give_opinion", "grant", "make_result", "hand_over", "close",
    ]  # fmt: skip
    assert letters == [LetterKind.RECEIPT, LetterKind.ACCEPTANCE, LetterKind.GRANT, LetterKind.COLLECTION]
    assert verify().ok


def test_accepting_on_saturday_counts_from_monday():
    case = an_accepted_case()

    due = {row.kind: row.due_on.isoformat() for row in Clock.objects.filter(case=case, stopped_at=None)}
    assert due == {"promised": "2016-10-12", "statutory": "2016-10-26"}
    assert case.due_on.isoformat() == "2016-10-12"


def test_accepting_into_an_unpublished_year_keeps_the_count():
    the_day = NOW.replace(year=2026, month=12, day=28)
    case = a_case()
    all_good(case)

    case = actions.accept_case(by=a_clerk(), case_id=case.id, now=the_day)

    clock = Clock.objects.get(case=case, kind="statutory")
    assert (clock.count, clock.due_on) == (20, None)
    assert clock.watch_on.isoformat() == "2027-01-25"


def test_the_same_key_files_once():
    by = a_resident()
    filing = a_filing(by)

    first = actions.file_case(by=by, filing=filing, now=NOW)
    second = actions.file_case(by=by, filing=filing, now=NOW)

    assert first.id == second.id
    assert Case.objects.count() == 1


def test_filing_without_required_papers_says_all_of_them():
    by = a_resident()

    with pytest.raises(MaterialsMissing) as refused:
        actions.file_case(by=by, filing=a_filing(by, given={}), now=NOW)

    assert refused.value.params == {"names": "经营场所布局图、食品安全管理制度"}
    assert Case.objects.count() == 0


def test_a_wrong_answer_is_refused_field_by_field():
    by = a_resident()

    with pytest.raises(Refusals) as refused:
        actions.file_case(by=by, filing=a_filing(by, answers={"by_agent": "maybe"}), now=NOW)

    assert sorted(one.field for one in refused.value.refusals) == ["by_agent", "shop_name"]


def test_nobody_files_for_a_stranger():
    by, stranger = a_resident(), a_resident("李样本", LI, "li")

    with pytest.raises(ApplicantNotEntitled):
        actions.file_case(by=by, filing=a_filing(by, person_id=stranger.person_id), now=NOW)


def test_nobody_files_with_somebody_elses_upload():
    thief, owner = a_resident("李样本", LI, "li"), a_resident()
    file_id = a_case(owner).materials.get(code="plan").files.get().file_id

    given = {"plan": GivenMaterial(files=(file_id,)), "rules": GivenMaterial(way=Way.PAPER)}

    with pytest.raises(NotFound):
        actions.file_case(by=thief, filing=a_filing(thief, given=given), now=NOW)


def test_a_centre_that_does_not_take_the_item_in_files_nothing():
    by = a_resident()

    with pytest.raises(ItemNotOffered):
        actions.file_case(by=by, filing=a_filing(by, centre_id=10**6), now=NOW)


def test_at_the_window_incomplete_papers_are_taken_in():
    clerk, person = a_clerk(), a_resident()

    case = actions.file_case(
        by=clerk,
        filing=a_filing(person, channel=FilingChannel.WINDOW, given={"plan": GivenMaterial(way=Way.PAPER)}),
        now=NOW,
    )

    assert (case.state, case.received_at) == (CaseState.RECEIVED, NOW)
    assert case.materials.get(code="rules").way == Way.NONE


def test_nothing_is_accepted_before_every_line_was_checked():
    case = a_case()

    with pytest.raises(MaterialsNotChecked):
        actions.accept_case(by=a_clerk(), case_id=case.id, now=NOW)


def test_nobody_adds_a_line_to_the_checklist():
    with pytest.raises(UnknownLine):
        actions.judge_material(by=a_clerk(), case_id=a_case().id, code="extra", verdict=Verdict.GOOD, now=NOW)


def test_a_flaw_is_named_in_words():
    with pytest.raises(FlawMissing):
        actions.judge_material(
            by=a_clerk(), case_id=a_case().id, code="plan", verdict=Verdict.FLAWED, flaw=" ", now=NOW
        )


def test_corrections_are_asked_for_once_and_then_the_case_goes_on():
    by = a_resident()
    case = a_case(by)
    all_good(case, but="plan")
    actions.ask_correction(by=a_clerk(), case_id=case.id, now=NOW)

    with pytest.raises(MaterialsMissing):
        actions.supply_correction(by=by, case_id=case.id, materials={}, now=NOW)
    actions.supply_correction(
        by=by, case_id=case.id, materials={"plan": GivenMaterial(uploads=(a_picture("better.jpg"),))}, now=NOW
    )
    all_good(case, but="rules")
    with pytest.raises(AlreadyNotified):
        actions.ask_correction(by=a_clerk(), case_id=case.id, now=NOW)
    all_good(case)
    case = actions.accept_case(by=a_clerk(), case_id=case.id, now=NOW)

    plan = case.materials.get(code="plan")
    assert case.state == CaseState.IN_REVIEW
    assert [row.replaced_at is None for row in plan.files.order_by("id")] == [False, True]
    assert sorted(Clock.objects.filter(case=case, stopped_at=None).values_list("kind", flat=True)) == [
        "promised",
        "statutory",
    ]


def test_turning_away_needs_a_reason_and_a_basis():
    case = a_case()

    with pytest.raises(ReasonMissing):
        actions.turn_away_case(by=a_clerk(), case_id=case.id, reason="不归我们管", legal_basis="", now=NOW)
    case = actions.turn_away_case(
        by=a_clerk(), case_id=case.id, reason="不归我们管", legal_basis="行政许可法第三十二条", now=NOW
    )

    assert case.state == CaseState.NOT_ACCEPTED


def test_steps_open_stage_by_stage():
    case = an_accepted_case()
    assert open_codes(case) == ["review"]

    actions.give_opinion(
        by=an_officer("market.reviewer"), case_id=case.id, opinion=Opinion.PASS, text="可以。", now=NOW
    )

    assert open_codes(case) == ["fire", "survey"]


def test_somebody_with_another_post_gives_no_opinion():
    case = an_accepted_case()

    with pytest.raises(NotYourCase):
        actions.give_opinion(
            by=an_officer("fire.reviewer"), case_id=case.id, opinion=Opinion.PASS, text="可以。", now=NOW
        )


def test_one_person_alone_is_no_survey():
    case = an_accepted_case()
    actions.give_opinion(
        by=an_officer("market.reviewer"), case_id=case.id, opinion=Opinion.PASS, text="可以。", now=NOW
    )

    with pytest.raises(SurveyNeedsTwo):
        actions.record_survey(
            by=an_officer("market.surveyor"), case_id=case.id, people=[], opinion=Opinion.PASS, text="符合。", now=NOW
        )


def test_a_surveyor_comes_from_the_post():
    case = an_accepted_case()
    actions.give_opinion(
        by=an_officer("market.reviewer"), case_id=case.id, opinion=Opinion.PASS, text="可以。", now=NOW
    )

    with pytest.raises(NotYourCase):
        actions.record_survey(
            by=an_officer("market.surveyor"),
            case_id=case.id,
            people=[int(an_officer("fire.reviewer").id)],
            opinion=Opinion.PASS,
            text="符合。",
            now=NOW,
        )


def test_the_decision_waits_for_its_turn():
    with pytest.raises(NotYourCase):
        actions.grant_case(by=an_officer("market.decider"), case_id=an_accepted_case().id, now=NOW)


def test_a_refusal_gives_reason_basis_and_remedies():
    case = an_accepted_case()
    examine(case)

    with pytest.raises(ReasonMissing):
        actions.refuse_case(by=an_officer("market.decider"), case_id=case.id, reason="", legal_basis="x", now=NOW)
    case = actions.refuse_case(
        by=an_officer("market.decider"), case_id=case.id, reason="距污染源过近。", legal_basis="办法第十一条", now=NOW
    )

    letter = case.letters.select_related("letter").get(letter__kind=LetterKind.REFUSAL).letter
    assert case.state == CaseState.REFUSED
    assert letter.facts["review_body"] == "深圳市宝安区人民政府"


def test_who_accepted_does_not_issue():
    from yimen.identity.actions import appoint
    from yimen.identity.queries import post_id
    from yimen.kernel.actors import SYSTEM

    case = an_accepted_case()
    examine(case)
    actions.grant_case(by=an_officer("market.decider"), case_id=case.id, now=NOW)
    appoint(by=SYSTEM, staff_id=int(a_clerk().id), post_id=post_id("issuer.BA-XX"), valid_from=NOW.date(), now=NOW)

    with pytest.raises(SamePersonTwice):
        actions.make_result(by=a_clerk(), case_id=case.id, now=NOW)


def test_a_stranger_does_not_collect():
    a_resident("李样本", LI, "li")
    case = an_accepted_case(a_resident())
    examine(case)
    actions.grant_case(by=an_officer("market.decider"), case_id=case.id, now=NOW)
    actions.make_result(by=an_issuer(), case_id=case.id, now=NOW)

    with pytest.raises(CollectorNotEntitled):
        actions.hand_over_result(by=an_issuer(), case_id=case.id, id_type=IdType.CITIZEN, id_number=LI, now=NOW)


def test_somebody_was_faster():
    case = a_case()
    all_good(case)
    actions.accept_case(by=a_clerk(), case_id=case.id, revision=1, now=NOW)

    with pytest.raises(SomebodyWasFaster):
        actions.accept_case(by=a_clerk(1), case_id=case.id, revision=1, now=NOW)


def test_an_accepted_case_is_not_accepted_again():
    with pytest.raises(MoveNotAllowed):
        actions.accept_case(by=a_clerk(), case_id=an_accepted_case().id, now=NOW)


def test_withdrawing_drops_what_waits():
    by = a_resident()
    case = an_accepted_case(by)

    case = actions.withdraw_case(by=by, case_id=case.id, reason="不办了", now=NOW)

    assert case.state == CaseState.WITHDRAWN
    assert set(case.steps.values_list("state", flat=True)) == {StepState.DROPPED}
    assert not Clock.objects.filter(case=case, stopped_at=None).exists()


def test_silence_counts_as_acceptance_from_the_day_of_receipt():
    case = a_case()

    changed = actions.deem_silent_cases_accepted(now=NOW.replace(month=10, day=9))

    case.refresh_from_db()
    assert changed == 1
    assert (case.is_deemed_accepted, case.accepted_at) == (True, NOW)
    assert Clock.objects.get(case=case, kind="promised").due_on.isoformat() == "2016-10-12"
    assert actions.deem_silent_cases_accepted(now=NOW.replace(month=10, day=9)) == 0


def test_corrections_that_do_not_come_end_the_case():
    case = a_case()
    all_good(case, but="plan")
    actions.ask_correction(by=a_clerk(), case_id=case.id, now=NOW)

    assert actions.end_uncorrected_cases(now=NOW.replace(month=10, day=10)) == 0
    assert actions.end_uncorrected_cases(now=NOW.replace(month=12, day=1)) == 1

    case.refresh_from_db()
    assert case.state == CaseState.TERMINATED


def test_paper_of_an_online_case_is_received_at_the_window():
    by = a_resident()
    case = a_case(by, given={"plan": GivenMaterial(way=Way.PAPER), "rules": GivenMaterial(uploads=(a_picture(),))})

    case = actions.receive_case(by=a_clerk(), case_id=case.id, papers=["plan"], now=NOW)

    assert case.state == CaseState.RECEIVED
    assert case.materials.get(code="plan").given_at == NOW


def test_paper_travels_with_a_list_that_is_signed_for():
    by = a_resident()
    case = actions.file_case(
        by=a_clerk(),
        filing=a_filing(
            by,
            channel=FilingChannel.WINDOW,
            given={"plan": GivenMaterial(way=Way.PAPER), "rules": GivenMaterial(way=Way.PAPER)},
        ),
        now=NOW,
    )
    all_good(case)
    actions.accept_case(by=a_clerk(), case_id=case.id, now=NOW)

    bag = actions.send_bag(by=a_clerk(), agency_id=case.agency_id, case_ids=[case.id], bag_no="F-0001", now=NOW)
    actions.receive_bag(by=an_officer("market.reviewer"), number=bag.number, now=NOW)

    assert [line.verb for line in lines(case.case_no)][-2:] == ["send_paper", "receive_paper"]
    assert bag.letter.kind == LetterKind.HAND_OVER


def test_the_resident_follows_their_own_case_only():
    mine, other = a_resident(), a_resident("李样本", LI, "li")
    case = a_case(mine)

    assert [row.case_no for row in my_cases(mine, "zh-hans")] == [case.case_no]
    assert my_cases(other, "zh-hans") == []
    with pytest.raises(NotFound):
        my_case(other, case.case_no, "zh-hans")


def test_number_and_pin_belong_together():
    from yimen.cases.errors import WrongCaseNumber

    case = a_case()

    check_pin(case.case_no.replace("-", ""), case.pin)

    for number, pin in ((case.case_no, "000000" if case.pin != "000000" else "1"), ("BA16-0924-999999-0", case.pin)):
        with pytest.raises(WrongCaseNumber):
            check_pin(number, pin)


@pytest.mark.parametrize("count", [1, 3])
def test_the_work_list_takes_the_same_queries_however_long(count, django_assert_num_queries):
    by = a_resident()
    for number in range(count):
        case = a_case(by, key=f"key-{number}")
        all_good(case)
        actions.accept_case(by=a_clerk(), case_id=case.id, now=NOW)
    reviewer = an_officer("market.reviewer")
    task_list(reviewer, "zh-hans")

    with django_assert_num_queries(1):
        rows = task_list(reviewer, "zh-hans")

    assert len(rows) == count
