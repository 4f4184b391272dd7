"""What applicants and staff are told about cases, in how many questions to the database."""

from datetime import date, timedelta

import pytest

from yimen.calendar.terms import DayKind
from yimen.cases import actions, queries
from yimen.cases.actions import GivenMaterial
from yimen.cases.errors import NotYourCase
from yimen.cases.models import Case, HandOverList
from yimen.cases.rules import list_cursor, task_cursor
from yimen.cases.terms import CaseState, ClockKind, Opinion, Verb, Way
from yimen.cases.tests.builders import (
    LI,
    NOW,
    a_case,
    a_clerk,
    a_draft,
    a_full_draft,
    a_granted_case,
    a_picture,
    a_resident,
    all_good,
    an_accepted_case,
    an_issuer,
    an_officer,
    another_clerk,
    examine,
    on_paper,
    taken_in,
)
from yimen.identity.terms import Duty, Officer
from yimen.kernel.actors import ActorKind
from yimen.kernel.errors import NotFound
from yimen.places.queries import centre

pytestmark = pytest.mark.usefixtures("hall")
ZH, EN = "zh-hans", "en"


def asked_for_corrections(by):
    case = a_case(by)
    all_good(case, but="plan")
    return actions.ask_correction(by=a_clerk(), case_id=case.id, now=NOW)


def view(case, language=ZH):
    return queries.case_by_number(case.case_no, language)


# the applicant


def test_my_cases_are_named_in_my_language_newest_first():
    by = a_resident()
    first, second = a_case(by, key="key-1"), a_case(by, key="key-2")

    rows = queries.my_cases(by, EN)

    assert [row.case_no for row in rows] == [second.case_no, first.case_no]
    assert {row.item_name for row in rows} == {"Food business licence (new)"}
    assert rows[0].state == CaseState.FILED


def test_my_cases_go_on_where_the_page_ended_even_at_the_same_moment(monkeypatch):
    monkeypatch.setattr("yimen.cases.queries.resident.PAGE", 2)
    by = a_resident()
    numbers = [a_case(by, key=f"key-{number}").case_no for number in range(3)]

    first = queries.my_cases(by, ZH)
    second = queries.my_cases(by, ZH, before=list_cursor(first[-1].cursor))

    assert [row.case_no for row in first + second] == numbers[::-1]


@pytest.mark.parametrize("count", [1, 3])
def test_my_cases_take_one_query(count, django_assert_num_queries):
    by = a_resident()
    for number in range(count):
        a_case(by, key=f"key-{number}")
    queries.my_cases(by, ZH)

    with django_assert_num_queries(1):
        assert len(queries.my_cases(by, ZH)) == count


def test_a_draft_says_what_is_still_open_in_order():
    by = a_resident()
    draft = a_draft(by)
    empty = queries.draft_view(by, draft.id, ZH)
    a_full_draft(by)
    full = queries.draft_view(by, draft.id, EN)

    assert empty.open_parts == ["applicant", "shop", "plan", "rules", "collection"]
    assert full.open_parts == []
    assert full.item_name == "Food business licence (new)"
    assert (full.answer_rows[0].label, full.answer_rows[0].text) == ("店名", "小满餐饮店")
    assert [row.item_name for row in queries.my_drafts(by, EN)] == ["Food business licence (new)"]


def test_a_draft_takes_two_queries_besides_the_texts(django_assert_num_queries):
    by = a_resident()
    draft = a_full_draft(by)
    queries.draft_view(by, draft.id, ZH)

    with django_assert_num_queries(2):
        queries.draft_view(by, draft.id, ZH)


def test_an_answer_decides_what_is_needed():
    by = a_resident()
    draft = a_draft(by)
    answers = {"shop_name": "小满", "by_agent": "yes"}

    actions.answer_step(by=by, draft_id=draft.id, step_code="shop", answers=answers, now=NOW)

    assert queries.draft_view(by, draft.id, ZH).open_parts == ["applicant", "plan", "rules", "proxy", "collection"]


def test_a_number_with_or_without_dashes_opens_my_case():
    by = a_resident()
    case = a_case(by)

    for text in (case.case_no, case.case_no.replace("-", "").lower(), f" {case.case_no}\0"):
        assert queries.my_case(by, text, ZH).case_no == case.case_no


