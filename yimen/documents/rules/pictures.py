"""Pictures: taken in anew, pixel by pixel, and shown page by page at the window."""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps

from yimen.documents.errors import FileBroken, PageNotFound, PictureTooLarge
from yimen.documents.rules.pdfium import VIEW_PIXELS, page_picture


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is kept."""

    content: bytes
    ending: str
    media_type: str


def clean_picture(name: str, content: bytes, kind: str, *, max_megapixels: int) -> Picture:
    """The pixels of the first frame, upright, and nothing else: no place, no camera, no note, no second file behind it.

    JPEG stays JPEG, PNG stays PNG, WebP becomes PNG where it is transparent and JPEG otherwise.
    Raises: PictureTooLarge before anything is unpacked, FileBroken
    """
    too_large = PictureTooLarge(field="file", name=name, max_megapixels=max_megapixels)
    try:
        with Image.open(io.BytesIO(content), formats=[kind.upper()]) as picture:
            if picture.width * picture.height > max_megapixels * 1_000_000:
                raise too_large
            return _encode(ImageOps.exif_transpose(picture), as_png=kind == "PNG" or _is_transparent(picture))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise too_large from None
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError, struct.error):
        raise FileBroken(field="file", name=name) from None


def _is_transparent(picture: Image.Image) -> bool:
    return picture.has_transparency_data


def _encode(picture: Image.Image, *, as_png: bool) -> Picture:
    out = io.BytesIO()
    if as_png:
        mode = "RGBA" if _is_transparent(picture) else "L" if picture.mode in {"1", "L"} else "RGB"
        _bare(picture, mode).save(out, "PNG", optimize=False)
        return Picture(out.getvalue(), "png", "image/png")
    _bare(picture, "L" if picture.mode == "L" else "RGB").save(out, "JPEG", quality=90)
    return Picture(out.getvalue(), "jpg", "image/jpeg")


def _bare(picture: Image.Image, mode: str) -> Image.Image:
    """The pixels on a new sheet; whatever else was attached to the old one stays behind."""
    sheet = Image.new(mode, picture.size)
    sheet.paste(picture.convert(mode))
    return sheet


def page_as_png(path: Path, media_type: str, page: int) -> bytes:
    """Page ``page`` (from 1) of a stored file for the viewer.

    Raises: PageNotFound, PageNotShown
    """
    if media_type == "application/pdf":
        return _shrunk(page_picture(path, page))
    if page != 1:
        raise PageNotFound(page=page)
    with Image.open(path) as picture:
        return _shrunk(picture)


def _shrunk(picture: Image.Image) -> bytes:
    picture.thumbnail((VIEW_PIXELS, VIEW_PIXELS))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
