"""Reading files and letters. The caller has checked the right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings

from yimen.documents.errors import WrongLetterNumber
from yimen.documents.models import File, Letter
from yimen.documents.rules import normal_number, page_as_png, storage_place
from yimen.documents.terms import LetterFacts, LetterKind
from yimen.kernel.errors import NotFound
from yimen.kernel.ids import is_checked


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A stored file, ready to be read."""

    name: str
    media_type: str
    path: Path


@dataclass(frozen=True, slots=True)
class FileRow:
    """What is known of a stored file."""

    id: UUID
    kind: str
    name: str
    media_type: str
    size: int
    pages: int
    sha256_hex: str
    #: ``kind:id`` of the hand that gave it.
    given_by: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter as the check page and the register see it. ``sha256_hex`` is empty until it was first set."""

    id: UUID
    kind: LetterKind
    number: str
    subject_kind: str
    subject_no: str
    facts: LetterFacts
    drawn_up_at: datetime
    sha256_hex: str


def open_file(file_id: UUID) -> OpenFile:
    """Name, type and place of a stored file.

    Raises: NotFound
    """
    file = _file(file_id)
    return OpenFile(name=file.name, media_type=file.media_type, path=_place(file))


def page_png(file_id: UUID, page: int) -> bytes:
    """A page of a stored file, from 1, as PNG for the viewer; 1,600 pixels at most.

    Raises: NotFound, PageNotFound
    """
    file = _file(file_id)
    return page_as_png(_place(file), file.media_type, page)


def file_rows(ids: Iterable[UUID]) -> list[FileRow]:
    """The files with these keys, oldest first; unknown keys are passed over. One query."""
    return [_row(file) for file in File.objects.filter(pk__in=list(ids)).order_by("created_at", "id")]


def find_letter(number: str) -> LetterRow | None:
    """The letter with this number, typed with or without spaces and dashes. None if we never wrote it.

    Raises: WrongLetterNumber when its check character is wrong
    """
    normal = normal_number(number)[:40]
    if not normal.isascii() or not is_checked(normal):
        raise WrongLetterNumber(field="number", number=number[:40])
    letter = Letter.objects.select_related("file").filter(number=normal).first()
    return _letter_row(letter) if letter else None


def _file(file_id: UUID) -> File:
    file = File.objects.filter(pk=file_id).first()
    if file is None:
        raise NotFound
    return file


def _place(file: File) -> Path:
    return storage_place(settings.DATA_DIR, bytes(file.sha256))


def _row(file: File) -> FileRow:
    return FileRow(
        id=file.id,
        kind=file.kind,
        name=file.name,
        media_type=file.media_type,
        size=file.size,
        pages=file.pages,
        sha256_hex=bytes(file.sha256).hex(),
        given_by=file.given_by,
        created_at=file.created_at,
    )


def _letter_row(letter: Letter) -> LetterRow:
    return LetterRow(
        id=letter.id,
        kind=LetterKind(letter.kind),
        number=letter.number,
        subject_kind=letter.subject_kind,
        subject_no=letter.subject_no,
        facts=LetterFacts.model_validate(letter.facts),
        drawn_up_at=letter.drawn_up_at,
        sha256_hex=bytes(letter.file.sha256).hex() if letter.file else "",
    )