def test_a_representative_follows_the_case():
    by, principal = a_resident(), a_resident("李样本", LI, "li")
    case = taken_in(principal, representative_id=by.person_id)

    assert [row.case_no for row in queries.my_cases(by, ZH)] == [case.case_no]
    assert queries.my_case(by, case.case_no, ZH).applicant_name == "李样本"


def test_the_pin_is_told_for_one_case():
    case = a_case()

    assert queries.pin_of(case.id) == case.pin


def test_the_key_of_a_filing_leads_to_its_case():
    case = a_case()

    assert queries.case_with_key("key-0001") == case.case_no
    assert queries.case_with_key("key-0002") == ""


# one case


def test_the_clock_that_matters_is_the_one_that_runs():
    by = a_resident()
    kinds = [view(a_case(by, key="key-1")).clock.kind, view(asked_for_corrections(by)).clock.kind]
    accepted = an_accepted_case(a_resident("李样本", LI, "li"))
    kinds.append(view(accepted).clock.kind)
    examine(accepted)
    granted = actions.grant_case(by=an_officer("market.decider"), case_id=accepted.id, now=NOW)
    kinds.append(view(granted).clock.kind)

    assert kinds == [ClockKind.NOTICE, ClockKind.CORRECTION, ClockKind.PROMISED, ClockKind.DELIVERY]


def test_when_nothing_runs_the_promised_limit_is_shown():
    by = a_resident()
    case = actions.withdraw_case(by=by, case_id=an_accepted_case(by).id, now=NOW)

    shown = view(case)

    assert (shown.clock.kind, shown.clock.is_running) == (ClockKind.PROMISED, False)
    assert shown.is_ended


def test_a_case_without_limits_shows_no_clock():
    by = a_resident()
    case = actions.withdraw_case(by=by, case_id=a_case(by).id, now=NOW)

    assert view(case).clock is None


@pytest.mark.parametrize(
    ("month", "day", "left", "used"), [(9, 24, 8, 0), (9, 26, 7, 1), (10, 10, 0, 8), (10, 12, -2, 10)]
)
def test_days_left_count_down_over_the_holidays_and_then_below_nothing(month, day, left, used, it_is):
    case = a_case()
    all_good(case)
    actions.accept_case(by=a_clerk(), case_id=case.id, now=NOW)
    Case.objects.get(pk=case.id).clocks.filter(kind="promised").update(due_on=date(2016, 10, 10))
    it_is(NOW.replace(month=month, day=day))

    row = view(case).clock

    assert (row.days_left, row.days_used) == (left, used)


def test_while_the_notice_is_not_out_no_days_are_counted():
    case = a_case()
    all_good(case)
    actions.accept_case(by=a_clerk(), case_id=case.id, now=NOW.replace(year=2026, month=12, day=28))

    row = view(case).clocks["statutory"]

    assert (row.due_on, row.days_left, row.days_used) == (None, None, None)
    assert row.watch_on == date(2027, 1, 25)


def test_why_this_day_names_every_day_between():
    days = queries.why_this_day(view(an_accepted_case()))

    assert (days[0].day, days[-1].day, days[-1].number) == (date(2016, 9, 25), date(2016, 10, 12), 10)
    assert [row.day.day for row in days if row.kind == DayKind.HOLIDAY] == [1, 2, 3, 4, 5, 6, 7]
    assert [row.day.isoformat() for row in days if row.kind == DayKind.MAKE_UP] == ["2016-10-08", "2016-10-09"]


def test_accepted_today_it_would_be_due_on_that_day():
    assert queries.would_be_due(view(a_case())).on == date(2016, 10, 12)


def test_history_is_told_in_words_with_the_step():
    case = an_accepted_case()
    actions.give_opinion(
        by=an_officer("market.reviewer"), case_id=case.id, opinion=Opinion.PASS, text="可以。", now=NOW
    )

    rows = view(case, EN).history

    assert [(row.number, row.verb, row.step) for row in rows] == [
        (1, Verb.FILE, ""),
        (2, Verb.ACCEPT, ""),
        (3, Verb.GIVE_OPINION, "Review"),
    ]
    assert [row.actor_kind for row in rows] == [ActorKind.RESIDENT, ActorKind.OFFICER, ActorKind.OFFICER]
    assert view(case).history[2].step == "审查"


