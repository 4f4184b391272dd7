"""Every word that a visitor can meet, in four languages; every word of the desk in two."""

from __future__ import annotations

import re

import pytest

from launch.messages import LOCALE, _read, domains, extract, untranslated

#: Only staff read these: Chinese and English are enough.
DESK_ONLY = frozenset({"ledger", "settings"})


def test_every_word_has_chinese():
    assert untranslated("zh_Hans") == []


@pytest.mark.parametrize("language", ["ja", "ko"])
def test_every_word_of_a_visitor_is_translated(language):
    assert [row for row in untranslated(language) if row[0] not in DESK_ONLY] == []


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
