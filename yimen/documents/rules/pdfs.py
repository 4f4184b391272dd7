"""PDFs: opened, measured, and freed of whatever acts by itself or hides another file."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf

from yimen.documents.errors import FileBroken, FileSwells, PdfLocked, PdfTooLong
from yimen.documents.rules.pdfium import shown_pages

#: The most that the streams of one PDF may unpack to.
MAX_UNPACKED = 300 * 1024 * 1024
#: The most streams of one PDF: a thick plan has some thousands.
MAX_STREAMS = 20_000

#: Entries that run something, send something, or carry other files.
_ACTIVE = (
    "/AA",
    "/OpenAction",
    "/JS",
    "/JavaScript",
    "/EmbeddedFiles",
    "/EF",
    "/AF",
    "/XFA",
    "/Collection",
    "/RichMedia",
)
#: The only kinds of action that stay: going to a place in the same file, and a plain link.
_HARMLESS = {"/GoTo", "/URI"}
#: Annotations that are other files or films.
_FOREIGN = {"/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"}
#: Nesting of direct objects beyond which nobody means it.
_DEEPEST = 60

_STREAM = re.compile(rb"stream\r?\n")
_TWICE = re.compile(rb"/Fl(?:ateDecode)?\s*/Fl")


@dataclass(frozen=True, slots=True)
class Pdf:
    """A PDF as it is kept."""

    content: bytes
    pages: int


def clean_pdf(name: str, content: bytes, *, max_pages: int) -> Pdf:
    """The PDF, byte for byte if nothing in it acts (so that signatures hold), otherwise saved anew without what does.

    One that is damaged but can be mended is saved anew as well; what no viewer opens is refused.

    Raises: PdfLocked, PdfTooLong, FileSwells, FileBroken
    """
    _check_unpacked(name, content)
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            if pdf.is_encrypted:
                raise PdfLocked(field="file", name=name)
            pages = len(pdf.pages)
            if pages > max_pages:
                raise PdfTooLong(field="file", name=name, pages=pages, max_pages=max_pages)
            kept = _saved(pdf) if _scrub_all(pdf) else content
            if shown_pages(kept) != pages:
                kept = _saved(pdf)
            if not pages or shown_pages(kept) != pages:
                raise FileBroken(field="file", name=name)
            return Pdf(kept, pages)
    except pikepdf.PasswordError:
        raise PdfLocked(field="file", name=name) from None
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, RecursionError, RuntimeError):
        raise FileBroken(field="file", name=name) from None


def _check_unpacked(name: str, content: bytes) -> None:
    """Count what the deflated streams unpack to, without keeping it.

    Raises: FileSwells
    """
    left = MAX_UNPACKED
    for number, match in enumerate(_STREAM.finditer(content)):
        if number > MAX_STREAMS:
            raise FileSwells(field="file", name=name)
        for size in _unpacked_sizes(memoryview(content)[match.end() :]):
            left -= size
            if left < 0:
                raise FileSwells(field="file", name=name)
    if _TWICE.search(content):
        raise FileSwells(field="file", name=name)


def _unpacked_sizes(data: memoryview) -> Iterator[int]:
    unpack = zlib.decompressobj()
    piece, at = b"", 0
    while not unpack.eof and (piece or at < len(data)):
        piece, at = (piece, at) if piece else (bytes(data[at : at + 65536]), at + 65536)
        try:
            out = unpack.decompress(piece, 1 << 20)
        except zlib.error:
            return
        piece = unpack.unconsumed_tail
        yield len(out)


def _saved(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _scrub_all(pdf: pikepdf.Pdf) -> int:
    return _scrub(pdf.trailer.Root, 0) + sum(_scrub(thing, 0) for thing in list(pdf.objects))


def _scrub(thing: Any, depth: int) -> int:
    """Take out what acts, here and in everything that lies directly inside; returns how many things went."""
    if depth > _DEEPEST:
        raise ValueError("nested too deeply")
    if isinstance(thing, pikepdf.Stream):
        return _scrub(thing.stream_dict, depth)
    if isinstance(thing, pikepdf.Dictionary):
        gone = _disarm(thing)
        return gone + sum(_scrub(value, depth + 1) for _, value in thing.items() if not _is_elsewhere(value))
    if isinstance(thing, pikepdf.Array):
        return sum(_scrub(value, depth + 1) for value in list(thing) if not _is_elsewhere(value))
    return 0


def _is_elsewhere(value: Any) -> bool:
    return not isinstance(value, pikepdf.Object) or value.is_indirect


def _disarm(thing: pikepdf.Dictionary) -> int:
    keys = [key for key in _ACTIVE if key in thing]
    if _is_foreign(thing) or _is_action(thing):
        keys += [key for key in ("/S", "/A", "/FS", "/F", "/Subtype", "/Next") if key in thing]
    for key in keys:
        del thing[key]
    return len(keys)


def _is_action(thing: pikepdf.Dictionary) -> bool:
    """An action that is more than a way to a place. ``/S`` has other meanings too, so the known ones are named."""
    kind = str(thing.get("/S", ""))
    is_named_action = str(thing.get("/Type", "")) == "/Action" and kind not in _HARMLESS
    return is_named_action or kind in {
        "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition", "/Movie", "/Sound",
        "/Named", "/Hide", "/ResetForm", "/RichMediaExecute", "/Trans", "/GoTo3DView", "/Thread",
    }  # fmt: skip


def _is_foreign(thing: pikepdf.Dictionary) -> bool:
    return str(thing.get("/Subtype", "")) in _FOREIGN
