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


@pytest.mark.parametrize("language", ["zh_Hans", "ja", "ko"])
def test_the_same_sentence_is_translated_alike(language):
    """All domains speak from one catalogue: where two translate a sentence differently, one of them is never heard."""
    found: dict[tuple[object, str | None], set[str]] = {}
    for domain in domains():
        for message in _read(LOCALE / language / f"{domain}.po", language):
            if message.id:
                found.setdefault((str(message.id), message.context), set()).add(str(message.string))

    assert [key for key, texts in found.items() if len(texts) > 1] == []
