"""Taking items in: ours or another portal's, alone or two hundred at a time. Equal words change nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import transaction

from yimen.catalogue.actions.bodies import Bodies, Named, known_bodies
from yimen.catalogue.actions.force import Coming, put_in_force
from yimen.catalogue.errors import ItemDataNotValid
from yimen.catalogue.models import Item, ItemVersion
from yimen.catalogue.rules import digest_of, gaps_of, is_foreign, item_from_foreign, read_item
from yimen.catalogue.rules.reading import check_writable
from yimen.catalogue.terms import ItemData, VersionState
from yimen.kernel.actors import Actor
from yimen.kernel.errors import Refusal

#: A line longer than this describes no item.
LONGEST_LINE = 1_000_000


class Outcome(StrEnum):
    """What became of a line."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item that was read, with the names of its department and region where the line gives them."""

    data: ItemData
    named: Named


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one item; ``gaps`` keep it a draft, ``refusal`` kept it out."""

    code: str
    outcome: Outcome
    gaps: tuple[str, ...] = ()
    refusal: Refusal | None = None


def read_line(data: Any) -> ItemLine:
    """The item that ``data`` (parsed JSON, or the text of a line) describes. Raises: Refusal."""
    found = _parsed(data) if isinstance(data, str | bytes) else data
    if not isinstance(found, Mapping):
        raise ItemDataNotValid(place="-", reason="an object in braces is needed here")
    check_writable(found)
    if not is_foreign(found):
        item = read_item(found)
        return ItemLine(item, Named(item.agency, "", item.region, ""))
    foreign = item_from_foreign(found)
    item = read_item(foreign.data)
    return ItemLine(item, Named(item.agency, foreign.agency_name, item.region, foreign.region_name))


def _parsed(line: str | bytes) -> Any:
    if len(line) > LONGEST_LINE:
        raise ItemDataNotValid(place="-", reason=f"longer than {LONGEST_LINE} characters")
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ItemDataNotValid(place="-", reason=f"not JSON: {error}") from error


def import_item(*, by: Actor, data: Any, now: datetime) -> Taken:
    """Take one item in: published if nothing is missing, else a draft with its gaps. May run twice.

    Raises: Refusal (what is not understood, or names nobody knows)
    """
    (taken,) = import_items(by=by, lines=[read_line(data)], now=now)
    if taken.refusal:
        raise taken.refusal
    return taken


@transaction.atomic
def import_items(*, by: Actor, lines: Sequence[ItemLine], now: datetime) -> list[Taken]:
    """Take many items with different codes in, each as ``import_item`` does, in one transaction.

    A fixed number of statements, and one ledger line for each that is published. Refusals are told in the result.
    """
    bodies = known_bodies([line.named for line in lines], by=by, now=now)
    refusals = dict(_refusals(lines, bodies))
    good = [line for line in lines if line.data.code not in refusals]
    outcomes = _take(good, bodies, by=by, now=now)
    return [
        Taken(line.data.code, Outcome.REFUSED, refusal=refusals[line.data.code])
        if line.data.code in refusals
        else Taken(line.data.code, outcomes[line.data.code], tuple(gaps_of(line.data)))
        for line in lines
    ]


def _refusals(lines: Sequence[ItemLine], bodies: Bodies) -> Iterator[tuple[str, Refusal]]:
    for line in lines:
        try:
            bodies.check(line.named)
        except Refusal as refusal:
            yield line.data.code, refusal


def _take(lines: Sequence[ItemLine], bodies: Bodies, *, by: Actor, now: datetime) -> dict[str, Outcome]:
    codes = [line.data.code for line in lines]
    known = {item.code: item for item in Item.objects.select_for_update().filter(code__in=codes).order_by("code")}
    latest = _latest_versions([item.pk for item in known.values()])
    outcomes, changed = {}, []
    for line in lines:
        before = latest.get(known[line.data.code].pk) if line.data.code in known else None
        if before and before.digest == digest_of(line.data):
            outcomes[line.data.code] = Outcome.UNCHANGED
        else:
            outcomes[line.data.code] = Outcome.CHANGED if before else Outcome.NEW
            changed.append(line)
    _write(changed, known, latest, bodies, by=by, now=now)
    return outcomes


def _latest_versions(item_ids: Sequence[int]) -> dict[int, ItemVersion]:
    rows = ItemVersion.objects.filter(item__in=item_ids).order_by("item_id", "-number").distinct("item_id")
    return {row.item_id: row for row in rows.defer("content")}


def _write(
    lines: Sequence[ItemLine],
    known: dict[str, Item],
    latest: dict[int, ItemVersion],
    bodies: Bodies,
    *,
    by: Actor,
    now: datetime,
) -> None:
    known.update(_write_items(lines, known, bodies, now))
    coming: list[Coming] = []
    fresh: list[ItemVersion] = []
    drafts: list[ItemVersion] = []
    for line in lines:
        item = known[line.data.code]
        before = latest.get(item.pk)
        row = version_from(line.data, item, before, maker=line.data.source or "import", now=now)
        (drafts if row.pk else fresh).append(row)
        if not row.gaps:
            agency, region = bodies.agencies[line.named.agency][1], bodies.regions[line.named.region][1]
            coming.append(Coming(item, row, line.data, agency, region))
    ItemVersion.objects.bulk_create(fresh)
    if drafts:
        ItemVersion.objects.bulk_update(drafts, DRAFT_FIELDS, batch_size=200)
    put_in_force(coming, by=by, now=now)


def _write_items(lines: Sequence[ItemLine], known: dict[str, Item], bodies: Bodies, now: datetime) -> dict[str, Item]:
    """New items are made, known ones follow their department and region."""
    fresh, moved = [], []
    for line in lines:
        item = known.get(line.data.code)
        agency, region = bodies.agencies[line.named.agency][0], bodies.regions[line.named.region][0]
        place = {"catalog_code": line.data.catalog_code, "agency_id": agency, "region_id": region}
        if item is None:
            fresh.append(Item(code=line.data.code, created_at=now, **place))
        elif any(getattr(item, key) != value for key, value in place.items()):
            for key, value in place.items():
                setattr(item, key, value)
            moved.append(item)
    Item.objects.bulk_create(fresh)
    if moved:
        Item.objects.bulk_update(moved, ["catalog_code", "agency", "region"])
    return {item.code: item for item in fresh}


#: What a draft may still change.
DRAFT_FIELDS = [
    "state",
    "name",
    "plain_name",
    "type",
    "case_type",
    "audience",
    "statutory_count",
    "statutory_unit",
    "promised_count",
    "promised_unit",
    "content",
    "gaps",
    "digest",
    "source",
    "effective_from",
    "drafted_by",
]


def version_from(data: ItemData, item: Item, before: ItemVersion | None, *, maker: str, now: datetime) -> ItemVersion:
    """The data as a draft, not yet written: the open draft with new words, or the next number."""
    if before and before.published_at is None and before.state in {VersionState.DRAFT, VersionState.IN_REVIEW}:
        row = before
    else:
        row = ItemVersion(item=item, number=before.number + 1 if before else 1, created_at=now)
    row.state = VersionState.DRAFT
    row.name, row.plain_name, row.type, row.case_type = data.name, data.plain_name, data.type, data.case_type
    row.audience, row.content = list(data.audience), data.content.model_dump(mode="json", exclude_defaults=True)
    row.statutory_count = data.statutory_limit.count if data.statutory_limit else None
    row.promised_count = data.promised_limit.count if data.promised_limit else None
    row.statutory_unit = data.statutory_limit.unit if data.statutory_limit else row.statutory_unit
    row.promised_unit = data.promised_limit.unit if data.promised_limit else row.promised_unit
    row.gaps, row.digest, row.source = gaps_of(data), digest_of(data), data.source
    row.effective_from, row.drafted_by = data.effective_from, maker[:40]
    return row
