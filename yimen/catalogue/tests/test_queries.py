"""What is asked of the catalogue, and in how many queries."""

import pytest

from yimen.calendar.terms import Limit, Unit
from yimen.catalogue import actions, queries
from yimen.catalogue.errors import ItemNotFound, ItemNotOffered
from yimen.catalogue.queries import Narrowing
from yimen.catalogue.tests.builders import CHECKER, ENGLISH, NOW, a_draft, an_item, item_data
from yimen.kernel.errors import NotFound
from yimen.places.models import Centre

pytestmark = pytest.mark.django_db


def codes(narrowing=None, **more):
    return [line.code for line in queries.items(narrowing or Narrowing(), "zh-hans", **more).lines]


def found(words, language="zh-hans"):
    return [line.code for line in queries.search_items(words, language)]


def test_the_version_for_filing_is_read_once_by_a_process(django_assert_num_queries):
    an_item()
    first = queries.version_for_filing("BA-101")

    with django_assert_num_queries(1):
        again = queries.version_for_filing("BA-101")

    assert again is first
    assert (first.code, first.agency_code, first.promised) == ("BA-101", "market", Limit(10, Unit.WORKING_DAY))
    assert first.content.materials[1].code == "plan"


def test_drafts_are_read_anew_and_not_offered():
    version_id = a_draft()
    assert queries.version(version_id).plain_name == ""
    a_draft(plain_name="卖吃的")

    assert queries.version(version_id).plain_name == "卖吃的"
    for query in (queries.version_for_filing, queries.version_in_force):
        with pytest.raises((ItemNotOffered, ItemNotFound)):
            query("BA-101")
    with pytest.raises(NotFound):
        queries.version(0)


def test_texts_fill_their_gaps_with_chinese():
    an_item(content={"translations": {"en": ENGLISH | {"conditions": []}}})
    version = queries.version_for_filing("BA-101")

    english, japanese = queries.texts(version, "en"), queries.texts(version, "ja")

    assert (english.name, english.state, english.conditions) == ("Food business licence", "checked", ("有营业执照。",))
    assert english.materials == {"plan": {"name": "Plan of the premises"}}
    assert (japanese.name, japanese.state, japanese.faqs[0].answer) == ("食品经营许可", "", "要。")


def test_every_hall_of_the_district_takes_the_item_in():
    item = an_item()
    keys = list(Centre.objects.order_by("code").values_list("pk", flat=True))

    assert queries.points(item.pk) == keys
    assert queries.takes_in(item.pk, keys[0])
    assert not queries.takes_in(item.pk, 0)


def test_a_streets_own_item_is_taken_in_there_only():
    item = an_item(region="440306003", content={"service_points": {"tiers": ["district", "street"]}})

    assert queries.points(item.pk) == [Centre.objects.get(code="BA-XX").pk]


def test_named_halls_take_the_item_in():
    item = an_item(content={"service_points": {"centres": ["BA", "NOWHERE"]}})

    assert queries.points(item.pk) == [Centre.objects.get(code="BA").pk]


def test_lists_are_narrowed_and_paged():
    for code in ("A", "B", "C"):
        an_item(code)
    an_item("D", audience=["person"], content={"themes": ["户籍"], "life_events": ["birth"], "service_points": {}})

    assert codes() == ["A", "B", "C", "D"]
    assert queries.items(Narrowing(), "zh-hans", limit=2).after == "B"
    assert codes(after="B", limit=2) == ["C", "D"]
    assert codes(Narrowing(audience="person")) == codes(Narrowing(theme="户籍")) == ["D"]
    assert codes(Narrowing(life_event="birth")) == ["D"]
    assert codes(Narrowing(audience="organisation")) == codes(Narrowing(centre="BA-XX")) == ["A", "B", "C"]
    assert codes(Narrowing(agency="nobody")) == codes(Narrowing(type="award")) == []


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_is_one_query(count, django_assert_num_queries):
    for number in range(count):
        an_item(f"A{number}")

    with django_assert_num_queries(1):
        queries.items(Narrowing(), "en")
    with django_assert_num_queries(1):
        queries.popular(Narrowing(), "en")
    with django_assert_num_queries(2):
        queries.search_items("食品", "zh-hans")
    with django_assert_num_queries(5):
        queries.counts("organisation", "en")
    queries.guide("A0", "en", NOW)
    with django_assert_num_queries(3):
        queries.guide("A0", "en", NOW)


