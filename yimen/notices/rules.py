"""How words and facts become a notice. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from string import Formatter

from yimen.notices.errors import FactMissing
from yimen.notices.terms import FACTS, SECRET_FACTS, Occasion

#: The language that is always complete.
FIRST_LANGUAGE = "zh-hans"


def places_in(text: str) -> list[str]:
    """The names of the ``{places}`` in a text, in order."""
    return [name for _, name, _, _ in Formatter().parse(text) if name is not None]


def fill_in(text: str, facts: Mapping[str, str]) -> str:
    """The text with every ``{place}`` filled from the facts; more facts than places are welcome.

    Raises FactMissing with the name of the place.
    """
    missing = [name for name in places_in(text) if name not in facts]
    if missing:
        raise FactMissing(f"no fact {', '.join(missing)} for: {text[:60]}")
    return text.format_map(dict(facts))


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
