"""The published years for other systems."""

import pytest
from ninja.testing import TestClient

from yimen.calendar.api import router
from yimen.calendar.errors import YearUnknown

pytestmark = pytest.mark.django_db


@pytest.fixture
def api():
    return TestClient(router)


def test_years_are_listed(api):
    first = api.get("/years").json()[0]

    assert first == {"year": 2004, "notice": "国务院办公厅关于2004年部分节假日安排的通知", "published_on": None}


def test_days_of_a_year_are_listed(api):
    days = api.get("/years/2016").json()

    assert days[:2] == [
        {"day": "2016-01-01", "kind": "holiday", "name": "元旦"},
        {"day": "2016-02-06", "kind": "make_up", "name": "春节"},
    ]
    assert {"day": "2016-06-12", "kind": "make_up", "name": "端午节"} in days


def test_an_unpublished_year_is_refused(api):
    with pytest.raises(YearUnknown):
        api.get("/years/2027")


def test_a_year_that_is_none_is_refused(api):
    assert api.get("/years/0").status_code == 422