def test_counts_show_the_ways_into_the_list():
    an_item("A")
    an_item("B", audience=["person"])

    counts = queries.counts("organisation", "en")

    assert counts.total == 1
    assert [(one.key, one.count) for one in (*counts.themes, *counts.life_events)] == [("食品药品", 1), ("business", 1)]
    assert [(one.key, one.name) for one in counts.centres] == [("BA", "Bao'an Centre"), ("BA-XX", "BA-XX政务服务中心")]
    assert [one.key for one in counts.agencies] == ["market"]


@pytest.mark.parametrize(
    "words", ["食品经营", "经营许可", "布局图", "spjy", "shipinjingying", "开饭店", "食品经菅许可证"]
)
def test_search_finds_words_parts_pinyin_initials_and_everyday_words(words):
    an_item()
    an_item(
        "BA-102",
        name="结婚登记",
        content={"aliases": [], "materials": [{"code": "a", "name": "身份证"}], "summary": ""},
    )

    assert found(words)[0] == "BA-101"


def test_search_answers_in_the_readers_language_and_from_chinese_where_there_is_nothing():
    an_item(content={"translations": {"en": ENGLISH}})

    assert found("food licence", "en") == found("食品", "en") == found("食品", "ja") == ["BA-101"]
    assert found("飞碟") == found("") == found("?!") == found("' | & !") == []


def test_search_does_not_find_drafts_and_suspended_items():
    an_item(promised_limit=None)
    an_item("BA-102")
    actions.suspend_item(by=CHECKER, item_code="BA-102", reason="x", now=NOW)

    assert found("食品经营许可") == []


def test_the_guide_says_what_days_and_where():
    an_item(content={"goes_with": ["BA-102", "NONE"], "translations": {"en": ENGLISH}})
    an_item("BA-102", name="户外招牌设置")

    guide = queries.guide("BA-101", "en", NOW)

    assert [(line.name, line.bring) for line in guide.materials] == [
        ("食品经营许可申请书", "fill"),
        ("Plan of the premises", "bring"),
        ("授权委托书", "sometimes"),
    ]
    assert [(step.name, step.first_day, step.last_day) for step in guide.steps] == [("现场核查", 1, 5), ("决定", 6, 10)]
    assert [(hall.code, hall.is_open_now) for hall in guide.halls] == [("BA", True), ("BA-XX", True)]
    assert [line.code for line in guide.goes_with] == ["BA-102"]
    assert (guide.can_file_online, guide.fee_fen, guide.results[0].name) == (True, 0, "Licence")


def test_a_guide_without_days_in_common_shows_each_limit():
    route = [
        {"code": "a", "name": "审", "kind": "decide", "stage": 1, "post": "p", "limit": {"count": 1, "unit": "month"}}
    ]
    an_item(content={"route": route, "service_points": {}})

    guide = queries.guide("BA-101", "zh-hans", NOW)

    assert (guide.steps[0].first_day, guide.steps[0].limit) == (None, Limit(1, Unit.MONTH))
    assert (guide.halls, guide.can_file_online) == ((), False)


def test_there_is_no_guide_of_a_draft():
    an_item(promised_limit=None)

    with pytest.raises(ItemNotFound):
        queries.guide("BA-101", "zh-hans", NOW)


def test_history_tells_what_changed():
    an_item()
    actions.import_item(by=CHECKER, data=item_data(promised_limit={"count": 8}), now=NOW)

    assert [(line.number, line.state) for line in queries.version_history("BA-101")] == [
        (2, "published"),
        (1, "replaced"),
    ]
    assert [(one.path, one.before, one.after) for one in queries.difference("BA-101", 2).changes] == [
        ("promised_limit.count", "10", "8")
    ]
    assert queries.difference("BA-101", 1).before is None
    for number in (0, 3):
        with pytest.raises(ItemNotFound):
            queries.difference("BA-101", number)
    with pytest.raises(ItemNotFound):
        queries.version_history("NONE")
