"""What the first page shows: life events with counts, what is done most, the halls and whether they are open now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from importlib import import_module
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yimen.catalogue.terms import LifeEvent
from yimen.kernel import clock
from yimen.places.terms import Tier
from yimen.ui.formats import named, reader
from yimen.ui.links import url_or_none

#: How many halls and items stand on the first page.
HALLS, ITEMS = 4, 6


@dataclass(frozen=True, slots=True)
class Door:
    """A door of the first page: a turn of life, in the words people use."""

    icon: str
    name: str | Promise
    words: str | Promise
    url: str


@dataclass(frozen=True, slots=True)
class Hall:
    """A centre and whether its door is open."""

    name: str
    address: str
    url: str | None
    phone: str
    today: list[tuple[time, time]]
    is_open: bool
    closes: time | None


#: The drawing and the words under each turn of life.
_DOORS: dict[LifeEvent, tuple[str, str | Promise]] = {
    LifeEvent.BIRTH: ("baby", _("birth registration, household entry, medical care for children")),
    LifeEvent.SCHOOL: ("school", _("school places, changing schools, grants")),
    LifeEvent.WORK: ("briefcase", _("employment registration, social security, work permit")),
    LifeEvent.FAMILY: ("rings", _("marriage, moving the household, family planning")),
    LifeEvent.HOUSING: ("home", _("filing rental contracts, residence permit, housing fund")),
    LifeEvent.BUSINESS: ("shop", _("business licence, seals, food licence")),
    LifeEvent.OLD_AGE: ("elder", _("pension, allowance for the aged, senior card")),
    LifeEvent.DEATH: ("plant", _("registering a death, closing the household entry, help for survivors")),
    LifeEvent.RESIDENCE: ("globe", _("registering where you live, residence permit, moving in")),
    LifeEvent.HEALTH: ("heart", _("medical insurance, care, disability card")),
    LifeEvent.BUILDING: ("plan", _("permits for building, renovating, signs")),
    LifeEvent.TECHNOLOGY: ("chart", _("funding, recognition, talents")),
}
#: Who lives here with a Chinese household, and who came from abroad, look for other doors first.
_AT_HOME = ("birth", "school", "work", "family", "housing", "business", "old_age", "death")
_FROM_ABROAD = ("residence", "work", "business", "housing", "family", "birth", "school", "health")


def home_page() -> dict[str, object]:
    """Values for the first page."""
    return {
        "doors": _doors(),
        "halls": _halls(),
        "lists": _most_used(),
        "item_count": 0,
        "items_url": url_or_none("catalogue-items"),
        "centres_url": url_or_none("places-centres"),
        "check_url": url_or_none("cases-check"),
    }


def _doors() -> list[Door]:
    """Eight turns of life, the ones that the reader most likely looks for."""
    items = url_or_none("catalogue-items")
    if items is None:
        return []
    order = _AT_HOME if reader() == "zh-hans" else _FROM_ABROAD
    return [
        Door(*_DOORS[event][:1], event.label, _DOORS[event][1], f"{items}?event={event}")
        for event in map(LifeEvent, order)
    ]


def _most_used() -> list[tuple[str | Promise, list[tuple[str, str, str]]]]:
    """Two lists, for people and for firms: (name, address, fact)."""
    return []


def _halls() -> list[Hall]:
    """The district's hall and the first of the streets'."""
    try:
        places = import_module("yimen.places.queries")
    except ImportError:
        return []
    rows = [*places.centres(tier=Tier.DISTRICT), *places.centres(tier=Tier.STREET)][:HALLS]
    return [_hall(places, row) for row in rows]


def _hall(places: Any, row: Any) -> Hall:
    now = clock.now()
    today = places.opening_intervals(row.id, clock.local_date(now))
    is_open = places.is_open(row.id, now)
    return Hall(
        name=named(row),
        address=row.addresses.get(reader()) or row.address,
        url=url_or_none("places-centre", code=row.code),
        phone=row.phone,
        today=today,
        is_open=is_open,
        closes=next((closes for opens, closes in today if opens <= clock.local(now).time() < closes), None),
    )
