"""The catalogue as people see it."""

import pytest
from django.urls import reverse

from yimen.catalogue import actions
from yimen.catalogue.models import SearchMiss
from yimen.catalogue.tests.builders import CHECKER, ENGLISH, NOW, an_item, item_data, the_house
from yimen.kernel import clock

pytestmark = pytest.mark.django_db
LANGUAGES = ["zh-hans", "en", "ja", "ko"]


@pytest.fixture(autouse=True)
def on_a_saturday(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def read(client):
    def page(url: str, language="en", status=200) -> str:
        client.cookies["yimen_language"] = language
        answer = client.get(url)
        assert answer.status_code == status
        return answer.content.decode()

    return page


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "url",
    [
        "/items/",
        "/items/?q=食品",
        "/items/?q=飞碟",
        "/items/?audience=person&theme=食品药品&agency=market&centre=BA&event=birth&type=award",
        "/items/suggest/?q=食品",
        "/personal/",
        "/business/",
        "/items/BA-101/",
        "/items/BA-101/versions/",
    ],
)
def test_every_page_opens_in_every_language(read, url, language):
    an_item(content={"translations": {"en": ENGLISH}})

    assert read(url, language)


def test_the_guide_says_all_that_a_reader_needs(read):
    an_item(
        content={"translations": {"en": ENGLISH}, "fees": [{"name": "工本费", "amount_fen": 1050, "basis": "某文"}]}
    )

    page = read("/items/BA-101/")

    for words in (
        "Food business licence",
        "Plan of the premises",
        "10.50",
        "days 1–5",
        "Bao&#39;an Centre",
        "open now",
    ):
        assert words in page
    assert "A machine translated" not in page


def test_the_guide_owns_up_to_what_is_not_translated(read):
    an_item(content={"translations": {"en": ENGLISH | {"state": "machine"}}})

    assert "A machine translated this text" in read("/items/BA-101/", "en")
    assert "食品经营许可" in read("/items/BA-101/", "ja")


def test_a_suspended_item_says_so_and_offers_nothing(read):
    an_item()
    actions.suspend_item(by=CHECKER, item_code="BA-101", reason="x", now=NOW)

    page = read("/items/BA-101/")

    assert "This item is suspended" in page
    assert "File online" not in page


def test_there_is_no_page_for_what_is_not_published(read):
    an_item(promised_limit=None)

    for url in (
        "/items/BA-101/",
        "/items/BA-101/versions/",
        "/items/NONE/",
        "/items/BA-101/versions/?number=9",
        "/items/%00/",
    ):
        read(url, status=404)


def test_versions_show_what_changed(read):
    an_item()
    actions.import_item(by=CHECKER, data=item_data(promised_limit={"count": 8}), now=NOW)

    page = read("/items/BA-101/versions/")

    assert "<del>10</del>" in page
    assert "<ins>8</ins>" in page


def test_a_search_without_answers_helps_on_and_is_noted(read):
    the_house()

    page = read("/items/?q=飞碟登陆")

    assert "Nothing was found for “飞碟登陆”" in page
    assert list(SearchMiss.objects.values_list("words", "times")) == [("飞碟登陆", 1)]


def test_what_is_typed_is_shown_as_text(read):
    the_house()

    page = read("/items/?q=<script>alert(1)</script>")

    assert "<script>alert" not in page


@pytest.mark.parametrize("query", ["event=nothing&type=nothing&audience=nobody", "q=" + "长" * 500])
def test_strange_addresses_are_answered(read, query):
    the_house()

    assert read(f"/items/?{query}")


def test_a_narrowed_list_names_what_it_is_narrowed_to(read):
    an_item()

    page = read("/items/?audience=organisation&centre=BA&theme=食品药品&life_event=business")

    for words in ("For business", "Bao&#39;an Centre", "食品药品", "Opening a business", "/items/BA-101/"):
        assert words in page


@pytest.mark.parametrize("count", [1, 3])
def test_pages_have_a_fixed_number_of_queries(client, count, django_assert_max_num_queries):
    for number in range(count):
        an_item(f"A{number}")
    client.get("/items/A0/")

    # the frame of every page asks for the institution and its hours
    for url, most in (("/items/", 5), ("/items/?q=食品", 6), ("/business/", 10), ("/items/A0/", 8)):
        with django_assert_max_num_queries(most):
            client.get(url)


def test_suggestions_are_a_fragment(read):
    an_item()

    assert "<html" not in read(reverse("catalogue-suggest") + "?q=食品")
    assert read(reverse("catalogue-suggest")).strip() == ""
