"""What a visitor typed, as weighted tokens to look for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from yimen.search.synonyms import meant_by
from yimen.search.text import is_latin, normal, pairs, words

#: More than this is a text, not a question.
LONGEST = 60
#: Tokens of one question at most; what comes first counts.
_MOST = 64


class Kind(StrEnum):
    """Why a token is looked for."""

    WORD = "word"
    PAIR = "pair"
    MEANT = "meant"  #: the list's word for an everyday word
    READING = "reading"  #: pinyin or initials, from the beginning


@dataclass(frozen=True, slots=True)
class Token:
    """One thing to look for, in normal form, and how much it counts."""

    text: str
    kind: Kind
    weight: float
    #: The everyday word for which this is meant.
    said: str = ""

    @property
    def query(self) -> str:
        """The token as a ``tsquery``: of a longer word all its words."""
        if self.kind == Kind.READING:
            return f"{quoted(self.text)}:*D"
        parts = words(self.text) if self.kind == Kind.MEANT else (self.text,)
        return " & ".join(quoted(part) for part in parts or pairs(self.text))


@dataclass(frozen=True, slots=True)
class Plan:
    """A question: its normal form, and what to look for."""

    text: str
    tokens: tuple[Token, ...]


_WEIGHTS = {Kind.WORD: 1.0, Kind.PAIR: 0.7, Kind.MEANT: 0.45, Kind.READING: 1.0}


def plan(question: str) -> Plan:
    """What to look for. No tokens where nothing can be looked for."""
    text = normal(question[:LONGEST])
    found = [Token(word, Kind.WORD, _WEIGHTS[Kind.WORD]) for word in words(text)]
    found += [Token(pair, Kind.PAIR, _WEIGHTS[Kind.PAIR]) for pair in pairs(text)]
    found += [Token(word, Kind.MEANT, _WEIGHTS[Kind.MEANT], said) for word, said in meant_by(text).items()]
    if is_latin(text):
        found.append(Token(text.replace(" ", ""), Kind.READING, _WEIGHTS[Kind.READING]))
    return Plan(text, tuple(found[:_MOST]))


def quoted(lexeme: str) -> str:
    """A lexeme as it is written inside a ``tsquery``."""
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"
