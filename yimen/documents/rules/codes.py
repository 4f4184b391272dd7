"""QR codes: for letters, which are set once, and for pages, which scale them."""

from __future__ import annotations

import io

import segno

DARK = "#1a1a1a"


def qr_for_letter(text: str) -> str:
    """An SVG without a border, in its own size."""
    return _svg(text, border=0)


def qr_for_page(text: str) -> str:
    """An SVG with its quiet zone of four modules, which takes the size that the page gives it."""
    return _svg(text, border=4, omitsize=True, svgclass=None, lineclass=None)


def _svg(text: str, **looks: object) -> str:
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", xmldecl=False, dark=DARK, **looks)
    return out.getvalue().decode()
