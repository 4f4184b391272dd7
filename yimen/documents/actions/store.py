"""Taking files in: the bytes first, safely on disk under their hash; then the row."""

from __future__ import annotations

import errno
import os
import tempfile
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from yimen.documents.errors import NoRoom
from yimen.documents.models import File
from yimen.documents.rules import Clean, Limits, clean, storage_place
from yimen.documents.terms import FileKind
from yimen.kernel.actors import Actor


def store_upload(
    *,
    by: Actor,
    name: str,
    content: BinaryIO,
    kind: FileKind = FileKind.UPLOAD,
    subject_kind: str = "",
    subject_id: str = "",
    now: datetime,
) -> File:
    """Take a file in: check it by its content, keep what is clean of it. Reads no more than the limit and a byte.

    Raises: FileNotAccepted (its subclasses say why), NoRoom
    """
    limits = Limits(settings.MAX_UPLOAD_MB, settings.MAX_PICTURE_MEGAPIXELS, settings.MAX_PDF_PAGES)
    kept = clean(name, content.read(limits.max_mb * 1024 * 1024 + 1), limits)
    return keep(kept, by=by, kind=kind, subject_kind=subject_kind, subject_id=subject_id, now=now)


def keep(kept: Clean, *, by: Actor, kind: FileKind, subject_kind: str, subject_id: str, now: datetime) -> File:
    """Put bytes on disk and their row into the table.

    Raises: NoRoom
    """
    digest = sha256(kept.content).digest()
    _write(storage_place(settings.DATA_DIR, digest), kept.content)
    return File.objects.create(
        kind=kind,
        name=kept.name,
        media_type=kept.media_type,
        size=len(kept.content),
        sha256=digest,
        pages=kept.pages,
        subject_kind=subject_kind,
        subject_id=subject_id,
        given_by=f"{by.kind}:{by.id}",
        created_at=now,
    )


def _write(place: Path, content: bytes) -> None:
    """All of it or nothing, and on the disk before the row is written. The same bytes lie there once only."""
    if place.exists():
        return
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=place.parent, prefix=".", delete=False) as file:
            try:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
                Path(file.name).rename(place)
            except OSError:
                Path(file.name).unlink(missing_ok=True)
                raise
        _settle(place.parent)
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise NoRoom from None
        raise


def _settle(folder: Path) -> None:
    """Make the new name in the folder survive a loss of power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
