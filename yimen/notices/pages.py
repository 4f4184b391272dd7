"""Messages in My space, and the demo's inbox of whatever left the house."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yimen.channels.queries import demo_deliveries
from yimen.channels.terms import Channel
from yimen.identity.guards import ResidentRequest, public_page, resident_page
from yimen.kernel import clock
from yimen.kernel.errors import NotFound
from yimen.notices.actions import mark_read
from yimen.notices.queries import inbox, notice_row, unread

#: The longest number or address that is looked for in the demo's inbox.
LONGEST_SEARCH = 100


@require_safe
@resident_page
def show_inbox(request: ResidentRequest) -> HttpResponse:
    """What was written to the resident, newest first, a page at a time."""
    page = inbox(request.resident.user_id, _key(request.GET.get("before", "")))
    return render(request, "notices/inbox.html", {"page": page, "unread": unread(request.resident.user_id)})


@require_safe
@resident_page
def show_notice(request: ResidentRequest, notice_id: UUID) -> HttpResponse:
    """One notice with the proof of sending; opening it is reading it.

    Raises: NotFound
    """
    user_id = request.resident.user_id
    notice = notice_row(user_id, notice_id)
    if notice is None:
        raise NotFound
    if request.method == "GET" and notice.read_at is None:
        mark_read(by=user_id, notice_id=notice_id, now=clock.now())
    return render(request, "notices/notice.html", {"notice": notice})


@require_safe
@public_page
def show_demo_inbox(request: HttpRequest) -> HttpResponse:
    """The SMS and mails that the demo gateway received. The people are invented, and so are their numbers.

    Raises: NotFound
    """
    if not settings.DEMO:
        raise NotFound
    wanted = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    deliveries = demo_deliveries(address=wanted)
    return render(request, "notices/demo_inbox.html", {"deliveries": deliveries, "wanted": wanted, "sms": Channel.SMS})


def _key(text: str) -> UUID | None:
    """The bookmark of an address; a broken one opens the first page."""
    try:
        return UUID(text)
    except ValueError:
        return None
