"""A letter set as PDF/A-2b. Facts go in as data, never as markup; a sign without a glyph stops the work."""

from __future__ import annotations

import io
import json
import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache

import pylopdf_fonts_jp
import pylopdf_fonts_ko
import pylopdf_fonts_zh_cn
import pylopdf_fonts_zh_tw
import segno
import typst

from yimen.documents.errors import GlyphMissing
from yimen.documents.rules.wording import LETTERS, chinese_date, translation, words_of
from yimen.documents.terms import LetterFacts, LetterKind
from yimen.kernel import clock

#: Chinese first; Hangul, then the rare signs of names that only Japan, Hong Kong and Taiwan have drawn.
_PACKAGES = (pylopdf_fonts_zh_cn, pylopdf_fonts_ko, pylopdf_fonts_jp, pylopdf_fonts_zh_tw)
_NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed')


@dataclass(frozen=True, slots=True)
class SetPage:
    """A letter as PDF."""

    content: bytes
    pages: int


@cache
def _fonts() -> typst.Fonts:
    folders = [str(package.serif_path().parent) for package in _PACKAGES]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


def typeset(
    *,
    kind: LetterKind,
    number: str,
    facts: LetterFacts,
    language: str,
    drawn_up_at: datetime,
    check_url: str,
    is_demo: bool,
) -> SetPage:
    """The letter on A4, the same bytes for the same facts.

    Raises: GlyphMissing
    """
    letter = {
        **words_of(facts),
        "number": number,
        "check_url": check_url,
        "date": chinese_date(clock.local_date(drawn_up_at)),
        "is_demo": is_demo,
        "translation": translation(kind, facts, language),
    }
    inputs = {"letter": json.dumps(letter, ensure_ascii=False), "qr": _qr(check_url)}
    content = _compile(kind, inputs, drawn_up_at)
    return SetPage(content=content, pages=len(re.findall(rb"/Type\s*/Page\b", content)))


def _compile(kind: LetterKind, inputs: dict[str, str], drawn_up_at: datetime) -> bytes:
    try:
        content = typst.compile(
            str(LETTERS / f"{kind.value}.typ"),
            root=str(LETTERS),
            font_paths=_fonts(),
            sys_inputs=inputs,
            pdf_standards="a-2b",
            timestamp=int(drawn_up_at.timestamp()),
        )
    except typst.TypstError as error:
        found = _NO_GLYPH.search(str(error))
        if found is None:
            raise
        raise GlyphMissing(characters=found[1]) from None
    return bytes(content)


def _qr(url: str) -> str:
    out = io.BytesIO()
    segno.make(url, error="m", micro=False).save(out, kind="svg", border=0, xmldecl=False, dark="#1a1a1a")
    return out.getvalue().decode()
