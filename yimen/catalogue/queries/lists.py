"""Lists of items for people who look around: by whom they are for, theme, life event, department, hall."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from json import loads

from django.db.models import Count, F, Func, Q, QuerySet
from django.db.models.fields import TextField

from yimen.catalogue.models import Item
from yimen.catalogue.terms import ItemType, VersionState
from yimen.identity.queries import find_agency
from yimen.kernel.questions import Question, Rows
from yimen.places.queries import centres

#: Items on one page of a list.
PAGE = 30


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One line of a list of items, in the reader's language where the name is translated."""

    id: int
    code: str
    name: str
    plain_name: str
    type: ItemType
    agency_name: str
    promised_count: int | None
    promised_unit: str
    file_online: bool
    visits: int


@dataclass(frozen=True, slots=True)
class ItemPage:
    """A page of a list; ``after`` leads on to the next one and is empty on the last."""

    lines: tuple[ItemLine, ...]
    after: str


@dataclass(frozen=True, slots=True)
class Counted:
    """A way to narrow a list: its key, its name where it has one, and how many items are behind it."""

    key: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a list is narrowed to; empty means all."""

    audience: str = ""
    theme: str = ""
    life_event: str = ""
    agency: str = ""
    centre: str = ""
    type: str = ""


def items(narrowing: Narrowing, language: str, *, after: str = "", limit: int = PAGE) -> ItemPage:
    """Published items by code, those that come after ``after``. One query."""
    rows = _narrowed(narrowing).order_by("code")
    if after:
        rows = rows.filter(code__gt=after)
    found = _lines(rows[: limit + 1], language)
    return ItemPage(tuple(found[:limit]), found[limit - 1].code if len(found) > limit else "")


def popular(narrowing: Narrowing, language: str, limit: int = 8) -> list[ItemLine]:
    """What most people file. One query."""
    return _lines(_narrowed(narrowing).order_by("-popularity", "code")[:limit], language)


def asking_item_lines(codes: Iterable[str], language: str) -> Question[list[ItemLine]]:
    """The published ones of these items, in the order in which they were named, to be asked among other questions."""

    def read(rows: Rows) -> list[ItemLine]:
        return [_line((*row[:6], *map(_object, row[6:7]), *row[7:9], *map(_object, row[9:])), language) for row in rows]

    return Question(
        """
        SELECT item.id, item.code, version.name, version.plain_name, version.type, agency.name, agency.names,
               version.promised_count, version.promised_unit, version.content -> 'readiness',
               version.content -> 'translations' -> %(language)s::text
        FROM unnest(%(codes)s::text[]) WITH ORDINALITY AS wanted (code, place)
        JOIN catalogue_item item ON item.code = wanted.code
        JOIN catalogue_itemversion version ON version.id = item.current_id AND version.state = %(state)s
        JOIN identity_agency agency ON agency.id = item.agency_id
        ORDER BY wanted.place
        """,
        {"codes": list(codes), "language": language, "state": str(VersionState.PUBLISHED)},
        read,
    )


def _object(text: str | None) -> object:
    return loads(text) if text else None


def lines_by_id(ids: Iterable[int], language: str) -> list[ItemLine]:
    """The published ones of these items, in this order. One query, none for no keys."""
    wanted = list(ids)
    found = {line.id: line for line in _lines(_published().filter(pk__in=wanted), language)} if wanted else {}
    return [found[key] for key in wanted if key in found]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many published items there are, and along which ways they can be narrowed."""

    total: int
    themes: tuple[Counted, ...]
    life_events: tuple[Counted, ...]
    agencies: tuple[Counted, ...]
    centres: tuple[Counted, ...]


