"""The publish gate, strict reading, other portals' lines, what differs, how a guide speaks."""

import pytest

from yimen.calendar.terms import Unit
from yimen.catalogue.errors import ItemDataNotValid, MakerIsChecker, PromiseLongerThanLaw, SaidTwice
from yimen.catalogue.rules import (
    Bring,
    Change,
    bring_of,
    check_maker,
    differences,
    digest_of,
    gaps_of,
    is_foreign,
    is_longer,
    item_from_foreign,
    read_item,
    stages_of,
    wordings,
)
from yimen.catalogue.terms import LimitContent, Material
from yimen.catalogue.tests.builders import ENGLISH, guangdong, item_data
from yimen.kernel.errors import Refusals


def gaps(**changes):
    return gaps_of(read_item(item_data(**changes)))


def test_a_complete_item_has_no_gaps():
    assert gaps() == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"promised_limit": None}, ["limit"]),
        ({"statutory_limit": None}, ["limit"]),
        ({"statutory_limit": None, "type": "public_service"}, []),
        ({"statutory_limit": None, "promised_limit": None, "case_type": "instant"}, []),
        ({"audience": []}, ["audience"]),
        ({"content": {"materials": []}}, ["materials"]),
        ({"content": {"materials": [{"code": "a", "name": " "}]}}, ["material_name:a"]),
        ({"content": {"materials": [{"code": "a", "name": "其他材料"}]}}, ["material_vague:a"]),
        ({"content": {"materials": [{"code": "a", "name": "其他相关证明材料"}]}}, ["material_vague:a"]),
        ({"content": {"materials": [{"code": "a", "name": "其他身份证件复印件"}]}}, []),
        ({"content": {"materials": [{"code": "a", "name": "委托书", "necessity": "optional"}]}}, ["material_when:a"]),
        ({"content": {"fees": [{"name": "工本费", "amount_fen": 1000, "basis": ""}]}}, ["fee_basis:1"]),
    ],
)
def test_the_gate_names_every_gap(changes, expected):
    assert gaps(**changes) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((20, "working_day"), (20, "working_day"), False),
        ((21, "working_day"), (20, "working_day"), True),
        ((10, "working_day"), (15, "calendar_day"), False),
        ((20, "working_day"), (15, "calendar_day"), True),
        ((1, "month"), (20, "working_day"), True),
        ((8, "opening_hour"), (5, "working_day"), False),
    ],
)
def test_limits_are_compared_across_units(one, other, expected):
    assert is_longer(*(LimitContent(count=count, unit=Unit(unit)) for count, unit in (one, other))) is expected


def test_a_promise_longer_than_the_law_is_refused():
    with pytest.raises(PromiseLongerThanLaw):
        read_item(item_data(promised_limit={"count": 21}))


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"code": "a b"}, "code"),
        ({"code": "x" * 65}, "code"),
        ({"name": ""}, "name"),
        ({"name": "长" * 201}, "name"),
        ({"type": "magic"}, "type"),
        ({"statutory_limit": {"count": -1}}, "statutory_limit.count"),
        ({"statutory_limit": {"count": "many"}}, "statutory_limit.count"),
        ({"colour": "red"}, "colour"),
        ({"content": {"materials": [{"code": "a"}]}}, "content.materials.0.name"),
    ],
)
def test_what_is_not_understood_is_refused_with_its_place(changes, place):
    with pytest.raises(Refusals) as error:
        read_item(item_data(**changes))
    assert [one.field for one in error.value.refusals] == [place]


@pytest.mark.parametrize("name", ["a\0b", "\ud800"])
def test_characters_that_cannot_be_stored_are_refused(name):
    with pytest.raises(ItemDataNotValid):
        read_item(item_data(name=name))


def test_a_code_said_twice_is_refused():
    with pytest.raises(SaidTwice):
        read_item(item_data(content={"materials": [{"code": "a", "name": "甲"}, {"code": "a", "name": "乙"}]}))


def test_equal_words_have_equal_digests():
    assert digest_of(read_item(item_data())) == digest_of(read_item(item_data()))
    assert digest_of(read_item(item_data())) != digest_of(read_item(item_data(plain_name="卖吃的")))


