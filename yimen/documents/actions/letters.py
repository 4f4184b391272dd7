"""Official letters: the facts are fixed with the act; the page is set once, when first asked for, and then kept."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from yimen.documents.actions.store import keep
from yimen.documents.models import File, Letter
from yimen.documents.rules import Clean, letter_number
from yimen.documents.rules.typesetting import typeset
from yimen.documents.terms import FileKind, LetterFacts, LetterKind
from yimen.kernel import clock
from yimen.kernel.actors import SYSTEM
from yimen.kernel.errors import NotFound
from yimen.kernel.questions import Question


def draw_up(
    *, kind: LetterKind, subject_kind: str, subject_no: str, facts: LetterFacts, language: str, now: datetime
) -> Letter:
    """Fix what the letter says and give it its number, in the transaction of the act. Two statements; no PDF yet."""
    letter = letter_row(
        kind=kind,
        serial=next_serial().answer(),
        subject_kind=subject_kind,
        subject_no=subject_no,
        facts=facts,
        language=language,
        now=now,
    )
    letter.save(force_insert=True)
    return letter


def letter_row(
    *,
    kind: LetterKind,
    serial: int,
    subject_kind: str,
    subject_no: str,
    facts: LetterFacts,
    language: str,
    now: datetime,
) -> Letter:
    """The letter as a row, not yet written: for an act that sends all it writes in one pipeline."""
    return Letter(
        kind=kind,
        number=letter_number(kind, clock.local_date(now), serial),
        subject_kind=subject_kind,
        subject_no=subject_no,
        language=language,
        facts=facts.model_dump(mode="json", exclude_defaults=True, exclude={"pin"}),
        pin=facts.pin,
        drawn_up_at=now,
    )


def next_serial() -> Question[int]:
    """A number for a letter; numbers that are not used leave gaps."""
    return Question("SELECT nextval('documents_letter_number')", (), lambda rows: int(rows[0][0]))


@transaction.atomic
def set_letter(*, letter_id: UUID, now: datetime) -> File:
    """The letter as PDF/A, set on first asking. May run twice and at once: it is set one time, and stays byte for byte.

    Raises: NotFound, GlyphMissing, NoRoom
    """
    letter = Letter.objects.select_for_update(of=("self",)).select_related("file").filter(pk=letter_id).first()
    if letter is None:
        raise NotFound
    if letter.file is None:
        letter.file = _set(letter, now)
        letter.save(update_fields=["file"])
    return letter.file


def _set(letter: Letter, now: datetime) -> File:
    page = typeset(
        kind=LetterKind(letter.kind),
        number=letter.number,
        facts=LetterFacts.model_validate({**letter.facts, "pin": letter.pin}),
        language=letter.language,
        drawn_up_at=letter.drawn_up_at,
        check_url=f"{settings.BASE_URL}/verify/{letter.number}/",
        is_demo=settings.DEMO,
    )
    kept = Clean(name=f"{letter.number}.pdf", media_type="application/pdf", content=page.content, pages=page.pages)
    return keep(
        kept, by=SYSTEM, kind=FileKind.LETTER, subject_kind=letter.subject_kind, subject_id=letter.subject_no, now=now
    )
