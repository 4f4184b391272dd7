"""What people have been written, and the proof that it went out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from yimen.channels.queries import ProofRow, proofs
from yimen.notices.models import Notice
from yimen.notices.terms import NOTICE, Occasion

#: How many notices stand on a page.
PAGE = 20
#: Counting stops here: nobody reads a larger number.
MANY = 99


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One notice as its reader sees it."""

    id: UUID
    occasion: Occasion
    language: str
    title: str
    text: str
    subject_kind: str
    subject_no: str
    created_at: datetime
    read_at: datetime | None
    #: What went to a telephone or a mail address, with the address masked.
    proofs: tuple[ProofRow, ...]


@dataclass(frozen=True, slots=True)
class InboxPage:
    """Notices, newest first; ``older`` is the key that the next page begins after, None on the last one."""

    rows: list[NoticeRow]
    older: UUID | None


def inbox(user_id: int, before: UUID | None = None, *, limit: int = PAGE) -> InboxPage:
    """What was written to this account, newest first, older than the notice ``before``. Two queries.

    Keys of notices grow with time, so that they are the order and the bookmark at once.
    """
    found = Notice.objects.filter(user_id=user_id).order_by("-id")
    if before:
        found = found.filter(id__lt=before)
    rows = _rows(found[: limit + 1])
    return InboxPage(rows=rows[:limit], older=rows[limit - 1].id if len(rows) > limit else None)


def notice_row(user_id: int, notice_id: UUID) -> NoticeRow | None:
    """One notice of this account; None if there is none or it is somebody else's. Two queries."""
    return next(iter(_rows(Notice.objects.filter(user_id=user_id, pk=notice_id))), None)


def unread(user_id: int) -> int:
    """How many notices this account has not opened; counted up to ``MANY`` only. One query."""
    return Notice.objects.filter(user_id=user_id, read_at=None)[:MANY].count()


def notices_about(subject_kind: str, subject_no: str) -> list[NoticeRow]:
    """What was written about a case, in order, with the proofs: for its own page and for the desk. Two queries."""
    return _rows(Notice.objects.filter(subject_kind=subject_kind, subject_no=subject_no).order_by("id")[:200])


def _rows(found: QuerySet[Notice]) -> list[NoticeRow]:
    notices = list(found)
    by_notice: dict[str, list[ProofRow]] = {str(notice.id): [] for notice in notices}
    for proof in proofs(NOTICE, list(by_notice)) if notices else []:
        by_notice[proof.subject_no].append(proof)
    return [
        NoticeRow(
            id=notice.id,
            occasion=Occasion(notice.occasion),
            language=notice.language,
            title=notice.title,
            text=notice.text,
            subject_kind=notice.subject_kind,
            subject_no=notice.subject_no,
            created_at=notice.created_at,
            read_at=notice.read_at,
            proofs=tuple(by_notice[str(notice.id)]),
        )
        for notice in notices
    ]
