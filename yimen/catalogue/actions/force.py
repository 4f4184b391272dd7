"""Putting versions in force: the old one is replaced, search and service points follow, ledger and news tell of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from yimen.catalogue.events import VersionPublished
from yimen.catalogue.models import Item, ItemText, ItemVersion, ServicePoint
from yimen.catalogue.rules import wordings
from yimen.catalogue.terms import ItemData, VersionState
from yimen.kernel.actors import Actor
from yimen.kernel.events import event_row
from yimen.kernel.writes import Writes
from yimen.ledger.actions import write_line
from yimen.places.queries import centres


@dataclass(frozen=True, slots=True)
class Coming:
    """A complete version that is to be in force, with what is known of its item."""

    item: Item
    version: ItemVersion
    data: ItemData
    agency_name: str
    region_path: str


def put_in_force(coming: Sequence[Coming], *, by: Actor, now: datetime) -> None:
    """Make the versions, which are stored and not published yet, the ones in force.

    A fixed number of statements and one ledger line each. The caller holds the rows of the items.
    """
    if not coming:
        return
    items = [one.item for one in coming]
    ItemVersion.objects.filter(item__in=items, state__in=[VersionState.PUBLISHED, VersionState.SUSPENDED]).update(
        state=VersionState.REPLACED
    )
    for one in coming:
        one.version.state, one.version.published_at = VersionState.PUBLISHED, now
        one.version.published_by = by.label[:40]
        one.version.gaps = []
        one.item.current = one.version
    fields = ["state", "published_at", "published_by", "gaps"]
    ItemVersion.objects.bulk_update([one.version for one in coming], fields)
    Item.objects.bulk_update(items, ["current"])
    write_texts(coming)
    _write_points(coming)
    news = Writes()
    news.insert([event_row(VersionPublished(one.item.code, one.version.number)) for one in coming])
    news.send()
    for one in coming:
        facts = {"version": one.version.number, "digest": one.version.digest, "drafted_by": one.version.drafted_by}
        write_line(chain=f"item:{one.item.code}", by=by, verb="publish", facts=facts, now=now)


def write_texts(coming: Sequence[Coming]) -> None:
    """What search looks through, anew. Two statements."""
    ItemText.objects.filter(item__in=[one.item for one in coming]).delete()
    ItemText.objects.bulk_create(
        ItemText(item=one.item, language=words.language, name=words.name[:200], rest=words.rest, tokens=words.tokens)
        for one in coming
        for words in wordings(one.data, one.agency_name)
    )


def _write_points(coming: Sequence[Coming]) -> None:
    """Every centre that the content names, by tier inside the item's region or by code."""
    ServicePoint.objects.filter(item__in=[one.item for one in coming]).delete()
    found: dict[tuple[str, str], set[int]] = {}
    rows = [
        ServicePoint(item=one.item, centre_id=centre_id)
        for one in coming
        for centre_id in sorted(_centres_of(one, found))
    ]
    ServicePoint.objects.bulk_create(rows)


def _centres_of(one: Coming, found: dict[tuple[str, str], set[int]]) -> set[int]:
    """``found`` keeps what was asked before: a hundred items of one region ask once."""
    named = one.data.content.service_points
    keys: set[int] = set()
    for tier in named.tiers:
        key = (tier, one.region_path)
        if key not in found:
            found[key] = {centre.id for centre in centres(tier=tier, region_path=one.region_path)}
        keys |= found[key]
    if named.centres:
        keys |= {centre.id for centre in centres() if centre.code in named.centres}
    return keys
