"""What the channels do: take words in with the change they tell of, and carry them out afterwards."""

from __future__ import annotations

from datetime import datetime

from yimen.channels.models import Message
from yimen.channels.terms import Channel


def send(
    *,
    channel: Channel,
    address: str,
    title: str,
    text: str,
    subject_kind: str = "",
    subject_no: str = "",
    is_secret: bool = False,
    now: datetime,
) -> Message:
    """Put the words into the queue, in the caller's transaction. One statement; the worker carries them out.

    ``title`` is the subject of a mail and is not sent by SMS. Secret words (a code) are forgotten
    as soon as they have been sent or given up.
    """
    return Message.objects.create(
        channel=channel,
        address=address,
        title=title,
        text=text,
        subject_kind=subject_kind,
        subject_no=subject_no,
        is_secret=is_secret,
        created_at=now,
    )
