"""Texts in pieces, questions as plans, and what stands first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yimen.search.plan import LONGEST, Kind, plan, quoted
from yimen.search.rank import ranked
from yimen.search.sql import Candidate, Found
from yimen.search.synonyms import meant_by
from yimen.search.text import is_latin, normal, pairs, readings, words
from yimen.search.vector import vector


def test_a_text_is_cut_into_words_and_the_words_inside_them():
    assert words(normal("深圳经济特区居住证（首次申领）")) == (
        "深圳",
        "经济",
        "特区",
        "深圳经济特区",
        "居住",
        "居住证",
        "首次",
        "申领",
    )
    assert words("我 要 的") == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [("居住证", ("居住", "住证")), ("证", ("证",)), ("a1 居住", ("a1", "居住")), ("", ())],
)
def test_pairs_are_neighbouring_characters(text, expected):
    assert pairs(text) == expected


def test_readings_begin_at_every_word_and_know_names_of_places():
    assert readings("重庆居住证") == ("chongqingjuzhuzheng", "cqjzz", "juzhuzheng", "jzz")
    assert readings("abc") == ()


def test_signs_and_wide_letters_are_made_plain():
    assert normal("《ＡＢＣ》，办—居住证！") == "abc 办 居住证"
    assert (is_latin("jzz"), is_latin("jzz证"), is_latin("12")) == (True, False, False)


def test_a_vector_says_where_its_pieces_come_from():
    assert vector(name="居住证", rest="it's 派出所") == (
        "'it':2B,4D 'juzhuzheng':4D 'jzz':4D 's':2B,4D '住证':3C '出所':4D "
        "'居住':1A,3C '居住证':1A '派出':2B,4D '派出所':2B"
    )


def test_everyday_words_mean_words_of_the_list():
    assert meant_by("暂住证丢了")["居住证"] == "暂住证"
    assert "居住证" not in meant_by("暂住证换居住证")
    assert "出生" in meant_by("娃")
    assert meant_by("娃娃鱼").keys() == set()


def test_a_plan_weighs_words_over_pairs_over_meanings():
    kinds = {token.kind: token.weight for token in plan("暂住证").tokens}

    assert kinds[Kind.WORD] > kinds[Kind.PAIR] > kinds[Kind.MEANT]
    assert [(token.text, token.query) for token in plan("jzz").tokens if token.kind == Kind.READING] == [
        ("jzz", "'jzz':*D")
    ]
    assert plan("？！").tokens == ()


def test_a_meaning_of_several_words_is_looked_for_whole():
    (token,) = [one for one in plan("公租房").tokens if one.text == "公共租赁住房"]

    assert token.query == " & ".join(quoted(word) for word in words("公共租赁住房"))


def order(question, *names, rest=""):
    asked = plan(question)
    rows = [
        Candidate(name, name, rest, tuple(n for n, token in enumerate(asked.tokens, 1) if token.text in name))
        for name in names
    ]
    holders = {n: sum(n in row.held for row in rows) for n, _ in enumerate(asked.tokens, 1)}
    return [one.key for one in ranked(Found(tuple(rows), 100, {n: c for n, c in holders.items() if c}), asked)]


def test_the_same_name_stands_first_then_the_shorter():
    assert order("居住证", "居住证换领", "居住证", "居住证遗失补办申请") == [
        "居住证",
        "居住证换领",
        "居住证遗失补办申请",
    ]


def test_the_name_that_holds_more_of_the_question_stands_first():
    assert order("养老保险转移", "养老保险", "养老保险关系转移接续", "转移")[0] == "养老保险关系转移接续"


def test_what_nobody_says_counts_by_its_meaning():
    assert order("暂住证", "临时暂停", "居住证") == ["居住证", "临时暂停"]


@given(st.text(max_size=80))
def test_whatever_is_typed_becomes_a_plan_of_limited_size(text):
    asked = plan(text)

    assert len(asked.tokens) <= 64
    assert len(asked.text) <= 4 * LONGEST
    assert all(token.text and token.query for token in asked.tokens)


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_vector_of_any_text_holds_its_own_question(name, rest):
    literal = vector(name=name, rest=rest)

    for token in plan(name).tokens:
        if token.kind in {Kind.WORD, Kind.PAIR}:
            assert f"{quoted(token.text)}:" in literal
