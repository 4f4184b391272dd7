"""A filing on the portal: saved from the first answer on, given line by line, sent once."""

from datetime import timedelta
from io import BytesIO

import pytest

from yimen.cases import actions
from yimen.cases.actions import Upload
from yimen.cases.errors import ApplicantNotEntitled, ItemNotOffered, MaterialsMissing, TooManyFiles, UnknownLine
from yimen.cases.models import Case, Draft
from yimen.cases.queries import draft_file, draft_view, my_drafts, what_we_know
from yimen.cases.terms import CollectWay, FilingChannel, Verdict, Way
from yimen.cases.tests.builders import (
    CHEN,
    ITEM,
    LI,
    NOW,
    PLACE,
    a_case,
    a_draft,
    a_full_draft,
    a_picture,
    a_resident,
)
from yimen.catalogue.actions import import_item
from yimen.catalogue.errors import ItemNotOffered as NotPublished
from yimen.documents.errors import FileIsSomethingElse, FileTypeNotAccepted
from yimen.identity.actions import give_mandate, register_organisation, withdraw_mandate
from yimen.identity.tests.builders import firm_code
from yimen.kernel.actors import SYSTEM
from yimen.kernel.errors import NotFound, Refusals
from yimen.places.queries import centre

pytestmark = pytest.mark.usefixtures("hall")


def a_firm():
    return register_organisation(by=SYSTEM, name="小满餐饮", uscc=firm_code(1), now=NOW)


def send(by, draft, **changes):
    given = {"channel": FilingChannel.WEB, "language": "zh-hans", "now": NOW} | changes
    return actions.file_draft(by=by, draft_id=draft.id, **given)


def shop(**answers):
    return {"shop_name": "小满餐饮店", "by_agent": "no"} | answers


def test_beginning_again_goes_on_with_what_lies_there():
    by = a_resident()

    first = actions.start_draft(by=by, item_code=ITEM["code"], now=NOW)
    second = actions.start_draft(by=by, item_code=ITEM["code"], now=NOW + timedelta(days=1))

    assert first.id == second.id
    assert first.expires_on.isoformat() == "2016-12-23"
    assert first.centre_id == centre(PLACE).id


def test_everybody_has_their_own_draft():
    assert a_draft(a_resident()).id != a_draft(a_resident("李样本", LI, "li")).id


def test_an_item_that_is_not_filed_online_is_not_begun():
    offline = {**ITEM, "content": {**ITEM["content"], "readiness": {"file_online": False, "visits": 2}}}
    import_item(by=SYSTEM, data=offline, now=NOW)

    with pytest.raises(ItemNotOffered):
        a_draft(a_resident())


def test_an_item_that_does_not_exist_is_not_begun():
    with pytest.raises((NotFound, NotPublished)):
        actions.start_draft(by=a_resident(), item_code="BA-NO-1", now=NOW)


def test_answers_are_saved_in_their_normal_form():
    by = a_resident()

    draft = actions.answer_step(
        by=by, draft_id=a_draft(by).id, step_code="shop", answers=shop(shop_name="  小满餐饮店 "), now=NOW
    )

    view = draft_view(by, draft.id, "zh-hans")
    assert view.answers == shop()
    assert view.steps_done == {"shop"}


def test_wrong_answers_are_refused_and_nothing_is_saved():
    by = a_resident()
    draft = a_draft(by)

    with pytest.raises(Refusals) as refused:
        actions.answer_step(by=by, draft_id=draft.id, step_code="shop", answers=shop(by_agent="maybe"), now=NOW)

    assert [one.field for one in refused.value.refusals] == ["by_agent"]
    assert draft_view(by, draft.id, "zh-hans").answers == {}


def test_a_page_that_the_form_does_not_have_is_not_answered():
    by = a_resident()

    with pytest.raises(NotFound):
        actions.answer_step(by=by, draft_id=a_draft(by).id, step_code="kitchen", answers=shop(), now=NOW)