def test_numbers_in_answers_are_masked(request):
    from yimen.cases.queries.view import answer_rows
    from yimen.cases.tests.builders import ITEM
    from yimen.catalogue.actions import import_item
    from yimen.kernel.actors import SYSTEM

    fields = [
        {"code": "phone", "label": "电话", "type": "phone"},
        {"code": "number", "label": "身份证号", "type": "id_number"},
        {
            "code": "meals",
            "label": "餐别",
            "type": "choices",
            "options": [{"value": "lunch", "label": "午餐"}, {"value": "dinner", "label": "晚餐"}],
        },
        {"code": "why", "label": "原因", "required": False},
    ]
    form = {"steps": [{"code": "shop", "title": "店铺", "fields": fields}]}
    content = {**ITEM["content"], "form": form, "materials": ITEM["content"]["materials"][:3]}
    import_item(by=SYSTEM, data={**ITEM, "content": content}, now=NOW)
    answers = {"phone": "13800000001", "number": LI, "meals": ["lunch", "dinner"]}

    case = a_case(answers=answers)

    assert {row.code: row.text for row in view(case).answers} == {
        "phone": "138 **** 0001",
        "number": "4403************28",
        "meals": "午餐、晚餐",
    }
    assert answer_rows(view(case).version, {}, {}) == ()


def test_replaced_files_stay_and_are_marked():
    by = a_resident()
    case = asked_for_corrections(by)
    actions.supply_correction(
        by=by, case_id=case.id, materials={"plan": GivenMaterial(uploads=(a_picture("better.jpg"),))}, now=NOW
    )

    plan = next(row for row in view(case).materials if row.line.code == "plan")

    assert [(row.name, row.is_replaced) for row in plan.files] == [("plan.jpg", True), ("better.jpg", False)]
    assert plan.way == Way.UPLOAD


def test_a_case_takes_a_handful_of_queries(django_assert_max_num_queries):
    case = an_accepted_case()
    view(case)

    with django_assert_max_num_queries(11):
        view(case)


# the desk


def test_the_counter_lists_what_waits_oldest_first_with_the_day_of_the_answer():
    by = a_resident()
    first = a_case(by, key="key-1")
    second = taken_in(by, key="key-2")
    an_accepted_case(a_resident("李样本", LI, "li"))

    rows = queries.counter_list(a_clerk(), ZH)

    assert [row.case_no for row in rows] == [first.case_no, second.case_no]
    assert (rows[0].due_on, rows[0].days_left) == (date(2016, 9, 30), 5)


def test_the_counter_is_searched_by_number_and_by_name():
    case, other = a_case(), a_case(a_resident("李样本", LI, "li"), key="key-2")
    clerk = a_clerk()

    assert [row.id for row in queries.counter_list(clerk, ZH, words=case.case_no.replace("-", ""))] == [case.id]
    assert [row.id for row in queries.counter_list(clerk, ZH, words="李")] == [other.id]
    assert queries.counter_list(clerk, ZH, words="王") == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_counter_takes_the_same_queries_however_long(count, django_assert_num_queries):
    by = a_resident()
    for number in range(count):
        a_case(by, key=f"key-{number}")
    clerk = a_clerk()
    queries.counter_list(clerk, ZH)

    with django_assert_num_queries(3):
        assert len(queries.counter_list(clerk, ZH)) == count


def test_the_counter_goes_on_where_the_page_ended(monkeypatch):
    monkeypatch.setattr("yimen.cases.queries.desk.PAGE", 2)
    by, clerk = a_resident(), a_clerk()
    ids = [a_case(by, key=f"key-{number}").id for number in range(3)]

    first = queries.counter_list(clerk, ZH)
    second = queries.counter_list(clerk, ZH, after=list_cursor(first[-1].cursor))

    assert [row.id for row in first + second] == ids


def test_another_centre_has_its_own_counter():
    other = another_clerk()
    a_case()

    assert queries.counter_list(other, ZH) == []
    assert queries.issuing_list(other, ZH) == []


