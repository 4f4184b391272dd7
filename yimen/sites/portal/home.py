"""What the first page shows: life events with counts, what is done most, the halls and whether they are open now."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yimen.calendar.terms import Unit
from yimen.catalogue import queries as catalogue
from yimen.catalogue.terms import LifeEvent
from yimen.kernel import clock
from yimen.places import queries as places
from yimen.places.terms import Tier
from yimen.ui.formats import reader
from yimen.ui.links import url_or_none

#: How many doors, items of each list and halls stand on the first page.
DOORS, ITEMS, HALLS = 8, 6, 4


@dataclass(frozen=True, slots=True)
class Door:
    """A door of the first page: a life event, in the words people use."""

    icon: str
    words: str | Promise
    name: str | Promise
    url: str


@dataclass(frozen=True, slots=True)
class ItemLink:
    """An item in a list of the first page."""

    name: str
    url: str
    fact: str


@dataclass(frozen=True, slots=True)
class MostUsed:
    """What one kind of reader files most."""

    heading: str | Promise
    rows: list[ItemLink]


#: The drawing and the words under each life event.
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
_AUDIENCES = ((_("People"), "person"), (_("Firms"), "organisation"))
_FROM_ABROAD = ("residence", "work", "business", "housing", "family", "birth", "school", "health")


def home_page() -> dict[str, object]:
    """Values for the first page. A dozen small queries."""
    items_url = url_or_none("catalogue-items")
    found = catalogue.counts("", reader())
    lists = [_most_used(items_url, heading, audience) for heading, audience in _AUDIENCES]
    return {
        "doors": _doors(items_url, {one.key: one.count for one in found.life_events}),
        "lists": [one for one in lists if one.rows],
        "hot": [one for listed in lists for one in listed.rows[:2]],
        "item_count": found.total,
        "halls": _halls(),
        "items_url": items_url,
        "centres_url": url_or_none("places-centres"),
        "check_url": url_or_none("cases-check"),
    }


def _doors(items_url: str | None, counts: dict[str, int]) -> list[Door]:
    """The turns of life behind which there are items, at most eight, the likeliest for this reader first."""
    order = _AT_HOME if reader() == "zh-hans" else _FROM_ABROAD
    events = [*map(LifeEvent, order), *(event for event in LifeEvent if event not in order)]
    return [
        Door(*_DOORS[event], event.label, f"{items_url}?life_event={event}")
        for event in events
        if items_url and counts.get(event)
    ][:DOORS]


def _most_used(items_url: str | None, heading: str | Promise, audience: str) -> MostUsed:
    lines = catalogue.popular(catalogue.Narrowing(audience=audience), reader(), ITEMS) if items_url else []
    rows = [
        ItemLink(line.plain_name or line.name, url_or_none("catalogue-guide", code=line.code) or "", _fact(line))
        for line in lines
    ]
    return MostUsed(heading, rows)


def _fact(line: catalogue.ItemLine) -> str:
    """``网上办 · 3 个工作日``: how it is done and how long it takes."""
    way = gettext("online") if line.file_online else gettext("at a window")
    if line.promised_count is None:
        return way
    if line.promised_count == 0:
        return f"{way} · {gettext('at once')}"
    return f"{way} · {line.promised_count} {Unit(line.promised_unit).label}"


def _halls() -> list[places.CentreLine]:
    """The district's hall and the first of the streets', open or closed as of now. Four queries."""
    rows = [*places.centres(tier=Tier.DISTRICT), *places.centres(tier=Tier.STREET)][:HALLS]
    times = places.opening_times_of([row.id for row in rows])
    return [places.line_of(row, times[row.id], clock.now()) for row in rows]
