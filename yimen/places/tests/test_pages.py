"""The halls for everybody."""

import pytest
from django.urls import reverse

from yimen.kernel import clock
from yimen.kernel.actors import SYSTEM
from yimen.places.actions import set_exception
from yimen.places.terms import Tier
from yimen.places.tests.builders import NOW, a_centre, baoan, the_institution

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_a_saturday(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def read(client):
    def page(url: str, language="en") -> str:
        client.cookies["yimen_language"] = language
        answer = client.get(url)
        assert answer.status_code == 200
        return answer.content.decode()

    return page


def test_halls_are_listed_street_by_street(read):
    baoan()
    the_institution()
    a_centre("BA", region="440306", tier=Tier.DISTRICT, names={"en": "Bao'an Centre"})
    a_centre("BA-XX-01", region="440306003024", tier=Tier.COMMUNITY)
    a_centre()

    page = read(reverse("places-centres"))

    places = [page.index(text) for text in ("Bao&#39;an Centre", ">Xixiang<", "/centres/BA-XX/", "/centres/BA-XX-01/")]
    assert places == sorted(places)
    assert "open now" in page
    assert "9:00–12:00, 14:00–16:00" in page


def test_an_empty_list_says_what_will_be_there(read):
    baoan()
    the_institution()

    assert "No hall has been entered yet." in read(reverse("places-centres"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_whatever_its_length(client, django_assert_max_num_queries, count):
    baoan()
    the_institution()
    for number in range(count):
        a_centre(f"BA-XX-{number}")

    with django_assert_max_num_queries(9):
        client.get(reverse("places-centres"))


def test_a_hall_shows_its_week_its_exceptions_and_its_windows(read):
    baoan()
    the_institution()
    a_centre(phone="0755-0000-0101", amenities=["nursery"], directions="地铁示例站")
    day = NOW.date().replace(month=7, day=1)
    set_exception(
        by=SYSTEM, centre_code="BA-XX", day=day, intervals=[], reason="检修", reasons={"en": "Repairs"}, now=NOW
    )

    page = read(reverse("places-centre", kwargs={"code": "BA-XX"}))

    for text in ("nursery room", "tel:0755-0000-0101", "Repairs", "A01–A02", "Sunday"):
        assert text in page


@pytest.mark.parametrize("language", ["zh-hans", "en", "ja", "ko"])
def test_a_hall_opens_in_every_language(read, language):
    baoan()
    the_institution()
    a_centre(is_open=False, zones=[])

    assert "BA-XX" in read(reverse("places-centre", kwargs={"code": "BA-XX"}), language)
    assert "BA-XX" in read(reverse("places-centres"), language)


def test_a_hall_that_is_none_is_not_found(client):
    baoan()
    the_institution()

    assert client.get("/centres/NO/").status_code == 404