def test_tasks_are_filtered():
    case = an_accepted_case()
    reviewer = an_officer("market.reviewer")

    def found(**filters):
        return [row.case_no for row in queries.task_list(reviewer, ZH, **filters)]

    assert found() == found(kind="review") == found(item_code="BA-SC-901") == [case.case_no]
    assert found(words=case.case_no) == found(words="陈") == found(due_until=date(2016, 9, 28)) == [case.case_no]
    assert found(kind="survey") == found(item_code="BA-SC-902") == found(words="李") == []
    assert found(due_until=date(2016, 9, 27)) == []


def test_tasks_go_on_where_the_page_ended(monkeypatch):
    monkeypatch.setattr("yimen.cases.queries.desk.PAGE", 2)
    by, reviewer = a_resident(), an_officer("market.reviewer")
    ids = []
    for number in range(3):
        case = a_case(by, key=f"key-{number}")
        all_good(case)
        ids.append(actions.accept_case(by=a_clerk(), case_id=case.id, now=NOW).id)

    first = queries.task_list(reviewer, ZH)
    second = queries.task_list(reviewer, ZH, after=task_cursor(first[-1].cursor))

    assert [row.id for row in first + second] == ids
    assert (first[0].step_code, first[0].step_name, first[0].due_on) == ("review", "审查", date(2016, 9, 28))


@pytest.mark.parametrize("text", ["x", "2016-13-01_5", "2016-10-12_", "None_5"])
def test_a_place_in_the_tasks_that_is_none(text):
    with pytest.raises(NotFound):
        task_cursor(text)


@pytest.mark.parametrize("text", ["x", "2016-13-01T00:00:00+00:00_5", "2016-10-12T00:00:00_" + "0" * 32, "_"])
def test_a_place_in_a_list_that_is_none(text):
    with pytest.raises(NotFound):
        list_cursor(text)


@pytest.mark.parametrize("count", [1, 3])
def test_issuing_takes_one_query_however_long(count, django_assert_num_queries):
    case = a_granted_case()
    copies = Case.objects.filter(pk=case.id)
    for number in range(count - 1):
        row = copies.get()
        row.pk, row.case_no, row.idempotency_key = f"{number:032x}", f"BA-{number}", f"copy-{number}"
        row.save(force_insert=True)
    issuer = an_issuer()
    queries.issuing_list(issuer, ZH)

    with django_assert_num_queries(2):
        rows = queries.issuing_list(issuer, ZH)

    assert len(rows) == count
    assert len(queries.issuing_list(issuer, ZH, after=list_cursor(rows[0].cursor))) == count - 1
    assert queries.issuing_list(issuer, ZH, words="李") == []
    assert [row.case_no for row in queries.issuing_list(issuer, ZH, words=case.case_no)] == [case.case_no]


def test_numbers_for_the_bar():
    an_accepted_case()
    a_case(a_resident("李样本", LI, "li"), key="key-2")

    clerk, reviewer = queries.desk_counts(a_clerk()), queries.desk_counts(an_officer("market.reviewer"))

    assert (clerk.counter, clerk.tasks, clerk.issuing) == (1, 0, 0)
    assert (reviewer.counter, reviewer.tasks, reviewer.late, reviewer.today) == (0, 1, 0, 0)


@pytest.mark.parametrize(("day", "late", "today"), [(28, 0, 1), (29, 1, 0)])
def test_what_is_late_and_what_is_due_today(day, late, today, it_is):
    an_accepted_case()
    it_is(NOW.replace(day=day))

    counts = queries.desk_counts(an_officer("market.reviewer"))

    assert (counts.late, counts.today) == (late, today)


def test_numbers_of_the_issuing_window_and_of_bags():
    case = taken_in()
    all_good(case)
    actions.accept_case(by=a_clerk(), case_id=case.id, now=NOW)
    actions.send_bag(by=a_clerk(), agency_id=case.agency_id, case_ids=[case.id], bag_no="F-1", now=NOW)
    a_granted_case(a_resident("李样本", LI, "li"))

    assert queries.desk_counts(an_issuer()).issuing == 1
    assert queries.desk_counts(an_officer("market.reviewer")).bags == 1
    assert queries.desk_counts(an_officer("fire.reviewer")).bags == 0


