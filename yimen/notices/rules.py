"""How words and facts become a notice. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from string import Formatter

from yimen.notices.errors import FactMissing
from yimen.notices.terms import FACTS, OPTIONAL_FACTS, SECRET_FACTS, Occasion

#: The language that is always complete.
FIRST_LANGUAGE = "zh-hans"
#: Languages that put no space between sentences.
_WITHOUT_SPACES = frozenset({"zh-hans", "ja"})


def places_in(text: str) -> list[str]:
    """The names of the ``{places}`` in a text, in order. Raises FactMissing for braces that are no plain places."""
    try:
        found = [place for place in Formatter().parse(text) if place[1] is not None]
    except ValueError as error:
        raise FactMissing(f"{error} in: {text[:60]}") from error
    if any(spec or conversion for _, _, spec, conversion in found):
        raise FactMissing(f"a place is a name in braces and nothing more: {text[:60]}")
    return [name for _, name, _, _ in found if name is not None]


def fill_in(text: str, facts: Mapping[str, str]) -> str:
    """The text with every ``{place}`` filled; a line that speaks of an optional fact that is not known is left out.

    More facts than places are welcome. Raises FactMissing with the name of the place.
    """
    lines = [line for line in text.split("\n") if not _is_silent(line, facts)]
    missing = [name for name in places_in("\n".join(lines)) if name not in facts]
    if missing:
        raise FactMissing(f"no fact {', '.join(missing)} for: {text[:60]}")
    return "\n".join(lines).format_map(dict(facts))


def _is_silent(line: str, facts: Mapping[str, str]) -> bool:
    return any(name in OPTIONAL_FACTS and not facts.get(name) for name in places_in(line))


def in_one_line(text: str, language: str) -> str:
    """Sentences that stand on lines of their own, as an SMS."""
    return ("" if language in _WITHOUT_SPACES else " ").join(text.split("\n"))


def check_places(occasion: Occasion, text: str) -> None:
    """That the text uses only facts that the occasion brings. Raises FactMissing with all others."""
    unknown = sorted(set(places_in(text)) - set(FACTS[occasion]))
    if unknown:
        raise FactMissing(f"{occasion} brings no fact {', '.join(unknown)}")


def without_secrets(facts: Mapping[str, str]) -> dict[str, str]:
    """The facts as they may be kept: secrets are dots."""
    return {name: "••••••" if name in SECRET_FACTS else fact for name, fact in facts.items()}


def languages_to_try(language: str) -> list[str]:
    """The reader's language, then the one that is always complete, then English."""
    wanted = [language.lower(), FIRST_LANGUAGE, "en"]
    return list(dict.fromkeys(wanted))


def best_language(language: str, there: Collection[str]) -> str | None:
    """The first language of the reader's liking in which there are words; None when there are none at all."""
    return next((name for name in languages_to_try(language) if name in there), None)
