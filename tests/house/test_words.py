"""Every word that a visitor can meet, in four languages; every word of the desk in two."""

from __future__ import annotations

import re

import pytest

from launch.messages import LOCALE, _read, domains, extract, untranslated

#: Python files whose words only staff read: Chinese and English are enough.
DESK_FILES = re.compile(r"/(admin|management/.*|pages/(clerk|officer|issuer|desk)|desk/.*)\.py$")


def _is_for_staff(place: str) -> bool:
    """Whether the words at this place are read at the desk only: a page in its frame, or a file of its pages."""
    if place.endswith(".py"):
        return bool(DESK_FILES.search(place))
    text = (LOCALE.parent / place).read_text(encoding="utf-8")
    return '{% extends "ui/desk.html" %}' in text or place == "ui/jinja2/ui/desk.html"


def _words_of_visitors() -> set[tuple[str, str]]:
    words = set()
    for domain in domains():
        for message in extract(domain):
            if message.id and not all(_is_for_staff(place) for place, _line in message.locations):
                words.add((domain, message.id if isinstance(message.id, str) else message.id[0]))
    return words


def test_every_word_has_chinese():
    assert untranslated("zh_Hans") == []


@pytest.mark.parametrize("language", ["ja", "ko"])
def test_every_word_of_a_visitor_is_translated(language):
    visitors = _words_of_visitors()

    assert [row for row in untranslated(language) if row in visitors] == []


@pytest.mark.parametrize("language", ["zh_Hans", "ja", "ko"])
def test_translations_keep_their_places(language):
    """``%(name)s`` of the English sentence stand in the other one too, and no others."""

    wrong = []
    for domain in domains():
        known = _read(LOCALE / language / f"{domain}.po", language)
        for message in extract(domain):
            found = known.get(message.id, message.context) if message.id else None
            if not found or not found.string:
                continue
            ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
            texts = found.string if isinstance(found.string, tuple | list) else (found.string,)
            wanted = {place for text in ids for place in re.findall(r"%\(\w+\)s", text)}
            given = {place for text in texts for place in re.findall(r"%\(\w+\)s", text)}
            if all(texts) and (given - wanted or (wanted - given and len(ids) == 1)):
                wrong.append((domain, ids[0]))
    assert wrong == []


def _all_texts(language: str) -> dict[tuple[str, str | None], set[str]]:
    """Every sentence with its context, and what the domains make of it."""
    found: dict[tuple[str, str | None], set[str]] = {}
    for path in sorted((LOCALE / language).glob("*.po")):
        for message in _read(path, language):
            if message.id:
                key = message.id if isinstance(message.id, str) else message.id[0], message.context
                found.setdefault(key, set()).add(str(message.string))
    return found


@pytest.mark.parametrize("language", ["zh_Hans", "ja", "ko"])
def test_a_sentence_has_one_translation(language):
    """Compiled, all domains are one catalogue: two translations of a sentence would be one and chance."""
    assert {key: texts for key, texts in _all_texts(language).items() if len(texts) > 1} == {}


@pytest.mark.parametrize("language", ["zh_Hans", "ja", "ko"])
def test_no_translation_is_a_guess(language):
    guessed = [
        (path.name, message.id)
        for path in sorted((LOCALE / language).glob("*.po"))
        for message in _read(path, language)
        if message.id and message.fuzzy
    ]

    assert guessed == []


#: Typed as they stand: the name of a holiday, the form of a line.
_TYPED = re.compile("国庆节|起算日,数目,单位")
#: What does not belong into a language: Chinese stops in Korean, Latin ones between Chinese characters.
_STRANGE = {
    "ko": re.compile("[，。；：？！、（）「」《》]|[\u4e00-\u9fff]"),
    "zh_Hans": re.compile("[\u4e00-\u9fff][,;?!]|[\u4e00-\u9fff][0-9]|[0-9][\u4e00-\u9fff]"),
    "ja": re.compile("[\u3040-\u30ff\u4e00-\u9fff][,;?!]|，"),
}


@pytest.mark.parametrize("language", ["zh_Hans", "ja", "ko"])
def test_a_translation_has_the_stops_of_its_language(language):
    texts = {text for texts in _all_texts(language).values() for text in texts}

    assert sorted(text for text in texts if _STRANGE[language].search(_TYPED.sub("", text))) == []
