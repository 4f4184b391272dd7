"""Centres and due days for other systems."""

import pytest
from ninja.testing import TestClient

from yimen.calendar.errors import CentreNeeded, YearNotPublished
from yimen.kernel import clock
from yimen.places.api import due_router, router
from yimen.places.errors import CentreUnknown, CountMissing
from yimen.places.tests.builders import NOW, a_centre, baoan

pytestmark = pytest.mark.django_db
MORNING = {"opens": "09:00", "closes": "12:00"}


@pytest.fixture
def api(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return TestClient(router)


@pytest.fixture
def calendar_api():
    return TestClient(due_router)


def test_centres_are_listed_with_their_hours_today(api):
    baoan()
    a_centre()

    found = api.get("").json()

    assert [(row["code"], row["region_name"], row["is_open_now"]) for row in found] == [("BA-XX", "西乡街道", True)]
    assert found[0]["today"] == [MORNING, {"opens": "14:00", "closes": "16:00"}]
    assert api.get("?tier=district").json() == []


def test_one_centre_comes_with_week_and_windows(api):
    baoan()
    a_centre()

    found = api.get("/BA-XX").json()

    assert found["week"][6] == {"weekday": 7, "intervals": [MORNING]}
    assert found["zones"][0]["windows"][0] == {"code": "A01", "kind": "integrated", "is_open": True}
    assert found["exceptions"] == []


def test_a_centre_that_is_none_is_refused(api):
    with pytest.raises(CentreUnknown):
        api.get("/NO")


def test_a_due_day_comes_with_its_explanation(calendar_api):
    found = calendar_api.get("/due?from=2016-06-25&working_days=20").json()

    assert (found["from"], found["due_on"], found["due_at"]) == ("2016-06-25T00:00:00+08:00", "2016-07-22", None)
    assert found["explanation"][:2] == [
        {"day": "2016-06-26", "kind": "weekend", "name": "", "number": None},
        {"day": "2016-06-27", "kind": "workday", "name": "", "number": 1},
    ]
    assert len(found["explanation"]) == 27


def test_a_due_moment_comes_with_its_stretches(calendar_api):
    baoan()
    a_centre("BA")

    found = calendar_api.get("/due?from=2016-06-25T15:00&count=4&unit=opening_hour&centre=BA").json()

    assert (found["due_on"], found["due_at"]) == ("2016-06-26", "2016-06-26T12:00:00+08:00")
    assert found["stretches"][1] == {
        "begins": "2016-06-26T09:00:00+08:00",
        "ends": "2016-06-26T12:00:00+08:00",
        "hours": 4.0,
    }


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        ("from=2026-12-01&working_days=60", YearNotPublished),
        ("from=2016-06-25", CountMissing),
        ("from=2016-06-25&working_days=1&count=1", CountMissing),
        ("from=2016-06-25T15:00&count=1&unit=opening_hour", CentreNeeded),
    ],
)
def test_a_question_without_an_answer_is_refused(calendar_api, asked, refusal):
    with pytest.raises(refusal):
        calendar_api.get(f"/due?{asked}")


@pytest.mark.parametrize(
    "asked", ["", "from=2016-06-25&working_days=-1", "from=2016-06-25&working_days=9999", "from=x&count=1&unit=week"]
)
def test_a_question_outside_its_limits_is_refused(calendar_api, asked):
    assert calendar_api.get(f"/due?{asked}").status_code == 422
