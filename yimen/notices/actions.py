"""What notices do: write to a person once, and remember that it was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils import translation

from yimen.channels.actions import send
from yimen.channels.terms import Channel
from yimen.kernel.actors import Actor
from yimen.ledger.actions import write_line
from yimen.notices.errors import NoTemplate
from yimen.notices.models import Notice, Template
from yimen.notices.rules import best_language, check_places, fill_in, in_one_line, languages_to_try, without_secrets
from yimen.notices.terms import NOTICE, Occasion
from yimen.ui.formats import full_day


@transaction.atomic
def send_notice(
    *,
    occasion: Occasion,
    key: str,
    facts: Mapping[str, str],
    language: str,
    user_id: int | None = None,
    phone: str = "",
    email: str = "",
    subject_kind: str = "",
    subject_no: str = "",
    now: datetime,
) -> Notice | None:
    """Write to one person: into their inbox when they have an account, to the telephone, to the mail address.

    May run twice: the same ``key`` writes once, and the second time returns None. Where the reader's language has no
    words, Chinese is taken. Five statements at most.

    Raises NoTemplate and FactMissing, which are bugs.
    """
    words = _template(occasion, language)
    kept = _compose(words, without_secrets(facts))
    notice, is_new = Notice.objects.get_or_create(
        key=key,
        defaults={
            "user_id": user_id,
            "occasion": occasion,
            "language": words.language,
            "title": kept.title[:120],
            "text": kept.text,
            "subject_kind": subject_kind,
            "subject_no": subject_no,
            "created_at": now,
        },
    )
    if not is_new:
        return None
    letter = _compose(words, facts)
    _carry(notice, letter, is_secret=letter != kept, phone=phone, email=email)
    return notice


@dataclass(frozen=True, slots=True)
class Letter:
    """The words as they go out."""

    title: str
    text: str
    sms: str


def _compose(words: Template, facts: Mapping[str, str]) -> Letter:
    """The words filled with the facts; days in the language of the words."""
    with translation.override(words.language):
        said = {name: _in_words(fact) for name, fact in facts.items()}
    sms = in_one_line(fill_in(words.sms, said), words.language)
    return Letter(title=fill_in(words.title, said), text=fill_in(words.text, said), sms=sms)


def _in_words(fact: str) -> str:
    """``2016-10-19`` as people write it; everything else as it is."""
    try:
        return full_day(date.fromisoformat(fact)) if len(fact) == len("2016-10-19") else fact
    except ValueError:
        return fact


def _template(occasion: Occasion, language: str) -> Template:
    """The words in the best language there is. One query."""
    found = Template.objects.filter(occasion=occasion, language__in=languages_to_try(language))
    by_language = {template.language: template for template in found}
    best = best_language(language, by_language)
    if best is None:
        raise NoTemplate(f"there is no template for {occasion}")
    return by_language[best]


def _carry(notice: Notice, letter: Letter, *, is_secret: bool, phone: str, email: str) -> None:
    """Hand the words to the channels for which there is an address."""
    carry = partial(send, subject_kind=NOTICE, subject_no=str(notice.id), is_secret=is_secret, now=notice.created_at)
    if phone and letter.sms:
        carry(channel=Channel.SMS, address=phone, title="", text=letter.sms)
    if email:
        carry(channel=Channel.MAIL, address=email, title=letter.title, text=letter.text)


@transaction.atomic
def mark_read(*, by: int, notice_id: UUID, now: datetime) -> bool:
    """Remember that the person opened the notice. Only the first time counts; a stranger's notice is left alone."""
    unread = Notice.objects.filter(pk=notice_id, user_id=by, read_at=None)
    return unread.update(read_at=now) == 1


@transaction.atomic
def edit_template(
    *, by: Actor, occasion: Occasion, language: str, title: str, text: str, sms: str, now: datetime
) -> Template:
    """Put other words for an occasion into use, and write into the ledger who did.

    Raises FactMissing for places that the occasion cannot fill.
    """
    for words in (title, text, sms):
        check_places(occasion, words)
    template = Template.objects.select_for_update().get(occasion=occasion, language=language)
    template.title, template.text, template.sms = title, text, sms
    template.save(update_fields=["title", "text", "sms"])
    facts = {"title": title, "text": text, "sms": sms}
    write_line(chain=f"notices:{occasion}.{language}", by=by, verb="edit_template", facts=facts, now=now)
    return template
