"""PDFium: whether a PDF can be shown at all, and its pages as pictures, each within a few seconds."""

from __future__ import annotations

import io
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any

import pypdfium2
from PIL import Image
from pypdfium2 import raw

from yimen.documents.errors import PageNotFound, PageNotShown

#: The longer side of a page in the viewer, in pixels.
VIEW_PIXELS = 1_600
#: No honest page takes longer to draw, in seconds; others would keep the clerks of this process waiting.
PATIENCE = 5.0

#: PDFium may be in one place at a time only.
_alone = Lock()


def shown_pages(content: bytes) -> int:
    """How many pages a viewer finds; none when it cannot open the PDF."""
    with _alone:
        try:
            document = pypdfium2.PdfDocument(io.BytesIO(content))
        except pypdfium2.PdfiumError:
            return 0
        try:
            return len(document)
        finally:
            document.close()


def page_picture(path: Path, number: int) -> Image.Image:
    """Page ``number`` (from 1), as large as the viewer shows it.

    Raises: PageNotFound, PageNotShown
    """
    with _alone:
        try:
            document = pypdfium2.PdfDocument(path)
        except pypdfium2.PdfiumError:
            raise PageNotShown(page=number) from None
        try:
            if not 1 <= number <= len(document):
                raise PageNotFound(page=number)
            return _drawn(document[number - 1], number)
        except pypdfium2.PdfiumError:
            raise PageNotShown(page=number) from None
        finally:
            document.close()


def _drawn(page: Any, number: int) -> Image.Image:
    """The page on white, drawn object by object; given up when it takes too long."""
    scale = min(VIEW_PIXELS / max(*page.get_size(), 1), 4)
    size = tuple(max(1, round(side * scale)) for side in page.get_size())
    sheet = pypdfium2.PdfBitmap.new_native(*size, raw.FPDFBitmap_BGR)
    sheet.fill_rect((255, 255, 255, 255), 0, 0, *size)
    until = monotonic() + PATIENCE
    pause = raw.IFSDK_PAUSE(version=1)
    pause.NeedToPauseNow = type(pause.NeedToPauseNow)(lambda _pause: monotonic() > until)
    try:
        status = raw.FPDF_RenderPageBitmap_Start(sheet, page, 0, 0, *size, 0, raw.FPDF_ANNOT, pause)
    finally:
        raw.FPDF_RenderPage_Close(page)
    if status != raw.FPDF_RENDER_DONE:
        raise PageNotShown(page=number)
    picture: Image.Image = sheet.to_pil()
    return picture
