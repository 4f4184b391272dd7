"""The administrative tree and who runs this installation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime

from django.db import transaction

from yimen.kernel.actors import Actor
from yimen.ledger.actions import write_line
from yimen.places.errors import (
    CodeNotValid,
    NameNotValid,
    PartsNotPlaced,
    RegionHasEnded,
    RegionUnknown,
    SuccessorsMissing,
)
from yimen.places.models import Centre, Institution, Region
from yimen.places.queries import region as region_row
from yimen.places.terms import RegionLevel

_REGION_CODE = re.compile(r"[0-9]{2,12}")


@dataclass(frozen=True, slots=True)
class RegionFacts:
    """A region as somebody names it."""

    code: str
    name: str
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Successor:
    """What a part of an ended region is called from now on, and what lies in it.

    ``takes`` gives the old code of each region beneath and what it is from now on; ``centres`` are the codes of the
    centres that belonged to the ended region itself.
    """

    region: RegionFacts
    takes: Mapping[str, RegionFacts] = field(default_factory=dict)
    centres: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class InstitutionFacts:
    """Who runs this installation, as its pages and letters say it."""

    name: str
    region_code: str
    case_prefix: str
    hotline: str
    sponsor: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    sponsors: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def set_institution(*, by: Actor, facts: InstitutionFacts, now: datetime) -> Institution:
    """Say who runs this installation; there is one row, and the same facts again change nothing. May run twice.

    Raises: CodeNotValid, NameNotValid, RegionUnknown
    """
    if not re.fullmatch(r"[A-Z]{2,3}", facts.case_prefix):
        raise CodeNotValid(field="case_prefix", code=facts.case_prefix[:20])
    _check_name(facts.name)
    given = {key: value for key, value in asdict(facts).items() if key != "region_code"}
    given["region_id"] = region_row(facts.region_code, now.date()).id
    row = Institution.objects.select_for_update().first() or Institution()
    if row.pk and all(getattr(row, key) == value for key, value in given.items()):
        return row
    for key, value in given.items():
        setattr(row, key, value)
    row.save()
    write_line(chain="institution", by=by, verb="set_institution", facts=asdict(facts), now=now)
    return row


@transaction.atomic
def add_region(
    *, by: Actor, facts: RegionFacts, level: RegionLevel, parent_code: str = "", valid_from: date, now: datetime
) -> Region:
    """Put a region into the tree from a day on; one that is there already gets its names mended. May run twice.

    Raises: CodeNotValid, NameNotValid, RegionUnknown
    """
    _check(facts)
    parent = Region.objects.get(pk=region_row(parent_code, valid_from).id) if parent_code else None
    row, is_new = Region.objects.select_for_update().get_or_create(
        code=facts.code,
        valid_from=valid_from,
        defaults={
            "name": facts.name,
            "names": dict(facts.names),
            "level": level,
            "parent": parent,
            "path": f"{parent.path}/{facts.code}" if parent else facts.code,
        },
    )
    if not is_new and (row.name, row.names) == (facts.name, dict(facts.names)):
        return row
    row.name, row.names = facts.name, dict(facts.names)
    row.save(update_fields=["name", "names"])
    told = {"name": facts.name, "level": str(level), "valid_from": valid_from.isoformat()}
    write_line(chain=f"region:{facts.code}", by=by, verb="add_region", facts=told, now=now)
    return row


@transaction.atomic
def split_region(*, by: Actor, code: str, on: date, successors: Sequence[Successor], now: datetime) -> list[Region]:
    """End a region on a day; its successors begin on the same day and share what lies in it.

    Every region and centre in it goes to exactly one successor, so that nothing is left in a street that is no more.
    One successor is a change of name or code. When it has been done already, with the same successors, nothing changes.
    May run twice.

    Raises: RegionUnknown, RegionHasEnded, SuccessorsMissing, PartsNotPlaced, CodeNotValid, NameNotValid
    """
    if not successors:
        raise SuccessorsMissing(field="successors")
    old = _region_to_split(code, on)
    if old.valid_until is not None:
        return _split_before(old, on, successors)
    parts = list(Region.objects.select_for_update().filter(parent=old, valid_until=None))
    centres = list(Centre.objects.select_for_update().filter(region=old))
    _check_placed(successors, [part.code for part in parts], [centre.code for centre in centres])
    begun = [_begin(old, successor.region, old.parent, on) for successor in successors]
    for row, successor in zip(begun, successors, strict=True):
        _move_parts(row, [part for part in parts if part.code in successor.takes], successor, on)
        Centre.objects.filter(region=old, code__in=successor.centres).update(region=row)
    _end(old, on)
    told = {"on": on.isoformat(), "successors": [successor.region.code for successor in successors]}
    write_line(chain=f"region:{code}", by=by, verb="split_region", facts=told, now=now)
    return begun


def _region_to_split(code: str, on: date) -> Region:
    """The region that stands the day before, or stood there until it was split on this very day."""
    row = Region.objects.select_for_update().filter(code=code, valid_from__lt=on).order_by("-valid_from").first()
    if row is None:
        raise RegionUnknown(field="code", code=code[:12], day=on.isoformat())
    return row


def _split_before(old: Region, on: date, successors: Sequence[Successor]) -> list[Region]:
    begun = list(old.successors.order_by("code"))
    if old.valid_until != on or {row.code for row in begun} != {successor.region.code for successor in successors}:
        raise RegionHasEnded(field="code", code=old.code, day=str(old.valid_until))
    return begun


def _check_placed(successors: Sequence[Successor], parts: list[str], centres: list[str]) -> None:
    placed = Counter(code for successor in successors for code in (*successor.takes, *successor.centres))
    wanted = Counter([*parts, *centres])
    if placed != wanted:
        wrong = sorted((placed - wanted) + (wanted - placed))
        raise PartsNotPlaced(field="successors", codes=", ".join(wrong[:20]))


def _move_parts(row: Region, parts: list[Region], successor: Successor, on: date) -> None:
    for part in parts:
        moved = _begin(part, successor.takes[part.code], row, on)
        Centre.objects.filter(region=part).update(region=moved)
        _end(part, on)


def _begin(old: Region, facts: RegionFacts, parent: Region | None, on: date) -> Region:
    _check(facts)
    path = f"{parent.path}/{facts.code}" if parent else facts.code
    row = Region.objects.create(
        code=facts.code,
        name=facts.name,
        names=dict(facts.names),
        level=old.level,
        parent=parent,
        path=path,
        valid_from=on,
    )
    old.successors.add(row)
    return row


def _end(row: Region, on: date) -> None:
    row.valid_until = on
    row.save(update_fields=["valid_until"])


def _check(facts: RegionFacts) -> None:
    if not _REGION_CODE.fullmatch(facts.code):
        raise CodeNotValid(field="code", code=facts.code[:20])
    _check_name(facts.name)


def _check_name(name: str) -> None:
    if not 0 < len(name.strip()) <= 100:
        raise NameNotValid(field="name")