def test_nobody_touches_the_draft_of_somebody_else():
    thief, draft = a_resident("李样本", LI, "li"), a_draft(a_resident())
    tries = [
        lambda: actions.own_draft(thief, draft.id),
        lambda: draft_view(thief, draft.id, "zh-hans"),
        lambda: actions.answer_step(by=thief, draft_id=draft.id, step_code="shop", answers=shop(), now=NOW),
        lambda: actions.choose_applicant(by=thief, draft_id=draft.id, mandate_id=None, now=NOW),
        lambda: actions.give_file(by=thief, draft_id=draft.id, material_code="plan", upload=a_picture(), now=NOW),
        lambda: actions.drop_draft(by=thief, draft_id=draft.id),
        lambda: send(thief, draft),
    ]

    for attempt in tries:
        with pytest.raises(NotFound):
            attempt()

    assert Draft.objects.filter(pk=draft.id).exists()
    assert my_drafts(thief, "zh-hans") == []


def test_one_applies_for_whom_one_holds_a_mandate():
    by, firm = a_resident(), a_firm()
    mandate = give_mandate(by=SYSTEM, representative_id=by.person_id, organisation_id=firm.pk, now=NOW)
    draft = a_full_draft(by)
    actions.choose_applicant(by=by, draft_id=draft.id, mandate_id=mandate.pk, now=NOW)

    known = what_we_know(by, mandate.pk)
    case = send(by, draft)

    assert (case.organisation_id, case.representative_id, case.person_id) == (firm.pk, by.person_id, None)
    assert (case.applicant_name, case.mandate_id) == ("小满餐饮", mandate.pk)
    assert known["organisation.name"] == "小满餐饮"
    assert known["person.id_number"] == CHEN


def test_one_files_for_a_person_whose_number_one_is_not_shown():
    by, mother = a_resident(), a_resident("李样本", LI, "li")
    mandate = give_mandate(by=mother, representative_id=by.person_id, person_id=mother.person_id, now=NOW)
    draft = a_full_draft(by)
    actions.choose_applicant(by=by, draft_id=draft.id, mandate_id=mandate.pk, now=NOW)

    assert send(by, draft).person_id == mother.person_id
    assert "person.id_number" not in what_we_know(by, mandate.pk)


def test_a_mandate_of_somebody_else_is_none():
    by, stranger = a_resident(), a_resident("李样本", LI, "li")
    mandate = give_mandate(by=SYSTEM, representative_id=stranger.person_id, organisation_id=a_firm().pk, now=NOW)

    with pytest.raises(NotFound):
        actions.choose_applicant(by=by, draft_id=a_draft(by).id, mandate_id=mandate.pk, now=NOW)


@pytest.mark.parametrize("ends", ["by itself", "withdrawn"])
def test_a_mandate_that_has_ended_files_nothing(ends):
    by = a_resident()
    mandate = give_mandate(
        by=SYSTEM, representative_id=by.person_id, organisation_id=a_firm().pk, valid_until=NOW.date(), now=NOW
    )
    draft = a_full_draft(by)
    actions.choose_applicant(by=by, draft_id=draft.id, mandate_id=mandate.pk, now=NOW)
    later = NOW + timedelta(days=2)
    if ends == "withdrawn":
        withdraw_mandate(by=SYSTEM, mandate_id=mandate.pk, now=NOW)
        later = NOW

    with pytest.raises(ApplicantNotEntitled):
        send(by, draft, now=later)

    assert Case.objects.count() == 0
    assert Draft.objects.filter(pk=draft.id).exists()


def test_a_file_is_what_it_says_it_is():
    by = a_resident()
    draft = a_draft(by)

    for name, content, refusal in (
        ("plan.pdf", a_picture().content, FileIsSomethingElse),
        ("plan.exe", BytesIO(b"MZ" + bytes(200)), FileTypeNotAccepted),
    ):
        with pytest.raises(refusal):
            actions.give_file(by=by, draft_id=draft.id, material_code="plan", upload=Upload(name, content), now=NOW)

    assert draft.files.count() == 0


def test_a_line_takes_ten_files():
    by = a_resident()
    draft = a_draft(by)
    for number in range(10):
        actions.give_file(by=by, draft_id=draft.id, material_code="plan", upload=a_picture(f"{number}.jpg"), now=NOW)

    with pytest.raises(TooManyFiles) as refused:
        actions.give_file(by=by, draft_id=draft.id, material_code="plan", upload=a_picture(), now=NOW)

    assert refused.value.params == {"count": 10}
    assert draft.files.count() == 10


def test_the_list_has_no_other_lines():
    by = a_resident()
    draft = a_draft(by)

    with pytest.raises(UnknownLine):
        actions.give_file(by=by, draft_id=draft.id, material_code="extra", upload=a_picture(), now=NOW)
    with pytest.raises(UnknownLine):
        actions.bring_paper(by=by, draft_id=draft.id, material_code="extra", is_paper=True, now=NOW)