def stranger(*duties, **house):
    return Officer(ActorKind.OFFICER, "999", "BA0999", duties=frozenset(duties), **house)


def test_who_has_a_part_in_a_case():
    filed, accepted = a_case(), an_accepted_case(a_resident("李样本", LI, "li"))
    other_agency = an_officer("fire.reviewer")

    def sees(officer, case):
        try:
            return queries.desk_case(officer, case.case_no, ZH).id == case.id
        except NotYourCase:
            return False

    assert sees(a_clerk(), filed)
    assert sees(an_issuer(), accepted)
    assert sees(an_officer("market.surveyor"), filed)
    assert sees(stranger(Duty.SUPERVISE), filed)
    assert not sees(stranger(Duty.REVIEW), accepted)
    assert not sees(stranger(Duty.ACCEPT, centre_id=10**6), filed)
    assert not sees(other_agency, filed)
    assert sees(other_agency, accepted)  # it countersigns
    with pytest.raises(NotFound):
        queries.desk_case(a_clerk(), "BA16-0924-999999-0", ZH)


def test_another_centre_that_takes_the_item_in_sees_a_case_until_it_is_received():
    by = a_resident()
    case = a_case(by, given={"plan": GivenMaterial(way=Way.PAPER), "rules": GivenMaterial(way=Way.PAPER)})
    other = another_clerk()

    assert queries.desk_case(other, case.case_no, ZH).id == case.id
    actions.receive_case(by=a_clerk(), case_id=case.id, papers=["plan"], now=NOW)
    with pytest.raises(NotYourCase):
        queries.desk_case(other, case.case_no, ZH)


def test_the_paper_of_an_online_case_moves_it_to_the_centre_where_it_is_brought():
    by = a_resident()
    case = a_case(by, given=on_paper())

    case = actions.receive_case(by=another_clerk(), case_id=case.id, papers=["plan"], now=NOW)

    assert case.centre_id == centre("BA-YY").id


def test_own_steps_are_those_of_my_posts():
    case = an_accepted_case()
    actions.give_opinion(
        by=an_officer("market.reviewer"), case_id=case.id, opinion=Opinion.PASS, text="可以。", now=NOW
    )
    shown = view(case)

    assert queries.own_steps(an_officer("fire.reviewer"), shown) == ["fire"]
    assert queries.own_steps(an_officer("market.surveyor"), shown) == ["survey"]
    assert queries.own_steps(an_officer("market.decider"), shown) == []
    assert sorted(queries.open_steps_of(case.id)) == [("sign", "fire.reviewer"), ("survey", "market.surveyor")]


# paper


def test_paper_of_accepted_cases_lies_in_piles_by_department():
    case = taken_in()
    assert queries.paper_to_send(a_clerk()) == []
    all_good(case)
    actions.accept_case(by=a_clerk(), case_id=case.id, now=NOW)

    (pile,) = queries.paper_to_send(a_clerk())

    assert pile.agency_name == "宝安market局"
    assert [(row.case_no, row.papers) for row in pile.rows] == [(case.case_no, ("经营场所布局图", "食品安全管理制度"))]
    assert queries.paper_to_send(an_officer("market.reviewer")) == []
    actions.send_bag(by=a_clerk(), agency_id=case.agency_id, case_ids=[case.id], bag_no="F-1", now=NOW)
    assert queries.paper_to_send(a_clerk()) == []


def test_bags_that_nobody_signed_for_come_first_however_many_there_are():
    case, clerk = an_accepted_case(), a_clerk()
    HandOverList.objects.bulk_create(
        HandOverList(
            number=f"JJ-{number}",
            centre_id=case.centre_id,
            agency_id=case.agency_id,
            bag_no=f"F-{number}",
            sent_by_id=int(clerk.id),
            sent_at=NOW + timedelta(minutes=number),
            received_at=NOW + timedelta(days=1) if number else None,
        )
        for number in range(62)
    )

    rows = queries.bags(clerk)

    assert [row.bag_no for row in rows[:3]] == ["F-0", "F-61", "F-60"]
    assert len(rows) == 60
    assert queries.bags(an_officer("market.reviewer")) == rows
    assert queries.bags(an_officer("fire.reviewer")) == []
