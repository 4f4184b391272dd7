"""Everyday words and the words of the list: 暂住证 is looked for as 居住证 too."""

from __future__ import annotations

from functools import cache

from yimen.search.text import normal, read_lines, words


@cache
def _groups() -> dict[str, tuple[str, ...]]:
    groups: dict[str, tuple[str, ...]] = {}
    for line in read_lines("synonyms.txt"):
        said, _, meant = line.partition("->")
        groups[normal(said)] = tuple(normal(word) for word in meant.split())
    return groups


def meant_by(text: str) -> dict[str, str]:
    """Words of the list for the everyday words in a normal text (meant → said), but for those that stand in it."""
    spoken = set(words(text))
    found: dict[str, str] = {}
    for said, meant in _groups().items():
        if said in text if len(said) > 1 else said in spoken:
            for word in meant:
                if word not in text:
                    found.setdefault(word, said)
    return found