def test_a_file_is_taken_out_again_however_often():
    by = a_resident()
    draft = a_draft(by)
    row = actions.give_file(by=by, draft_id=draft.id, material_code="plan", upload=a_picture(), now=NOW)
    assert draft_file(by, draft.id, row.file_id) == row.file_id

    for _ in range(2):
        actions.drop_file(by=by, draft_id=draft.id, file_id=row.file_id, now=NOW)

    assert draft.files.count() == 0
    with pytest.raises(NotFound):
        draft_file(by, draft.id, row.file_id)


def test_paper_instead_of_a_file_and_back():
    by = a_resident()
    draft = a_draft(by)

    def way():
        return next(row.way for row in draft_view(by, draft.id, "zh-hans").lines if row.line.code == "rules")

    ways = [way()]
    actions.bring_paper(by=by, draft_id=draft.id, material_code="rules", is_paper=True, now=NOW)
    ways.append(way())
    actions.bring_paper(by=by, draft_id=draft.id, material_code="rules", is_paper=False, now=NOW)
    ways.append(way())
    actions.bring_paper(by=by, draft_id=draft.id, material_code="rules", is_paper=True, now=NOW)
    actions.give_file(by=by, draft_id=draft.id, material_code="rules", upload=a_picture(), now=NOW)
    ways.append(way())

    assert ways == [Way.NONE, Way.PAPER, Way.NONE, Way.UPLOAD]


def test_a_centre_that_does_not_take_the_item_in_is_not_chosen():
    by = a_resident()
    draft = a_draft(by)

    with pytest.raises(ItemNotOffered):
        actions.choose_collection(by=by, draft_id=draft.id, centre_id=10**6, collect=CollectWay.COUNTER, now=NOW)

    assert "collection" in draft_view(by, draft.id, "zh-hans").open_parts


def test_two_tabs_file_one_case_and_the_draft_is_gone():
    by = a_resident()
    draft = a_full_draft(by)

    first, second = send(by, draft), send(by, draft)

    assert first.id == second.id
    assert Case.objects.count() == 1
    assert not Draft.objects.exists()
    assert {row.code: row.way for row in first.materials.all()} == {
        "form": Way.FORM,
        "plan": Way.UPLOAD,
        "rules": Way.PAPER,
        "proxy": Way.NOT_NEEDED,
    }
    assert first.materials.get(code="proxy").verdict == Verdict.GOOD
    assert first.materials.get(code="plan").files.count() == 1


def test_what_is_missing_is_said_and_the_draft_stays():
    by = a_resident()
    draft = a_draft(by)
    actions.answer_step(by=by, draft_id=draft.id, step_code="shop", answers=shop(by_agent="yes"), now=NOW)

    with pytest.raises(MaterialsMissing) as refused:
        send(by, draft)

    assert refused.value.params == {"names": "经营场所布局图、食品安全管理制度、授权委托书"}
    assert Draft.objects.filter(pk=draft.id).exists()


def test_answers_that_are_missing_are_said_field_by_field():
    by = a_resident()
    draft = a_draft(by)

    with pytest.raises(Refusals) as refused:
        send(by, draft)

    assert [one.field for one in refused.value.refusals] == ["shop_name", "by_agent"]


def test_a_draft_that_was_thrown_away_is_gone():
    by = a_resident()
    draft = a_full_draft(by)

    actions.drop_draft(by=by, draft_id=draft.id)

    assert my_drafts(by, "zh-hans") == []
    with pytest.raises(NotFound):
        send(by, draft)


def test_a_draft_is_thrown_away_when_its_time_is_over():
    draft = actions.start_draft(by=a_resident(), item_code=ITEM["code"], now=NOW)

    assert actions.drop_expired_drafts(now=NOW) == 0
    assert actions.drop_expired_drafts(now=NOW + timedelta(days=91)) == 1
    assert not Draft.objects.filter(pk=draft.pk).exists()


def test_items_are_ordered_by_how_often_they_were_asked_for():
    a_case()

    assert actions.count_popularity(now=NOW) == 1
    assert actions.count_popularity(now=NOW) == 0
    assert actions.count_popularity(now=NOW + timedelta(days=400)) == 1
