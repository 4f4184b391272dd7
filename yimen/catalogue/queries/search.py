"""Search over the published items' words."""

from __future__ import annotations

from yimen.catalogue.queries.lists import ItemLine, lines_by_id
from yimen.search.plan import plan
from yimen.search.rank import ranked
from yimen.search.sql import Source, candidates

_TEXTS = Source(table="catalogue_itemtext", key="item_id", scope="language")
_LANGUAGES = ("zh-hans", "en", "ja", "ko")


def search_items(words: str, language: str, limit: int = 20) -> list[ItemLine]:
    """Published items that answer the words, best first: words, parts of words, pinyin, initials, everyday words.

    Two queries: one finds (see ``find_item_ids``), one reads the lines. A reader of another language who types Chinese,
    or whose language has no answer, is answered from the Chinese texts.
    """
    return lines_by_id(find_item_ids(words, language)[:limit], language)


def find_item_ids(words: str, language: str) -> list[int]:
    """Keys of the items that answer, best first. One query, or two where the reader's own language has no answer."""
    asked = plan(words)
    if not asked.tokens:
        return []
    for scope in dict.fromkeys((language if language in _LANGUAGES else "zh-hans", "zh-hans")):
        found = candidates(_TEXTS, asked, scope)
        if found.candidates:
            return [one.key for one in ranked(found, asked)]
    return []
