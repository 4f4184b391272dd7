"""What the register does when it hears of something, and what it does by itself after midnight."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import translation

from yimen.calendar.actions import publish_year
from yimen.calendar.tests.builders import NOTICE_2027, a_notice
from yimen.cases import actions, errors
from yimen.cases.actions import GivenMaterial
from yimen.cases.models import Case, Clock
from yimen.cases.terms import CaseState
from yimen.cases.tests.builders import (
    CHEN,
    ITEM,
    NOW,
    PLACE,
    a_case,
    a_clerk,
    a_granted_case,
    a_picture,
    a_ready_case,
    a_resident,
    all_good,
    an_accepted_case,
    an_issuer,
    an_officer,
    examine,
    on_paper,
    taken_in,
)
from yimen.catalogue.actions import import_item
from yimen.identity.terms import IdType
from yimen.kernel.actors import SYSTEM
from yimen.kernel.errors import Refusal
from yimen.kernel.jobs import load_tasks, regular_work
from yimen.kernel.news import deliver_all_news
from yimen.ledger.queries import lines
from yimen.notices.queries import notices_about
from yimen.notices.terms import Occasion

THE_HALL = pytest.mark.usefixtures("hall")


def told(case):
    """The occasions on which somebody was written to about the case, after all news was told, and told again."""
    deliver_all_news()
    rows = notices_about("case", case.case_no)
    return sorted(row.occasion for row in rows)


def text_about(case, occasion):
    deliver_all_news()
    return next(row.text for row in notices_about("case", case.case_no) if row.occasion == occasion)


@THE_HALL
def test_filing_and_receiving_are_told_once():
    case = a_case(given=on_paper())
    assert told(case) == [Occasion.CASE_FILED]

    actions.receive_case(by=a_clerk(), case_id=case.id, papers=["plan"], now=NOW)

    assert told(case) == [Occasion.CASE_FILED]


@THE_HALL
def test_what_happens_at_the_window_is_told():
    case = taken_in()
    all_good(case)
    actions.accept_case(by=a_clerk(), case_id=case.id, now=NOW)

    assert told(case) == [Occasion.CASE_ACCEPTED, Occasion.CASE_FILED]
    assert "2016年10月12日" in text_about(case, Occasion.CASE_ACCEPTED).replace(" ", "")


@THE_HALL
def test_a_case_that_is_turned_away_is_told_with_the_reason():
    case = a_case()
    actions.turn_away_case(by=a_clerk(), case_id=case.id, reason="不归我们管", legal_basis="第三十二条", now=NOW)

    assert "不归我们管" in text_about(case, Occasion.CASE_NOT_ACCEPTED)


@THE_HALL
def test_corrections_are_told_line_by_line_and_acceptance_afterwards():
    by = a_resident()
    case = a_case(by)
    all_good(case, but="plan")
    actions.ask_correction(by=a_clerk(), case_id=case.id, now=NOW)
    assert "经营场所布局图：没有标面积" in text_about(case, Occasion.CORRECTION_ASKED)

    given = {"plan": GivenMaterial(uploads=(a_picture(),))}
    actions.supply_correction(by=by, case_id=case.id, materials=given, now=NOW)
    all_good(case)
    actions.accept_case(by=a_clerk(), case_id=case.id, now=NOW)

    assert told(case) == [Occasion.CASE_ACCEPTED, Occasion.CASE_FILED, Occasion.CORRECTION_ASKED]


@THE_HALL
def test_a_fee_is_told_with_its_amount():
    fees = [
        {"name": "工本费", "amount_fen": 1000, "basis": "目录"},
        {"name": "检测费", "amount_fen": 250, "basis": "目录"},
    ]
    import_item(by=SYSTEM, data={**ITEM, "content": {**ITEM["content"], "fees": fees}}, now=NOW)
    case = an_accepted_case()
    examine(case)

    actions.ask_payment(by=an_officer("market.decider"), case_id=case.id, now=NOW)

    assert "12.50 元" in text_about(case, Occasion.PAYMENT_ASKED)


@THE_HALL
def test_a_refusal_is_told_with_the_reason():
    case = an_accepted_case()
    examine(case)
    decider = an_officer("market.decider")
    actions.refuse_case(by=decider, case_id=case.id, reason="距污染源过近。", legal_basis="第十一条", now=NOW)

    assert "距污染源过近。" in text_about(case, Occasion.CASE_REFUSED)


@THE_HALL
def test_a_result_that_is_ready_is_told_with_place_and_hours():
    case = a_ready_case()

    text = text_about(case, Occasion.RESULT_READY)

    assert f"{PLACE}政务服务中心" in text
    assert "西乡街道示例路18号" in text
    assert "周一–周五 9:00–12:00，14:00–20:00; 周六 9:00–12:00，14:00–16:00; 周日 9:00–12:00" in text


@THE_HALL
def test_what_is_handed_over_is_closed_once():
    case = a_granted_case()
    actions.make_result(by=an_issuer(), case_id=case.id, now=NOW)
    actions.hand_over_result(by=an_issuer(), case_id=case.id, id_type=IdType.CITIZEN, id_number=CHEN, now=NOW)

    assert told(case) == sorted(
        [
            Occasion.CASE_FILED,
            Occasion.CASE_ACCEPTED,
            Occasion.CASE_GRANTED,
            Occasion.RESULT_READY,
            Occasion.CASE_CLOSED,
        ]
    )
    actions.close_case(case_id=case.id, now=NOW)
    case.refresh_from_db()
    assert case.state == CaseState.CLOSED
    assert [line.verb for line in lines(case.case_no)].count("close") == 1


@THE_HALL
def test_withdrawing_is_told():
    by = a_resident()
    case = actions.withdraw_case(by=by, case_id=a_case(by).id, now=NOW)

    assert told(case) == [Occasion.CASE_FILED, Occasion.CASE_WITHDRAWN]


# the calendar of a year comes out


def publish_2027():
    publish_year(by=SYSTEM, year=2027, notice=NOTICE_2027, published_on=date(2026, 11, 20), days=a_notice(), now=NOW)
    deliver_all_news()


def accepted_at_the_end_of_2026():
    case = a_case()
    all_good(case)
    return actions.accept_case(by=a_clerk(), case_id=case.id, now=NOW.replace(year=2026, month=12, day=28))


@THE_HALL
def test_limits_that_waited_get_their_day_when_the_notice_is_out():
    case = accepted_at_the_end_of_2026()
    assert case.due_on == date(2027, 1, 11)

    publish_2027()

    due = {row.kind: row.due_on for row in Clock.objects.filter(case=case, stopped_at=None)}
    case.refresh_from_db()
    assert due == {"promised": date(2027, 1, 12), "statutory": date(2027, 1, 26)}
    assert case.due_on == date(2027, 1, 12)
    assert actions.date_waiting_limits(year=2027, now=NOW) == 0


def with_30_days(**limits):
    """The same item with a long limit, and a step that takes long, so that both run into the next year."""
    review = {**ITEM["content"]["route"][0], "limit": {"count": 30}}
    route = [review, *ITEM["content"]["route"][1:]]
    import_item(by=SYSTEM, data={**ITEM, **limits, "content": {**ITEM["content"], "route": route}}, now=NOW)


THIRTY = {"count": 30, "unit": "working_day"}
LATE_IN_2026 = NOW.replace(year=2026, month=11, day=24)


@THE_HALL
def test_an_open_step_that_runs_into_the_next_year_is_counted_anew_when_its_notice_is_out():
    with_30_days(statutory_limit=THIRTY, promised_limit=THIRTY)
    case = a_case()
    all_good(case)
    case = actions.accept_case(by=a_clerk(), case_id=case.id, now=LATE_IN_2026)
    step = case.steps.get(code="review")
    assert (case.due_on, step.due_on) == (date(2027, 1, 5), date(2027, 1, 5))

    publish_2027()

    case.refresh_from_db()
    step.refresh_from_db()
    assert (case.due_on, step.due_on) == (date(2027, 1, 6), date(2027, 1, 6))
    assert set(case.steps.exclude(code="review").values_list("due_on", flat=True)) == {None}
    assert actions.date_waiting_limits(year=2027, now=NOW) == 0


@THE_HALL
def test_steps_that_are_done_keep_the_day_they_had():
    with_30_days()
    case = a_case()
    all_good(case)
    actions.accept_case(by=a_clerk(), case_id=case.id, now=LATE_IN_2026)
    actions.give_opinion(
        by=an_officer("market.reviewer"), case_id=case.id, opinion="pass", text="可以。", now=LATE_IN_2026
    )

    publish_2027()

    assert case.steps.get(code="review").due_on == date(2027, 1, 5)


@THE_HALL
def test_where_nothing_is_promised_the_case_is_due_by_the_limit_of_the_law():
    import_item(by=SYSTEM, data={**ITEM, "case_type": "instant", "promised_limit": None}, now=NOW)
    case = a_case()
    all_good(case)
    case = actions.accept_case(by=a_clerk(), case_id=case.id, now=NOW.replace(year=2026, month=12, day=28))
    assert case.due_on == date(2027, 1, 25)

    publish_2027()

    case.refresh_from_db()
    assert case.due_on == date(2027, 1, 26)


@THE_HALL
def test_limits_that_have_stopped_stay_as_they_are():
    case = accepted_at_the_end_of_2026()
    Clock.objects.filter(case=case).update(stopped_at=NOW)

    publish_2027()

    assert set(Clock.objects.filter(case=case, kind="statutory").values_list("due_on", flat=True)) == {None}


# shortly after midnight


def sweep(name):
    load_tasks()
    return next(work for work in regular_work() if work.name == name).sweep()


@THE_HALL
def test_silence_counts_as_acceptance_after_midnight(it_is):
    case = a_case()
    it_is(NOW.replace(day=30, hour=23))
    assert sweep("cases.deem_silent_cases_accepted") == 0

    it_is(NOW.replace(month=10, day=1, hour=0, minute=7))
    assert [sweep("cases.deem_silent_cases_accepted") for _ in range(2)] == [1, 0]

    case.refresh_from_db()
    assert (case.state, case.is_deemed_accepted) == (CaseState.IN_REVIEW, True)
    assert told(case) == [Occasion.CASE_ACCEPTED, Occasion.CASE_FILED]


@THE_HALL
def test_corrections_that_did_not_come_end_the_case_after_midnight(it_is):
    case = a_case()
    all_good(case, but="plan")
    actions.ask_correction(by=a_clerk(), case_id=case.id, now=NOW)
    last = Clock.objects.get(case=case, kind="correction").due_on
    it_is(NOW.replace(month=last.month, day=last.day))
    assert sweep("cases.end_uncorrected_cases") == 0

    it_is(NOW.replace(month=last.month, day=last.day) + timedelta(days=1))
    assert [sweep("cases.end_uncorrected_cases") for _ in range(2)] == [1, 0]

    assert Case.objects.get().state == CaseState.TERMINATED
    assert told(case) == [Occasion.CASE_FILED, Occasion.CASE_TERMINATED, Occasion.CORRECTION_ASKED]
    said = text_about(case, Occasion.CASE_TERMINATED)
    assert "经营场所布局图：没有标面积" in said
    assert "补正期限：2016 年 10 月 19 日" in said
    assert "领回" not in said  # nothing lies at the window


@THE_HALL
def test_paper_that_lies_at_the_window_is_offered_back_when_the_case_ends():
    case = taken_in()
    all_good(case, but="plan")
    actions.ask_correction(by=a_clerk(), case_id=case.id, now=NOW)

    actions.terminate_case(case_id=case.id, now=NOW.replace(month=11))

    letter = case.letters.select_related("letter").get(letter__kind="W15").letter
    assert letter.facts["returned"] == ["经营场所布局图", "食品安全管理制度"]
    assert f"可以到这里领回：{PLACE}政务服务中心" in text_about(case, Occasion.CASE_TERMINATED)


@THE_HALL
def test_whoever_has_to_correct_is_reminded_twice(it_is):
    case = a_case()
    all_good(case, but="plan")
    actions.ask_correction(by=a_clerk(), case_id=case.id, now=NOW)
    assert Clock.objects.get(case=case, kind="correction").due_on == date(2016, 10, 19)
    reminders = []
    for day in (13, 14, 15, 18, 18, 19):
        it_is(NOW.replace(month=10, day=day, hour=9))
        sweep("cases.remind_of_corrections")
        reminders.append([row.occasion for row in notices_about("case", case.case_no)].count(Occasion.CORRECTION_DUE))

    assert reminders == [0, 1, 1, 2, 2, 2]
    assert "经营场所布局图：没有标面积" in text_about(case, Occasion.CORRECTION_DUE)


@THE_HALL
def test_one_case_with_a_broken_route_holds_up_no_other(it_is):
    sound = a_case()
    lost = [{**ITEM["content"]["route"][0], "post": "market.nobody"}, *ITEM["content"]["route"][1:]]
    import_item(by=SYSTEM, data={**ITEM, "content": {**ITEM["content"], "route": lost}}, now=NOW)
    broken = a_case(key="key-2")
    it_is(NOW.replace(month=10, day=1, hour=0, minute=7))
    Clock.objects.filter(case=broken).update(watch_on=NOW.date())

    assert sweep("cases.deem_silent_cases_accepted") == 1

    states = dict(Case.objects.values_list("pk", "state"))
    assert states == {sound.pk: CaseState.IN_REVIEW, broken.pk: CaseState.FILED}


# how the register says no


def refusals():
    found = vars(errors).values()
    return [
        one for one in found if isinstance(one, type) and issubclass(one, Refusal) and one.__module__ == errors.__name__
    ]


def test_every_refusal_has_a_code_of_its_own_and_a_sentence():
    codes = [one.code for one in refusals()]

    assert len(codes) == len(set(codes))
    assert {code.split(".")[0] for code in codes} == {"cases"}
    with translation.override("en"):
        assert all(str(one.message).endswith(".") and one.__doc__ for one in refusals())
    assert {one.status for one in refusals()} <= {403, 404, 409, 422}


def test_every_law_that_decides_is_listed():
    papers = Path(errors.__file__).resolve().parents[2] / "docs/law.md"
    listed = {row.split("|")[1].strip() for row in papers.read_text(encoding="utf-8").splitlines() if row[:2] == "| "}

    assert {tag for one in refusals() for tag in re.findall(r"\b[A-Z]{3,}\b", one.law)} <= listed
