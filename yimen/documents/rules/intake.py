"""What may be uploaded: judged by the content, never by the name; what is kept has nothing active or hidden in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import puremagic

from yimen.documents.errors import FileEmpty, FileIsSomethingElse, FileTooLarge, FileTypeNotAccepted
from yimen.documents.rules.naming import safe_name
from yimen.documents.rules.pdfs import clean_pdf
from yimen.documents.rules.pictures import clean_picture


@dataclass(frozen=True, slots=True)
class Limits:
    """What an operator allows."""

    max_mb: int
    max_megapixels: int
    max_pages: int


@dataclass(frozen=True, slots=True)
class Clean:
    """What is kept of an upload."""

    name: str
    media_type: str
    content: bytes
    pages: int


@dataclass(frozen=True, slots=True)
class _Type:
    label: str
    ending: str
    media_type: str
    is_picture: bool


_JPEG = _Type("JPEG", "jpg", "image/jpeg", is_picture=True)
_PNG = _Type("PNG", "png", "image/png", is_picture=True)
_WEBP = _Type("WebP", "webp", "image/webp", is_picture=True)
_PDF = _Type("PDF", "pdf", "application/pdf", is_picture=False)

_BY_ENDING = {"jpg": _JPEG, "jpeg": _JPEG, "jfif": _JPEG, "png": _PNG, "webp": _WEBP, "pdf": _PDF}


def clean(name: str, content: bytes, limits: Limits) -> Clean:
    """What is kept of an upload: pictures encoded anew without what cameras add, PDFs without scripts and enclosures.

    A picture with another picture's ending is put right (phones do that); anything else that belies its name goes back.
    Raises: FileEmpty, FileTooLarge, FileTypeNotAccepted, FileIsSomethingElse, FileBroken, PictureTooLarge, PdfLocked,
    PdfTooLong, FileSwells
    """
    shown = safe_name(name, "x").removesuffix(".x") if "." not in name else safe_name(name, _ending(name) or "x")
    _check_size(shown, content, limits)
    found = _type_of(content)
    claimed = _BY_ENDING.get(_ending(name))
    if found is None:
        raise _not_taken(shown, claimed, content)
    if claimed and claimed.is_picture != found.is_picture:
        raise FileIsSomethingElse(field="file", name=shown, claimed=claimed.label, found=found.label)
    if found.is_picture:
        kept = clean_picture(shown, content, found.label, max_megapixels=limits.max_megapixels)
        return Clean(safe_name(name, kept.ending), kept.media_type, kept.content, 1)
    pdf = clean_pdf(shown, content, max_pages=limits.max_pages)
    return Clean(safe_name(name, "pdf"), _PDF.media_type, pdf.content, pdf.pages)


def _ending(name: str) -> str:
    return name.rsplit(".", 1)[-1].lower()[:8] if "." in name else ""


def _check_size(name: str, content: bytes, limits: Limits) -> None:
    if not content:
        raise FileEmpty(field="file", name=name)
    if len(content) > limits.max_mb * 1024 * 1024:
        raise FileTooLarge(field="file", name=name, max_mb=limits.max_mb)


_SIGNS: tuple[tuple[_Type, Callable[[bytes], bool]], ...] = (
    (_JPEG, lambda head: head.startswith(b"\xff\xd8\xff")),
    (_PNG, lambda head: head.startswith(b"\x89PNG\r\n\x1a\n")),
    (_WEBP, lambda head: head[:4] == b"RIFF" and head[8:12] == b"WEBP"),
    (_PDF, lambda head: head.startswith(b"%PDF-")),
)


def _type_of(content: bytes) -> _Type | None:
    return next((kind for kind, is_it in _SIGNS if is_it(content[:16])), None)


def _not_taken(name: str, claimed: _Type | None, content: bytes) -> FileTypeNotAccepted | FileIsSomethingElse:
    found = _guess(content)
    if claimed:
        return FileIsSomethingElse(field="file", name=name, claimed=claimed.label, found=found)
    return FileTypeNotAccepted(field="file", name=name, found=found)


def _guess(content: bytes) -> str:
    """What unknown content seems to be, in a word for the refusal."""
    try:
        return str(puremagic.from_string(content[:65536], mime=False)).lstrip(".").upper() or "?"
    except (puremagic.PureError, ValueError):
        return "text" if b"\0" not in content[:4096] else "?"