def test_maker_and_checker_are_two():
    check_maker("BA-0001", "BA-0002")
    with pytest.raises(MakerIsChecker):
        check_maker("BA-0001", "BA-0001")


def test_a_line_from_guangdong_in_our_words():
    found = item_from_foreign(guangdong())
    item = read_item(found.data)

    assert (found.agency_name, found.region_name, item.agency) == ("省发展和改革委员会", "广东省", "006939756")
    assert item.audience == ("person", "enterprise")
    assert (item.promised_limit.count, item.promised_limit.unit) == (7, Unit.CALENDAR_DAY)
    assert [(line.code, line.name) for line in item.content.materials] == [("m1", "申请报告")]
    assert (item.content.aliases, item.content.themes) == (("价格干预",), ())
    assert item.content.consult_phone == ""


def test_a_line_from_sichuan_in_our_words():
    line = {
        "code": "S-1",
        "name": "社会体育指导员认定",
        "main_item": "未分类",
        "department": "区教科体局",
        "task_type_code": "7",
        "area_code": "511602000000",
        "dept_code": "083372204",
        "source": "sc",
    }
    found = item_from_foreign(line)

    assert is_foreign(line)
    assert (found.data["type"], found.data["region"], found.region_name) == ("confirmation", "511602", "511602000000")
    assert gaps_of(read_item(found.data)) == ["audience", "limit", "materials"]


@pytest.mark.parametrize(
    "changes",
    [
        {"code": 7},
        {"name": None},
        {"type": "行政魔法"},
        {"audience": "自然人"},
        {"audience": ["外星人"]},
        {"statutory_limit": 30},
        {"statutory_limit": {"days": 3, "unit": "moon"}},
        {"statutory_limit": {"days": 3, "unit": ["working_day"]}},
        {"materials": "一张纸"},
    ],
)
def test_foreign_lines_without_a_counterpart_are_refused(changes):
    with pytest.raises(ItemDataNotValid):
        item_from_foreign(guangdong(**changes))


def test_differences_follow_codes_not_places():
    before = {
        "name": "甲",
        "materials": [{"code": "a", "name": "一"}, {"code": "b", "name": "二"}],
        "conditions": ["x"],
    }
    after = {"name": "乙", "materials": [{"code": "b", "name": "二"}, {"code": "c", "name": "三"}], "conditions": ["x"]}

    assert differences(before, after) == [
        Change("name", "甲", "乙"),
        Change("materials.c.code", "", "c"),
        Change("materials.c.name", "", "三"),
        Change("materials.a.code", "a", ""),
        Change("materials.a.name", "一", ""),
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, Bring.BRING),
        ({"source": "form"}, Bring.FILL),
        ({"necessity": "exempt"}, Bring.NOTHING),
        ({"necessity": "optional"}, Bring.SOMETIMES),
        ({"necessity": "deferrable"}, Bring.LATER),
    ],
)
def test_what_to_do_about_a_paper(changes, expected):
    assert bring_of(Material.model_validate({"code": "a", "name": "甲"} | changes)) == expected


def test_parallel_steps_are_one_stage_as_long_as_the_longest():
    step = {"kind": "review", "post": "p"}
    route = [
        {**step, "code": "b", "name": "会签", "stage": 2, "limit": {"count": 4}},
        {**step, "code": "a", "name": "审查", "stage": 1, "limit": {"count": 3}},
        {**step, "code": "c", "name": "核查", "stage": 2, "limit": {"count": 6}},
    ]
    stages = stages_of(read_item(item_data(content={"route": route})).content.route)

    assert [(one.number, [step.code for step in one.steps], one.limit.count) for one in stages] == [
        (1, ["a"], 3),
        (2, ["b", "c"], 6),
    ]


def test_search_looks_through_every_language_that_is_translated():
    item = read_item(item_data(content={"translations": {"en": ENGLISH}}))
    chinese, english = wordings(item, "市场监管局")

    assert (chinese.language, english.language) == ("zh-hans", "en")
    assert "开小店 市场监管局 食品药品" in chinese.rest
    assert "'licence':1A" in english.tokens
