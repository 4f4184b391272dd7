"""The catalogue for everybody: find an item, look around, read its guide and what changed in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.views.decorators.http import require_safe

from yimen.catalogue import actions, queries
from yimen.catalogue.forms import AUDIENCES, Looking
from yimen.catalogue.terms import LifeEvent
from yimen.kernel import clock
from yimen.kernel.actors import SYSTEM
from yimen.ui.formats import reader
from yimen.ui.links import url_or_none, with_query

#: Answers on one page, and under the search box while somebody types.
ANSWERS, SUGGESTIONS = 30, 8
#: The drawing of each life event.
_ICONS = {
    LifeEvent.BIRTH: "baby",
    LifeEvent.SCHOOL: "school",
    LifeEvent.WORK: "briefcase",
    LifeEvent.FAMILY: "rings",
    LifeEvent.HOUSING: "home",
    LifeEvent.BUSINESS: "shop",
    LifeEvent.OLD_AGE: "elder",
    LifeEvent.DEATH: "plant",
    LifeEvent.RESIDENCE: "globe",
    LifeEvent.HEALTH: "heart",
    LifeEvent.BUILDING: "plan",
    LifeEvent.TECHNOLOGY: "chart",
}


@dataclass(frozen=True, slots=True)
class Door:
    """A life event: its drawing, its name, how many items are behind it."""

    key: str
    icon: str
    name: str | Promise
    count: int


@require_safe
def items(request: HttpRequest) -> HttpResponse:
    """Answers to a question, or the list narrowed by what stands in the address."""
    looking = Looking.of(request)
    if looking.words:
        found = queries.search_items(looking.words, reader(), ANSWERS)
        if not found:
            actions.note_miss(by=SYSTEM, words=looking.words, now=clock.now())
        return render(request, "catalogue/items.html", {"looking": looking, "lines": found, "older": ""})
    page = queries.items(looking.narrowing, reader(), after=looking.after)
    values = {
        "looking": looking,
        "lines": page.lines,
        "older": with_query(request, after=page.after) if page.after else "",
        "narrowed_by": _narrowed_by(looking, request),
    }
    return render(request, "catalogue/items.html", values)


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """What may be meant, while somebody types: a fragment. Misses are not counted here."""
    words = Looking.of(request).words
    found = queries.search_items(words, reader(), SUGGESTIONS) if words else []
    return render(request, "catalogue/_suggestions.html", {"lines": found})


@require_safe
def personal(request: HttpRequest) -> HttpResponse:
    """For people: by life event, theme, department, street."""
    return _browse(request, "person")


@require_safe
def business(request: HttpRequest) -> HttpResponse:
    """For firms and other organisations, in the same ways."""
    return _browse(request, "organisation")


def _browse(request: HttpRequest, audience: str) -> HttpResponse:
    found = queries.counts(audience, reader())
    values = {
        "audience": audience,
        "title": AUDIENCES[audience],
        "counts": found,
        "doors": _doors(found.life_events),
        "popular": queries.popular(queries.Narrowing(audience=audience), reader()),
    }
    return render(request, "catalogue/browse.html", values)


@require_safe
def guide(request: HttpRequest, code: str) -> HttpResponse:
    """Everything about one item."""
    found = queries.guide(code, reader(), clock.now())
    values = {
        "guide": found,
        "item": found.version,
        "words": found.words,
        "file_url": url_or_none("cases-start", code=code) if found.can_file_online else None,
        "is_for_people": "person" in found.version.audience,
    }
    return render(request, "catalogue/guide.html", values)


@require_safe
def versions(request: HttpRequest, code: str) -> HttpResponse:
    """Every version of an item, and what one of them changed."""
    lines = queries.version_history(code)
    asked = request.GET.get("number", "")
    number = int(asked) if asked.isdecimal() and len(asked) < 6 else lines[0].number
    values = {"code": code, "lines": lines, "difference": queries.difference(code, number)}
    return render(request, "catalogue/versions.html", values)


def _doors(counted: Iterable[queries.Counted]) -> list[Door]:
    by_key = {one.key: one.count for one in counted}
    return [
        Door(event.value, _ICONS[event], event.label, by_key[event.value])
        for event in LifeEvent
        if event.value in by_key
    ]


def _narrowed_by(looking: Looking, request: HttpRequest) -> list[tuple[str | Promise, str]]:
    """What the list is narrowed to, in words, each with the address without it."""
    names = queries.names_of(looking.narrowing, reader())
    shown: list[tuple[str | Promise, str]] = []
    if looking.audience:
        shown.append((AUDIENCES[looking.audience], with_query(request, audience=None, after=None)))
    if looking.narrowing.life_event:
        name = LifeEvent(looking.narrowing.life_event).label
        shown.append((name, with_query(request, life_event=None, event=None, after=None)))
    shown += [(name, with_query(request, **{key: None, "after": None})) for key, name in names.items()]
    return shown
