"""Items for other systems: the list, search, one item whole."""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router, Schema
from pydantic import Field

from yimen.calendar.terms import Unit
from yimen.catalogue import queries
from yimen.catalogue.terms import Audience, CaseType, Content, ItemType, LifeEvent
from yimen.search.plan import LONGEST

Code = Path[Annotated[str, Field(max_length=64, pattern=r"^[0-9A-Za-z._-]+$")]]
#: Any text without NUL, which no database stores.
_TEXT = r"^[^\x00]*$"
Language = Literal["zh-hans", "en", "ja", "ko"]

router = Router(tags=["items"])


class LimitOut(Schema):
    """So many units."""

    count: int
    unit: Unit


class ItemOut(Schema):
    """An item in a list."""

    code: str
    name: str
    plain_name: str
    type: ItemType
    agency_name: str
    promised: LimitOut | None
    file_online: bool
    visits: int


class ItemsOut(Schema):
    """A page of items; ``next`` is the ``after`` of the next page, empty on the last one and for searches."""

    items: list[ItemOut]
    next: str


class ItemInFull(Schema):
    """The version of an item that is in force, in Chinese, with its translations inside ``content``."""

    code: str
    version: int
    name: str
    plain_name: str
    type: ItemType
    case_type: CaseType
    audience: list[Audience]
    agency_code: str
    agency_name: str
    region_code: str
    statutory: LimitOut | None
    promised: LimitOut | None
    is_offered: bool
    content: Content


class ItemsIn(Schema):
    """A question (``q``), or a list narrowed down."""

    q: str = Field("", max_length=LONGEST, description="Words, parts of words, pinyin, initials, everyday words.")
    audience: Literal["", "person", "organisation"] = ""
    theme: str = Field("", max_length=100, pattern=_TEXT)
    life_event: LifeEvent | None = None
    agency: str = Field("", max_length=40, pattern=_TEXT)
    centre: str = Field("", max_length=20, pattern=_TEXT)
    type: ItemType | None = None
    after: str = Field("", max_length=64, pattern=_TEXT, description="``next`` of the page before.")
    limit: int = Field(30, ge=1, le=100)
    language: Language = "zh-hans"


@router.get("", response=ItemsOut, url_name="items")
def items(request: HttpRequest, asked: Query[ItemsIn]) -> ItemsOut:  # noqa: ARG001
    """Published items: the best answers to ``q``, or the list by code."""
    if asked.q.strip():
        found = queries.search_items(asked.q, asked.language, asked.limit)
        return ItemsOut(items=[_line_out(line) for line in found], next="")
    narrowing = queries.Narrowing(
        audience=asked.audience,
        theme=asked.theme,
        life_event=asked.life_event or "",
        agency=asked.agency,
        centre=asked.centre,
        type=asked.type or "",
    )
    page = queries.items(narrowing, asked.language, after=asked.after, limit=asked.limit)
    return ItemsOut(items=[_line_out(line) for line in page.lines], next=page.after)


@router.get("/{code}", response={200: ItemInFull, 304: None}, url_name="item")
def item(request: HttpRequest, response: HttpResponse, code: Code) -> ItemInFull | HttpResponse:
    """One item as it is in force. ``ETag`` changes with the version: ask again with ``If-None-Match``."""
    found, is_offered = queries.version_in_force(code)
    etag = f'"{found.code}-{found.number}-{int(is_offered)}"'
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304, headers={"ETag": etag})
    response["ETag"] = etag
    return ItemInFull(
        code=found.code,
        version=found.number,
        name=found.name,
        plain_name=found.plain_name,
        type=found.type,
        case_type=found.case_type,
        audience=[Audience(one) for one in found.audience],
        agency_code=found.agency_code,
        agency_name=found.agency_name,
        region_code=found.region_code,
        statutory=LimitOut(count=found.statutory.count, unit=found.statutory.unit) if found.statutory else None,
        promised=LimitOut(count=found.promised.count, unit=found.promised.unit) if found.promised else None,
        is_offered=is_offered,
        content=found.content,
    )


def _line_out(line: queries.ItemLine) -> ItemOut:
    promised = LimitOut(count=line.promised_count, unit=Unit(line.promised_unit)) if line.promised_count else None
    return ItemOut(
        code=line.code,
        name=line.name,
        plain_name=line.plain_name,
        type=line.type,
        agency_name=line.agency_name,
        promised=promised,
        file_online=line.file_online,
        visits=line.visits,
    )
