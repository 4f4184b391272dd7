"""A text in pieces: normal form, words, pairs of characters, pinyin and initials."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

from pypinyin import Style, lazy_pinyin
from rjieba import Jieba

_WORDS = Path(__file__).parent / "words"
_RUN = re.compile(r"[㐀-鿿豈-﫿]+|[a-z0-9]+|[぀-ヿ가-힯]+")
_HAN = re.compile(r"[㐀-鿿豈-﫿]")
#: Longest piece of pinyin that is kept: more is never typed.
_LONGEST = 40


def read_lines(name: str) -> list[str]:
    """The lines of one of our word lists, without comments and blanks."""
    lines = (_WORDS / name).read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


@cache
def _jieba() -> Jieba:
    jieba = Jieba()
    for word in read_lines("terms.txt"):
        jieba.add_word(word, jieba.suggest_freq(word), "n")
    return jieba


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(read_lines("stop.txt"))


def normal(text: str) -> str:
    """Full-width letters made plain, capitals small, signs and blanks turned into single blanks."""
    return " ".join(_RUN.findall(unicodedata.normalize("NFKC", text).lower()))


def is_latin(text: str) -> bool:
    """Whether there is something to read and no Chinese in it."""
    return bool(re.search(r"[a-z]", text)) and not _HAN.search(text)


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[str, ...]:
    """The words of a normal text, also the shorter ones inside long ones, each once; without those that say nothing."""
    found = [word for run in text.split() for word in _jieba().cut_for_search(run)]
    return tuple(dict.fromkeys(word for word in found if word not in _stop_words() and not word.isspace()))


def pairs(text: str) -> tuple[str, ...]:
    """Neighbouring characters, two by two; a character or a Latin word that stands alone counts as it is."""
    found: list[str] = []
    for run in text.split():
        if len(run) < 2 or run[0].isascii():
            found.append(run)
        else:
            found += [run[i : i + 2] for i in range(len(run) - 1)]
    return tuple(dict.fromkeys(found))


def readings(text: str) -> tuple[str, ...]:
    """From the beginning of every word to the end of its run: pinyin in one piece, and initials.

    What somebody types is then always the beginning of one of them.
    """
    found: list[str] = []
    for run in text.split():
        if not _HAN.match(run):
            continue
        full = lazy_pinyin(run)
        first = lazy_pinyin(run, style=Style.FIRST_LETTER)
        for start in _word_starts(run):
            found += ["".join(full[start:])[:_LONGEST], "".join(first[start:])[:_LONGEST]]
    return tuple(dict.fromkeys(found))


def _word_starts(run: str) -> list[int]:
    starts, position = {0}, 0
    for word in _jieba().cut(run):
        starts.add(position)
        position += len(word)
    starts |= {run.find(word) for word in _jieba().cut_for_search(run)}
    return sorted(starts - {-1})
