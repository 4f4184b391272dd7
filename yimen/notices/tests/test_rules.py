"""Words and facts."""

import json
from pathlib import Path

import pytest

from yimen.notices import rules
from yimen.notices.errors import FactMissing
from yimen.notices.terms import FACTS, OPTIONAL_FACTS, Occasion
from yimen.notices.tests.builders import facts_of

SEED = json.loads((Path(rules.__file__).parent / "templates.json").read_text(encoding="utf-8"))
EVERY = [(occasion, language) for occasion in Occasion for language in ("zh-hans", "en", "ja", "ko")]


@pytest.mark.parametrize(("occasion", "language"), EVERY)
def test_every_template_is_filled_by_its_declared_facts(occasion, language):
    words = SEED[occasion][language]

    filled = [rules.fill_in(words[part], facts_of(occasion)) for part in ("title", "text", "sms")]

    assert all(filled)
    assert not any("{" in text or "}" in text for text in filled)


@pytest.mark.parametrize("occasion", list(Occasion))
def test_every_language_says_the_same_facts(occasion):
    said = {language: set(rules.places_in(words["text"])) for language, words in SEED[occasion].items()}

    assert list(said.values()) == [set(FACTS[occasion])] * 4


@pytest.mark.parametrize("occasion", list(Occasion))
def test_a_chinese_sms_is_one_short_message(occasion):
    facts = {**facts_of(occasion), "due_on": "2016 年 10 月 19 日"}

    assert len(rules.in_one_line(rules.fill_in(SEED[occasion]["zh-hans"]["sms"], facts), "zh-hans")) <= 70


@pytest.mark.parametrize(("occasion", "language"), EVERY)
def test_every_template_makes_sense_without_its_optional_facts(occasion, language):
    facts = {name: fact for name, fact in facts_of(occasion).items() if name not in OPTIONAL_FACTS}

    for part in ("title", "text", "sms"):
        filled = rules.fill_in(SEED[occasion][language][part], facts)
        assert filled.strip()


def test_a_line_that_speaks_of_an_unknown_optional_fact_is_left_out():
    text = "Ready.\nOpen: {hours}\nWhere: {centre}"

    assert rules.fill_in(text, {"hours": "", "centre": "Hall"}) == "Ready.\nWhere: Hall"
    assert rules.fill_in(text, {"hours": "9–20"}) == "Ready.\nOpen: 9–20"


@pytest.mark.parametrize(("language", "sms"), [("ja", "一。二。"), ("ko", "一。 二。")])
def test_lines_become_one_sms(language, sms):
    assert rules.in_one_line("一。\n二。", language) == sms


def test_a_place_without_a_fact_is_named():
    with pytest.raises(FactMissing, match=r"no fact case_no for: this is \{case_no\}"):
        rules.fill_in("this is {case_no}", {"hours": "9"})


@pytest.mark.parametrize("text", ["{link.__class__}", "{link!r}", "{link:>999999}", "{link", "link}", "{0}", "{}"])
def test_a_place_is_a_name_and_nothing_more(text):
    with pytest.raises(FactMissing):
        rules.fill_in(text, {"link": "x"})


def test_a_place_that_the_occasion_cannot_fill_is_named():
    with pytest.raises(FactMissing, match="case_closed brings no fact centre, hours"):
        rules.check_places(Occasion.CASE_CLOSED, "{hours} {case_no} {centre}")


@pytest.mark.parametrize(
    ("language", "there", "best"),
    [
        ("ko", {"ko", "en", "zh-hans"}, "ko"),
        ("KO", {"ko", "zh-hans"}, "ko"),
        ("fr", {"en", "zh-hans"}, "zh-hans"),
        ("fr", {"en", "ja"}, "en"),
        ("fr", {"ja"}, None),
    ],
)
def test_the_best_language_falls_back_to_chinese_then_english(language, there, best):
    assert rules.best_language(language, there) == best


def test_a_code_is_not_kept():
    assert rules.without_secrets({"code": "204613", "minutes": "5"}) == {"code": "••••••", "minutes": "5"}
