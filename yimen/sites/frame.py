"""What every page's frame needs to know: who runs this hall, who is looking, in which language, where one can go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, time
from time import monotonic
from typing import TypeVar, cast

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yimen.identity.terms import Duty
from yimen.kernel import clock
from yimen.places import queries as places
from yimen.places.errors import InstitutionMissing
from yimen.places.terms import Tier
from yimen.ui.formats import intervals, reader, weekday
from yimen.ui.links import url_or_none

ELDER_COOKIE = "yimen_elder"
T = TypeVar("T")
_KEPT: dict[str, tuple[float, object]] = {}


@dataclass(frozen=True, slots=True)
class Entry:
    """A link of the frame."""

    label: str | Promise
    url: str
    is_current: bool = False
    #: Which of the desk's counts stands beside it.
    count_of: str = ""


@dataclass(frozen=True, slots=True)
class InstitutionInFrame:
    """Who runs this hall, in the reader's language."""

    name: str
    hotline: str
    sponsor: str


#: Portal: what it is called, the name of its address. What has no address is not shown.
_PORTAL = (
    (_("Home"), "home"),
    (_("For people"), "catalogue-personal"),
    (_("For business"), "catalogue-business"),
    (_("Service centres"), "places-centres"),
    (_("Check my case"), "cases-check"),
    (_("My space"), "identity-my"),
)
#: Desk: what it is called, its address, the duties that open it (none: every officer), the key of its count.
_DESK: tuple[tuple[str | Promise, str, frozenset[Duty], str], ...] = (
    (_("Desk home"), "desk-home", frozenset(), ""),
    (_("Window"), "cases-counter", frozenset({Duty.ACCEPT}), "counter"),
    (_("Tasks"), "cases-tasks", frozenset({Duty.REVIEW, Duty.SURVEY, Duty.DECIDE}), "tasks"),
    (_("Issuing"), "cases-issuing", frozenset({Duty.ISSUE}), "issuing"),
    (_("Paper on its way"), "cases-bags", frozenset({Duty.ACCEPT, Duty.REVIEW, Duty.SURVEY, Duty.DECIDE}), "bags"),
    (_("Items"), "catalogue-desk", frozenset({Duty.MANAGE_ITEMS, Duty.AUDIT_ITEMS}), ""),
    (_("Calendar"), "calendar-desk", frozenset({Duty.ADMINISTER}), ""),
)
_FOOT = (
    (_("All items"), "catalogue-items"),
    (_("Halls and windows"), "places-centres"),
    (_("Is this paper genuine?"), "documents-check"),
    (_("Interfaces for other systems"), "api-docs"),
)


def frame(request: HttpRequest) -> dict[str, object]:
    """Values for the base templates; whatever costs a query is asked for when it is shown."""
    user = getattr(request, "user", None)
    return {
        "institution": SimpleLazyObject(lambda: _kept("institution", institution)),
        "opening_week": SimpleLazyObject(lambda: _kept("opening week", _opening_week)),
        "frame_language": "zh-Hans" if reader() == "zh-hans" else reader(),
        "frame_languages": settings.LANGUAGES,
        "elder": request.COOKIES.get(ELDER_COOKIE) == "1" and not request.path.startswith("/desk/"),
        "here": request.get_full_path(),
        "signed_in": bool(user and user.is_authenticated),
        "resident": getattr(request, "resident", None),
        "officer": getattr(request, "officer", None),
        "nav": portal_entries(request),
        "desk_nav": desk_entries(request),
        "foot_links": [Entry(label, url) for label, name in _FOOT if (url := url_or_none(name))],
        "desk_url": url_or_none("desk-home") or "/desk/",
        "my_url": url_or_none("identity-my") or "/",
        "sign_in_url": url_or_none("account_login"),
        "sign_out_url": url_or_none("account_logout") if user and user.is_authenticated else None,
        "today": clock.today(),
        "now": clock.now(),
        "demo": settings.DEMO,
        "messages": get_messages(request) if hasattr(request, "_messages") else (),
        "at_desk": request.path.startswith("/desk/"),
    }


def portal_entries(request: HttpRequest) -> list[Entry]:
    """The sections of the portal that exist, the present one marked."""
    entries = []
    for label, name in _PORTAL:
        if url := url_or_none(name):
            entries.append(Entry(label, url, request.path == url if url == "/" else request.path.startswith(url)))
    return entries


def desk_entries(request: HttpRequest) -> list[Entry]:
    """The parts of the desk that this officer's duties open."""
    officer = getattr(request, "officer", None)
    entries = []
    for label, name, duties, count_of in _DESK:
        url = url_or_none(name)
        if officer and url and (not duties or duties & officer.duties):
            is_current = request.path == url if name == "desk-home" else request.path.startswith(url)
            entries.append(Entry(label, url, is_current, count_of))
    return entries


def _kept(what: str, find: Callable[[], T]) -> T:
    """What every page shows and nobody changes twice a year: found anew after ``FRAME_SECONDS``."""
    key = f"{what} {reader()}"
    found_at, value = _KEPT.get(key, (0.0, None))
    if value is None or monotonic() - found_at >= settings.FRAME_SECONDS:
        value = find()
        _KEPT[key] = (monotonic(), value)
    return cast("T", value)


def institution() -> InstitutionInFrame:
    """Who runs this hall, in the reader's language; before anybody has said so, nobody. One query."""
    try:
        row = places.institution()
    except InstitutionMissing:
        return InstitutionInFrame(name="Yimen", hotline="", sponsor="")
    return InstitutionInFrame(
        name=row.names.get(reader()) or row.name,
        hotline=row.hotline,
        sponsor=row.sponsors.get(reader()) or row.sponsor,
    )


def _opening_week() -> list[tuple[str, str]]:
    """The usual hours of the district's hall, days with the same hours in one line. Three queries."""
    found = places.centres(tier=Tier.DISTRICT)[:1]
    return grouped(places.week_of(found[0].id)) if found else []


def grouped(week: Sequence[tuple[int, Sequence[tuple[time, time]]]]) -> list[tuple[str, str]]:
    """Monday to Friday in one line where their hours are the same: ``("周一至周五", "9:00–12:00，14:00–20:00")``."""
    lines: list[tuple[list[int], Sequence[tuple[time, time]]]] = []
    for day, hours in week:
        if lines and lines[-1][1] == hours and lines[-1][0][-1] == day - 1:
            lines[-1][0].append(day)
        elif hours:
            lines.append(([day], hours))
    return [(_span(days), intervals(hours)) for days, hours in lines]


def _span(days: list[int]) -> str:
    first, last = (weekday(date(2024, 1, day)) for day in (days[0], days[-1]))
    return first if len(days) == 1 else gettext("%(first)s to %(last)s") % {"first": first, "last": last}
