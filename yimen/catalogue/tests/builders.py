"""Items for tests, all through the actions."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from yimen.catalogue import actions
from yimen.catalogue.models import Item
from yimen.catalogue.terms import ItemData
from yimen.identity.models import Agency
from yimen.kernel.actors import Actor, ActorKind
from yimen.places.models import Region
from yimen.places.tests.builders import a_centre, baoan, the_institution

NOW = datetime(2016, 6, 25, 7, 0, tzinfo=UTC)  # Saturday, three in the afternoon
MAKER = Actor(kind=ActorKind.OFFICER, id="1", label="BA-0001")
CHECKER = Actor(kind=ActorKind.OFFICER, id="2", label="BA-0002")

ENGLISH = {
    "state": "checked",
    "name": "Food business licence",
    "summary": "To sell food you need this licence.",
    "conditions": ["You have a business licence."],
    "materials": {"plan": {"name": "Plan of the premises"}},
    "results": ["Licence"],
}


def item_data(code: str = "BA-101", **changes: Any) -> dict[str, Any]:
    """A complete item as a file says it; ``content`` in ``changes`` is laid over the content here."""
    content = {
        "summary": "卖食品要办这张证。",
        "conditions": ["有营业执照。"],
        "materials": [
            {"code": "form", "name": "食品经营许可申请书", "source": "form", "kind": "form"},
            {"code": "plan", "name": "设备布局图", "copies": 1, "sample": "可手绘"},
            {"code": "mandate", "name": "授权委托书", "necessity": "optional", "when": "由他人代办"},
        ],
        "results": [{"name": "食品经营许可证", "valid_for": "5 年"}],
        "route": [
            {"code": "survey", "name": "现场核查", "kind": "survey", "stage": 1, "post": "p", "limit": {"count": 5}},
            {"code": "decide", "name": "决定", "kind": "decide", "stage": 2, "post": "p", "limit": {"count": 5}},
        ],
        "readiness": {"file_online": True, "visits": 0, "courier": True},
        "service_points": {"tiers": ["district", "street"]},
        "legal_basis": [{"law": "中华人民共和国食品安全法", "article": "第三十五条"}],
        "faqs": [{"question": "网店要办吗？", "answer": "要。"}],
        "aliases": ["开小店"],
        "themes": ["食品药品"],
        "life_events": ["business"],
    }
    data = {
        "code": code,
        "name": "食品经营许可",
        "type": "licence",
        "agency": "market",
        "region": "440306",
        "audience": ["enterprise"],
        "statutory_limit": {"count": 20},
        "promised_limit": {"count": 10},
        "effective_from": "2016-06-26",
        "source": "demo",
    }
    return {**data, **changes, "content": {**content, **changes.get("content", {})}}


def the_house() -> None:
    """The district with two halls, the institution and one department."""
    if not Region.objects.filter(code="440306").exists():
        baoan()
        the_institution()
        a_centre("BA", region="440306", tier="district", names={"en": "Bao'an Centre"})
        a_centre()
    region = Region.objects.get(code="440306")
    Agency.objects.get_or_create(code="market", defaults={"name": "market局", "region": region})


def an_item(code: str = "BA-101", **changes: Any) -> Item:
    """An item that was brought in; in force if it is complete."""
    the_house()
    actions.import_item(by=CHECKER, data=item_data(code, **changes), now=NOW)
    return Item.objects.select_related("current").get(code=code)


def a_draft(code: str = "BA-101", **changes: Any) -> int:
    """The key of a version that somebody drafted by hand."""
    the_house()
    data = ItemData.model_validate(item_data(code, **changes))
    return actions.draft_version(by=MAKER, data=data, now=NOW).pk


def guangdong(code: str = "G1", **changes: Any) -> dict[str, Any]:
    """A line as the portal of Guangdong gave it in 2021."""
    line = {
        "code": code,
        "catalog_code": "440101007000",
        "name": "提价申报",
        "parent_name": "价格干预",
        "type": "行政许可",
        "department": "省发展和改革委员会",
        "org_code9": "006939756",
        "area_code": "440000",
        "area": "广东省",
        "audience": ["自然人", "企业法人", "非法人企业"],
        "themes": ["其他"],
        "statutory_limit": {"days": 30, "unit": "working_day"},
        "promised_limit": {"days": 7, "unit": "natural_day"},
        "onsite_visits": 0,
        "online": True,
        "courier": True,
        "booking": True,
        "materials": ["申请报告"],
        "laws_cited_in_conditions": ["价格法"],
        "consult_phone": "020-00000000",
        "source": "gd",
    }
    return line | changes
