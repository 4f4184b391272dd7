"""The life of a version by hand: drafted by one, checked and published by another, suspended."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yimen.catalogue.actions.bodies import Named, known_bodies
from yimen.catalogue.actions.force import Coming, put_in_force
from yimen.catalogue.actions.importing import DRAFT_FIELDS, version_from
from yimen.catalogue.errors import ItemNotFound, NotADraft, VersionIncomplete
from yimen.catalogue.events import ItemSuspended
from yimen.catalogue.models import Item, ItemText, ItemVersion
from yimen.catalogue.rules import check_maker, gaps_of
from yimen.catalogue.terms import ItemData, VersionState
from yimen.kernel.actors import Actor
from yimen.kernel.events import publish
from yimen.ledger.actions import write_line


@transaction.atomic
def draft_version(*, by: Actor, data: ItemData, now: datetime) -> ItemVersion:
    """Write down what the next version of an item would say: the open draft changes, or a new one begins.

    Raises: AgencyUnknown, RegionUnknown
    """
    named = Named(data.agency, "", data.region, "")
    bodies = known_bodies([named], by=by, now=now)
    bodies.check(named)
    place = {"agency_id": bodies.agencies[data.agency][0], "region_id": bodies.regions[data.region][0]}
    item, _ = Item.objects.select_for_update().get_or_create(
        code=data.code, defaults={**place, "catalog_code": data.catalog_code, "created_at": now}
    )
    before = ItemVersion.objects.filter(item=item).order_by("-number").first()
    row = version_from(data, item, before, maker=by.label, now=now)
    row.save(update_fields=DRAFT_FIELDS if row.pk else None)
    return row


@transaction.atomic
def send_to_review(*, by: Actor, version_id: int, now: datetime) -> ItemVersion:
    """Hand a complete draft to whoever checks it. Raises: NotADraft, VersionIncomplete."""
    row = _locked(version_id)
    if row.state != VersionState.DRAFT:
        raise NotADraft
    _check_complete(row)
    row.state = VersionState.IN_REVIEW
    row.save(update_fields=["state"])
    write_line(chain=f"item:{row.item.code}", by=by, verb="review", facts={"version": row.number}, now=now)
    return row


@transaction.atomic
def publish_version(*, by: Actor, version_id: int, now: datetime) -> ItemVersion:
    """Put a draft in force in place of what stood before; cases under way keep the version they were filed under.

    Law: XKF art. 30
    Raises: NotADraft, MakerIsChecker, VersionIncomplete (with everything that is open)
    """
    row = _locked(version_id)
    if row.state not in {VersionState.DRAFT, VersionState.IN_REVIEW}:
        raise NotADraft
    check_maker(row.drafted_by, by.label)
    data = _check_complete(row)
    item = row.item
    put_in_force([Coming(item, row, data, item.agency.name, item.region.path)], by=by, now=now)
    return row


@transaction.atomic
def suspend_item(*, by: Actor, item_code: str, reason: str, now: datetime) -> ItemVersion:
    """Take an item out of use for now: its guide says so, nobody can file it, cases under way go on.

    Raises: ItemNotFound (nothing is in force)
    """
    item = Item.objects.select_for_update().filter(code=item_code, current__state=VersionState.PUBLISHED).first()
    if item is None or item.current is None:
        raise ItemNotFound
    row = item.current
    row.state = VersionState.SUSPENDED
    row.save(update_fields=["state"])
    ItemText.objects.filter(item=item).delete()
    publish(ItemSuspended(item.code, reason))
    facts = {"version": row.number, "reason": reason}
    write_line(chain=f"item:{item.code}", by=by, verb="suspend", facts=facts, now=now)
    return row


def _locked(version_id: int) -> ItemVersion:
    """The version, its item held until the end. Raises: ItemNotFound."""
    rows = ItemVersion.objects.select_related("item__agency", "item__region", "item__current")
    row = rows.select_for_update(of=("self", "item")).filter(pk=version_id).first()
    if row is None:
        raise ItemNotFound
    return row


def _check_complete(row: ItemVersion) -> ItemData:
    data = item_data(row)
    gaps = gaps_of(data)
    if gaps:
        raise VersionIncomplete(gaps=", ".join(gaps))
    return data


def item_data(row: ItemVersion) -> ItemData:
    """A stored version in the format in which items are brought in."""
    item = row.item
    return ItemData.model_validate(
        {
            "code": item.code,
            "catalog_code": item.catalog_code,
            "name": row.name,
            "plain_name": row.plain_name,
            "type": row.type,
            "case_type": row.case_type,
            "agency": item.agency.code,
            "region": item.region.code,
            "audience": row.audience,
            "statutory_limit": _limit(row.statutory_count, row.statutory_unit),
            "promised_limit": _limit(row.promised_count, row.promised_unit),
            "effective_from": row.effective_from,
            "source": row.source,
            "content": row.content,
        }
    )


def _limit(count: int | None, unit: str) -> dict[str, object] | None:
    return None if count is None else {"count": count, "unit": unit}
