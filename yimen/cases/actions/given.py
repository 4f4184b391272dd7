"""What is handed in for a line of the checklist: files and paper, and whose the files are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, cast
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile

from yimen.cases.terms import Way
from yimen.documents.actions import store_upload
from yimen.documents.queries import file_rows
from yimen.documents.terms import FileKind
from yimen.kernel.actors import Actor
from yimen.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that is being handed in: its name as given, and its bytes."""

    name: str
    content: BinaryIO

    @classmethod
    def of(cls, upload: UploadedFile[bytes]) -> Upload:
        """The upload of a request."""
        return cls(upload.name or "", cast("BinaryIO", upload.file))


@dataclass(frozen=True, slots=True)
class GivenMaterial:
    """What was given for one line: keys of stored files, new uploads, or the word that paper comes."""

    way: Way = Way.NONE
    files: tuple[UUID, ...] = ()
    uploads: tuple[Upload, ...] = ()
    copies: int = 0

    @property
    def has_files(self) -> bool:
        """Whether anything electronic was given."""
        return bool(self.files or self.uploads)


def stored(given: GivenMaterial, *, by: Actor, kind: FileKind, subject_id: UUID, now: datetime) -> tuple[UUID, ...]:
    """Keys of every file of the line, after the new uploads have been checked and stored in the current transaction."""
    new = (
        store_upload(
            by=by,
            name=one.name,
            content=one.content,
            kind=kind,
            subject_kind="case",
            subject_id=str(subject_id),
            now=now,
        ).id
        for one in given.uploads
    )
    return (*given.files, *new)


def check_files(by: Actor, materials: Mapping[str, GivenMaterial]) -> None:
    """The files were given by the hand that files them now; anybody else's are as good as absent.

    Raises: NotFound
    """
    wanted = [file_id for given in materials.values() for file_id in given.files]
    owned = {row.id for row in file_rows(wanted) if row.given_by == f"{by.kind}:{by.id}"} if wanted else set()
    if set(wanted) - owned:
        raise NotFound
