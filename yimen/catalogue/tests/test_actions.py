"""Items come in, are published by two people, replaced, suspended; published words stay."""

import pytest
from django.db import DatabaseError, transaction

from yimen.catalogue import actions, queries
from yimen.catalogue.errors import (
    AgencyUnknown,
    ItemDataNotValid,
    ItemNotFound,
    ItemNotOffered,
    MakerIsChecker,
    NotADraft,
    RegionUnknown,
    VersionIncomplete,
)
from yimen.catalogue.models import Item, ItemText, ItemVersion, SearchMiss, ServicePoint
from yimen.catalogue.tests.builders import CHECKER, MAKER, NOW, a_draft, an_item, guangdong, item_data, the_house
from yimen.kernel.actors import SYSTEM
from yimen.kernel.models import EventRow
from yimen.ledger.queries import lines

pytestmark = pytest.mark.django_db


def outcome(data):
    return actions.import_item(by=CHECKER, data=data, now=NOW)


def test_a_complete_item_is_in_force_at_once():
    item = an_item()

    assert (item.current.number, item.current.state, item.current.gaps) == (1, "published", [])
    assert (item.current.drafted_by, item.current.published_by) == ("demo", "BA-0002")
    assert ServicePoint.objects.filter(item=item).count() == 2
    assert [line.verb for line in lines("item:BA-101")] == ["publish"]
    assert list(EventRow.objects.filter(kind="catalogue.VersionPublished").values_list("data", flat=True)) == [
        {"item_code": "BA-101", "number": 1}
    ]


def test_the_same_words_again_change_nothing():
    an_item()

    assert outcome(item_data()).outcome == "unchanged"
    assert ItemVersion.objects.count() == 1


def test_other_words_are_the_next_version_and_replace_the_one_before():
    an_item()

    assert outcome(item_data(plain_name="卖吃的")).outcome == "changed"
    assert list(ItemVersion.objects.order_by("number").values_list("number", "state")) == [
        (1, "replaced"),
        (2, "published"),
    ]
    assert ItemText.objects.filter(item__code="BA-101").count() == 1


def test_an_item_with_gaps_is_a_draft_that_grows_complete():
    item = an_item(promised_limit=None)
    assert item.current is None

    taken = outcome(item_data(content={"materials": []}, promised_limit=None))
    assert (taken.outcome, taken.gaps) == ("changed", ("limit", "materials"))
    assert ItemVersion.objects.count() == 1

    outcome(item_data())
    assert list(ItemVersion.objects.values_list("number", "state")) == [(1, "published")]


def test_gaps_in_the_next_version_leave_the_old_one_in_force():
    an_item()
    outcome(item_data(promised_limit=None))

    assert queries.version_for_filing("BA-101").number == 1
    assert list(ItemVersion.objects.order_by("number").values_list("state", "gaps")) == [
        ("published", []),
        ("draft", ["limit"]),
    ]


def test_foreign_lines_bring_their_department_and_region_along():
    taken = outcome(guangdong())

    item = Item.objects.select_related("agency", "region").get(code="G1")
    assert (taken.outcome, taken.gaps) == ("new", ())
    assert (item.agency.name, item.region.name, item.region.level) == ("省发展和改革委员会", "广东省", "province")
    assert outcome(guangdong()).outcome == "unchanged"


def test_our_own_lines_name_what_is_there():
    the_house()

    with pytest.raises(AgencyUnknown):
        outcome(item_data(agency="nobody"))
    with pytest.raises(RegionUnknown):
        outcome(item_data(region="99"))
    assert Item.objects.count() == 0


@pytest.mark.parametrize("line", ["{", "[1]", "7", "[" * 100_000, b"\xff", '{"code": "x"', "x" * 1_000_001])
def test_hostile_lines_are_refused(line):
    with pytest.raises(ItemDataNotValid):
        outcome(line)


def test_many_lines_are_taken_in_a_fixed_number_of_statements(django_assert_num_queries):
    the_house()

    def batch(*codes):
        return [actions.read_line(item_data(code)) for code in codes]

    # the same statements but for the ledger: the item's line is written one by one
    with django_assert_num_queries(18) as one:
        actions.import_items(by=CHECKER, lines=batch("A"), now=NOW)
    with django_assert_num_queries(len(one.captured_queries) + 2):
        actions.import_items(by=CHECKER, lines=batch("B", "C", "D"), now=NOW)


def test_a_version_is_drafted_by_one_and_published_by_another():
    version_id = a_draft()

    with pytest.raises(MakerIsChecker):
        actions.publish_version(by=MAKER, version_id=version_id, now=NOW)
    actions.send_to_review(by=MAKER, version_id=version_id, now=NOW)
    published = actions.publish_version(by=CHECKER, version_id=version_id, now=NOW)

    assert (published.state, published.published_by) == ("published", "BA-0002")
    assert [line.verb for line in lines("item:BA-101")] == ["review", "publish"]
    for act in (actions.publish_version, actions.send_to_review):
        with pytest.raises(NotADraft):
            act(by=CHECKER, version_id=version_id, now=NOW)


def test_a_draft_is_written_over_until_it_is_published():
    first = a_draft()
    assert a_draft(plain_name="卖吃的") == first

    actions.publish_version(by=CHECKER, version_id=first, now=NOW)
    assert a_draft(plain_name="卖喝的") != first


def test_the_gate_says_everything_that_is_open():
    version_id = a_draft(promised_limit=None, content={"materials": [{"code": "a", "name": "其他材料"}]})

    for act in (actions.publish_version, actions.send_to_review):
        with pytest.raises(VersionIncomplete) as error:
            act(by=CHECKER, version_id=version_id, now=NOW)
        assert error.value.params == {"gaps": "limit, material_vague:a"}


def test_there_is_no_such_version():
    with pytest.raises(ItemNotFound):
        actions.publish_version(by=CHECKER, version_id=0, now=NOW)


def test_the_database_refuses_to_change_what_is_published():
    item = an_item()

    with pytest.raises(DatabaseError), transaction.atomic():
        ItemVersion.objects.filter(pk=item.current_id).update(name="别的")
    with pytest.raises(DatabaseError), transaction.atomic():
        ItemVersion.objects.filter(pk=item.current_id).delete()


def test_a_suspended_item_is_not_offered_until_its_next_version():
    an_item()
    actions.suspend_item(by=CHECKER, item_code="BA-101", reason="系统升级", now=NOW)

    with pytest.raises(ItemNotOffered):
        queries.version_for_filing("BA-101")
    with pytest.raises(ItemNotFound):
        actions.suspend_item(by=CHECKER, item_code="BA-101", reason="系统升级", now=NOW)
    assert [line.verb for line in lines("item:BA-101")] == ["publish", "suspend"]

    outcome(item_data(plain_name="卖吃的"))
    assert queries.version_for_filing("BA-101").number == 2


def test_misses_are_counted_and_numbers_of_people_are_not_kept():
    for words in ("飞碟", "飞碟", "440306198801010011", ""):
        actions.note_miss(by=SYSTEM, words=words, now=NOW)

    assert list(SearchMiss.objects.values_list("words", "times")) == [("飞碟", 2)]
