"""The week of cases of the demo: every state occurs, and loading twice changes nothing."""

import json

import pytest
from django.conf import settings

from yimen.cases.models import Case
from yimen.cases.terms import CaseState
from yimen.kernel import clock
from yimen.kernel.news import deliver_all_news
from yimen.ledger.queries import verify
from yimen.notices.models import Notice
from yimen.notices.terms import Occasion
from yimen.sites.demo.cases import load_cases
from yimen.sites.demo.items import load_items
from yimen.sites.demo.people import load_people
from yimen.sites.demo.places import load_places

pytestmark = pytest.mark.django_db
FOLDER = settings.BASE_DIR / "demo" / "baoan"


def read(name):
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


@pytest.fixture
def loaded(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    now, people = clock.now(), read("people.json")
    load_places(read("places.json"), now)
    load_people(people, now)
    list(load_items(FOLDER / "items", now))
    return list(load_cases(read("cases.json"), people, now))


def states():
    return set(Case.objects.values_list("state", flat=True))


def test_the_week_has_cases_in_every_state(loaded):
    by_hands = states()

    deliver_all_news()

    assert by_hands == set(CaseState) - {CaseState.CLOSED}
    assert states() == set(CaseState) - {CaseState.HANDED_OVER}  # what is handed over is closed by the news
    assert set(Notice.objects.values_list("occasion", flat=True)) == set(Occasion) - {
        Occasion.CORRECTION_DUE,
        Occasion.SIGN_IN_CODE,
    }
    assert len(loaded) == len(read("cases.json"))
    assert list(load_cases(read("cases.json"), read("people.json"), clock.now())) == []
    assert verify().ok
