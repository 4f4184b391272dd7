"""Items for other systems."""

import pytest

from yimen.catalogue import actions
from yimen.catalogue.tests.builders import CHECKER, ENGLISH, NOW, an_item

pytestmark = pytest.mark.django_db


def test_items_are_listed_page_by_page(client):
    for code in ("A", "B", "C"):
        an_item(code)

    first = client.get("/api/v1/items?limit=2").json()
    second = client.get(f"/api/v1/items?limit=2&after={first['next']}").json()

    assert [item["code"] for item in first["items"] + second["items"]] == ["A", "B", "C"]
    assert (first["next"], second["next"]) == ("B", "")
    assert first["items"][0] == {
        "code": "A",
        "name": "食品经营许可",
        "plain_name": "",
        "type": "licence",
        "agency_name": "market局",
        "promised": {"count": 10, "unit": "working_day"},
        "file_online": True,
        "visits": 0,
    }


def test_items_are_searched_in_the_callers_language(client):
    an_item(content={"translations": {"en": ENGLISH}})

    found = client.get("/api/v1/items", {"q": "food", "language": "en"}).json()

    assert [item["name"] for item in found["items"]] == ["Food business licence"]


def test_lists_are_narrowed(client):
    an_item()

    for query, count in ({"audience": "person"}, 0), ({"life_event": "business"}, 1), ({"type": "award"}, 0):
        assert len(client.get("/api/v1/items", query).json()["items"]) == count


def test_one_item_is_whole_and_kept_until_it_changes(client):
    an_item()

    answer = client.get("/api/v1/items/BA-101")

    item = answer.json()
    assert (item["version"], item["agency_code"], item["is_offered"]) == (1, "market", True)
    assert [line["code"] for line in item["content"]["materials"]] == ["form", "plan", "mandate"]
    etag = {"If-None-Match": answer["ETag"]}
    assert client.get("/api/v1/items/BA-101", headers=etag).status_code == 304
    actions.suspend_item(by=CHECKER, item_code="BA-101", reason="x", now=NOW)
    assert client.get("/api/v1/items/BA-101", headers=etag).json()["is_offered"] is False


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("/api/v1/items/NONE", 404),
        ("/api/v1/items/" + "x" * 65, 422),
        ("/api/v1/items?limit=0", 422),
        ("/api/v1/items?type=magic", 422),
        ("/api/v1/items?q=" + "x" * 61, 422),
        ("/api/v1/items/%00", 400),
        ("/api/v1/items?after=%00", 400),
        ("/api/v1/items?agency=%00&theme=%00&centre=%00", 400),
        ("/api/v1/items?q=%00", 400),
    ],
)
def test_strange_requests_are_answered(client, url, status):
    assert client.get(url).status_code == status
