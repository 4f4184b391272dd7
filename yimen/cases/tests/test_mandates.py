"""Representatives act, follow, are written to and collect for as long as their mandate holds, and no longer."""

import pytest
from django.urls import reverse

from yimen.cases import actions, queries
from yimen.cases.errors import CollectorNotEntitled, MandateEnded
from yimen.cases.models import Case
from yimen.cases.terms import CaseState
from yimen.cases.tests.builders import (
    CHEN,
    ITEM,
    LI,
    NOW,
    a_case,
    a_clerk,
    a_ready_case,
    a_resident,
    all_good,
    an_issuer,
    taken_in,
)
from yimen.cases.tests.test_pages import browse, said_at, text
from yimen.identity.actions import give_mandate, withdraw_mandate
from yimen.identity.terms import IdType
from yimen.kernel.errors import NotFound
from yimen.kernel.news import deliver_all_news
from yimen.notices.models import Notice

__all__ = ["browse"]
pytestmark = pytest.mark.usefixtures("hall")


@pytest.fixture
def people():
    """Chen, who acts, and Li, for whom."""
    return a_resident(), a_resident("李样本", LI, "li")


def filed(chen, li):
    mandate = give_mandate(by=li, representative_id=chen.person_id, person_id=li.person_id, now=NOW)
    return mandate, a_case(chen, person_id=li.person_id, representative_id=chen.person_id)


def test_a_mandate_that_was_withdrawn_ends_everything(people):
    chen, li = people
    mandate, case = filed(chen, li)
    assert [row.case_no for row in queries.my_cases(chen, "zh-hans")] == [case.case_no]

    withdraw_mandate(by=li, mandate_id=mandate.pk, now=NOW)

    with pytest.raises(MandateEnded):
        actions.withdraw_case(by=chen, case_id=case.id, now=NOW)
    with pytest.raises(NotFound):
        queries.my_case(chen, case.case_no, "zh-hans")
    assert queries.my_cases(chen, "zh-hans") == []
    assert actions.withdraw_case(by=li, case_id=case.id, now=NOW).state == CaseState.WITHDRAWN


def test_words_go_to_whom_the_case_belongs_once_the_mandate_is_over(people):
    chen, li = people
    mandate, case = filed(chen, li)
    deliver_all_news()
    withdraw_mandate(by=li, mandate_id=mandate.pk, now=NOW)
    all_good(case)
    actions.accept_case(by=a_clerk(), case_id=case.id, now=NOW)
    deliver_all_news()

    written = dict(Notice.objects.filter(subject_no=case.case_no).values_list("occasion", "user_id"))
    assert written == {"case_filed": chen.user_id, "case_accepted": li.user_id}


def test_a_mandate_in_force_again_is_as_good(people):
    chen, li = people
    mandate, case = filed(chen, li)
    withdraw_mandate(by=li, mandate_id=mandate.pk, now=NOW)
    give_mandate(by=li, representative_id=chen.person_id, person_id=li.person_id, now=NOW)

    assert actions.withdraw_case(by=chen, case_id=case.id, now=NOW).state == CaseState.WITHDRAWN


def test_whoever_lost_the_mandate_does_not_collect(people):
    chen, li = people
    mandate = give_mandate(by=li, representative_id=chen.person_id, person_id=li.person_id, now=NOW)
    case = a_ready_case(li)
    type(case).objects.filter(pk=case.pk).update(representative_id=chen.person_id, mandate_id=mandate.pk)
    withdraw_mandate(by=li, mandate_id=mandate.pk, now=NOW)

    with pytest.raises(CollectorNotEntitled):
        actions.hand_over_result(by=an_issuer(), case_id=case.id, id_type=IdType.CITIZEN, id_number=CHEN, now=NOW)
    done = actions.hand_over_result(by=an_issuer(), case_id=case.id, id_type=IdType.CITIZEN, id_number=LI, now=NOW)
    assert done.state == CaseState.HANDED_OVER


def intake(**changes):
    return {
        "key": "window-key-1",
        "name": "陈示例",
        "phone": "13800000001",
        "id_type": "111",
        "id_number": CHEN,
        "applicant": "other",
        "principal_name": "李样本",
        "principal_id_type": "111",
        "principal_id_number": LI,
        "shop_name": "小满餐饮店",
        "by_agent": "yes",
        **changes,
    }


def test_somebody_stands_at_the_window_for_another_person(browse):
    page, clerk = reverse("cases-take-in", args=[ITEM["code"]]), browse(a_clerk())
    assert 'name="principal_id_number"' in text(clerk.get(page))

    wrong = clerk.post(page, intake(principal_id_number=LI[:-1] + "0"))
    assert (wrong.status_code, bool(said_at(wrong, "principal_id_number"))) == (422, True)
    assert clerk.post(page, intake()).status_code == 302

    case = Case.objects.select_related("person", "representative").get()
    assert (case.applicant_name, case.person.name, case.representative.name) == ("李样本", "李样本", "陈示例")


def test_whoever_names_themselves_as_the_other_person_acts_for_themselves(browse):
    browse(a_clerk()).post(
        reverse("cases-take-in", args=[ITEM["code"]]), intake(principal_name="陈示例", principal_id_number=CHEN)
    )

    assert (Case.objects.get().applicant_name, Case.objects.get().representative_id) == ("陈示例", None)


def test_who_showed_the_mandate_on_paper_at_a_window_stays_on_record(people):
    chen, li = people
    case = taken_in(li, representative_id=chen.person_id)

    assert actions.withdraw_case(by=chen, case_id=case.id, now=NOW).state == CaseState.WITHDRAWN
