"""Papers for the demo's cases: one page each, plainly marked as an example."""

from __future__ import annotations

import json
from functools import cache
from io import BytesIO

import typst
from pylopdf_fonts_zh_cn import sans_path

from yimen.cases.actions import Upload

_PAGE = """
#set page(paper: "a5", margin: 18mm)
#set text(font: "Noto Sans SC", size: 11pt)
#let facts = json(bytes(sys.inputs.facts))
#align(center)[#text(size: 16pt, weight: "bold")[#facts.title]]
#v(8mm)
#rect(width: 100%, height: 60mm, stroke: 0.5pt + gray)[#align(center + horizon)[#text(fill: gray)[演示材料]]]
#v(6mm)
#text(size: 9pt, fill: gray)[#facts.who]
"""


@cache
def paper(title: str, who: str) -> bytes:
    """A PDF page that says what it stands for."""
    facts = json.dumps({"title": title, "who": who}, ensure_ascii=False)
    folder = str(sans_path().parent)
    page: bytes = typst.compile(_PAGE.encode(), font_paths=[folder], sys_inputs={"facts": facts})  # type: ignore[misc]
    return page


def as_upload(title: str, who: str) -> Upload:
    """The paper as somebody would hand it in."""
    return Upload(name=f"{title[:40]}.pdf", content=BytesIO(paper(title, who)))
