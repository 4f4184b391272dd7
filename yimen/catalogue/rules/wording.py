"""What search looks through: the words of an item in each language."""

from __future__ import annotations

from dataclasses import dataclass

from yimen.catalogue.terms import ItemData
from yimen.search.text import normal
from yimen.search.vector import vector


@dataclass(frozen=True, slots=True)
class Wording:
    """One language: the name that is shown, the rest in normal form, all of it in tokens."""

    language: str
    name: str
    rest: str
    tokens: str


def wordings(item: ItemData, agency_name: str) -> list[Wording]:
    """The item's words in Chinese and in every language into which its name is translated."""
    content = item.content
    papers = [line.name for line in content.materials]
    rest = [item.plain_name, *content.aliases, agency_name, *content.themes, *papers, content.summary]
    found = [_wording("zh-hans", item.name, rest)]
    for language, text in content.translations.items():
        names = [words.get("name", "") for words in text.materials.values()]
        found.append(_wording(language, text.name, [text.plain_name, text.summary, *names]))
    return found


def _wording(language: str, name: str, rest: list[str]) -> Wording:
    words = " ".join(normal(part) for part in rest if part)[:4000]
    return Wording(language, name, words, vector(name=name, rest=words))