def counts(audience: str, language: str) -> Counts:
    """The ways into the list for one kind of reader. Five queries."""
    rows = _narrowed(Narrowing(audience=audience))
    agencies = (
        rows.values("agency__code", "agency__name", "agency__names")
        .annotate(n=Count("pk"))
        .order_by("-n", "agency__code")
    )
    streets = rows.filter(points__centre__tier__in=["district", "street"])
    fields = ("points__centre__code", "points__centre__name", "points__centre__names")
    by_centre = streets.values(*fields).annotate(n=Count("pk")).order_by("points__centre__code")
    return Counts(
        total=rows.count(),
        themes=_counted_words(rows, "themes"),
        life_events=_counted_words(rows, "life_events"),
        agencies=tuple(_counted(row, "agency__", language) for row in agencies[:60]),
        centres=tuple(_counted(row, "points__centre__", language) for row in by_centre[:60]),
    )


def names_of(narrowing: Narrowing, language: str) -> dict[str, str]:
    """What a list is narrowed to, in words. One query each for the department and the hall."""
    names = {"theme": narrowing.theme, "type": str(ItemType(narrowing.type).label) if narrowing.type else ""}
    if narrowing.agency:
        agency = find_agency(narrowing.agency)
        names["agency"] = (agency.names.get(language) or agency.name) if agency else narrowing.agency
    if narrowing.centre:
        centre = next((row for row in centres() if row.code == narrowing.centre), None)
        names["centre"] = (centre.names.get(language) or centre.name) if centre else narrowing.centre
    return {key: name for key, name in names.items() if name}


def _counted(row: Mapping[str, object], prefix: str, language: str) -> Counted:
    names = row[f"{prefix}names"]
    name = names.get(language) if isinstance(names, dict) else ""
    return Counted(str(row[f"{prefix}code"]), str(name or row[f"{prefix}name"]), int(str(row["n"])))


def _counted_words(rows: QuerySet[Item], key: str) -> tuple[Counted, ...]:
    word = Func(F(f"current__content__{key}"), function="jsonb_array_elements_text", output_field=TextField())
    found = rows.filter(**{f"current__content__{key}__isnull": False}).annotate(word=word)
    by_word = found.values("word").annotate(n=Count("pk")).order_by("-n", "word")
    return tuple(Counted(row["word"], "", row["n"]) for row in by_word[:60])


def _published() -> QuerySet[Item]:
    return Item.objects.filter(current__state=VersionState.PUBLISHED)


def _narrowed(by: Narrowing) -> QuerySet[Item]:
    rows = _published()
    if by.audience == "organisation":
        rows = rows.filter(~Q(current__audience=["person"]))
    elif by.audience:
        rows = rows.filter(current__audience__contains=[by.audience])
    if by.theme:
        rows = rows.filter(current__content__themes__contains=[by.theme])
    if by.life_event:
        rows = rows.filter(current__content__life_events__contains=[by.life_event])
    if by.agency:
        rows = rows.filter(agency__code=by.agency)
    if by.centre:
        rows = rows.filter(points__centre__code=by.centre)
    if by.type:
        rows = rows.filter(current__type=by.type)
    return rows


def _lines(rows: QuerySet[Item], language: str) -> list[ItemLine]:
    known = rows.values_list(
        "pk",
        "code",
        "current__name",
        "current__plain_name",
        "current__type",
        "agency__name",
        "agency__names",
        "current__promised_count",
        "current__promised_unit",
        "current__content__readiness",
        f"current__content__translations__{language if language in {'en', 'ja', 'ko'} else 'zh'}",
    )
    return [_line(row, language) for row in known]


def _line(row: tuple[object, ...], language: str) -> ItemLine:
    pk, code, name, plain, kind, agency, agencies, count, unit, ready, text = row
    ready, text, agencies = (part if isinstance(part, dict) else {} for part in (ready, text, agencies))
    return ItemLine(
        id=int(str(pk)),
        code=str(code),
        name=str(text.get("name") or name),
        plain_name=str(text.get("plain_name") or ("" if text else plain)),
        type=ItemType(str(kind)),
        agency_name=str(agencies.get(language) or agency),
        promised_count=count if isinstance(count, int) else None,
        promised_unit=str(unit),
        file_online=bool(ready.get("file_online", False)),
        visits=int(ready.get("visits", 1)),
    )
