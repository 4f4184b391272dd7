"""The places of the demo data set are taken in whole, and twice without a difference."""

import json
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from yimen.ledger.models import Line
from yimen.places import queries
from yimen.places.terms import Tier
from yimen.sites.demo.places import load_places

pytestmark = pytest.mark.django_db
DATA = json.loads((Path(__file__).parents[3] / "demo" / "baoan" / "places.json").read_text(encoding="utf-8"))
NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


def test_baoan_is_loaded_twice_without_a_difference():
    load_places(DATA, NOW)
    before = Line.objects.count()

    load_places(DATA, NOW)

    assert Line.objects.count() == before
    assert queries.institution().case_prefix == "BA"


def test_baoan_has_one_district_centre_six_streets_and_its_windows():
    load_places(DATA, NOW)

    tiers = {tier: len(queries.centres(tier)) for tier in Tier}
    windows = queries.windows_of(queries.centre("BA").id)
    assert (tiers[Tier.DISTRICT], tiers[Tier.STREET], len(windows)) == (1, 6, 44)
    assert len(queries.zones_of(queries.centre("BA").id)) == 4
    assert tiers[Tier.COMMUNITY] >= 12


def test_the_four_zones_are_those_of_the_hall():
    load_places(DATA, NOW)

    zones = queries.zones_of(queries.centre("BA").id)
    assert [zone.name for zone in zones] == ["受理中心", "咨询中心", "网上大厅开发区", "办公区"]


def test_district_and_streets_keep_the_same_hours_with_evenings_and_weekends():
    load_places(DATA, NOW)

    noon, until_eight = (time(9), time(12)), (time(14), time(20))
    week = [(day, [noon, until_eight]) for day in range(1, 6)] + [(6, [noon, (time(14), time(16))]), (7, [noon])]
    for centre in [*queries.centres(Tier.DISTRICT), *queries.centres(Tier.STREET)]:
        assert queries.week_of(centre.id, date(2016, 6, 27)) == week, centre.code


def test_the_hotline_is_one_number():
    load_places(DATA, NOW)

    assert queries.institution().hotline == "85908590"


def test_six_streets_became_ten():
    load_places(DATA, NOW)

    counts = [
        len(queries.regions_in("44/4403/440306", day, "street")) for day in (date(2016, 12, 25), date(2016, 12, 26))
    ]
    communities = [
        len(queries.regions_in("44/4403/440306", day, "community")) for day in (date(2016, 12, 25), date(2016, 12, 26))
    ]

    assert (counts, communities) == ([6, 10], [136, 136])
