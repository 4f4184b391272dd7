"""What others ask of places."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from yimen.calendar.errors import NeverOpen, YearNotPublished
from yimen.calendar.terms import DayKind, Unit
from yimen.kernel.actors import SYSTEM
from yimen.places import queries
from yimen.places.actions import set_exception
from yimen.places.errors import CentreNotKnown, CentreUnknown, InstitutionMissing, RegionUnknown, WindowUnknown
from yimen.places.rules import Question
from yimen.places.terms import Tier
from yimen.places.tests.builders import AFTERNOON, MORNING, NOW, a_centre, baoan, the_institution

pytestmark = pytest.mark.django_db
SATURDAY_AT_THREE = datetime(2016, 6, 25, 15, 0)  # noqa: DTZ001  legal time


def test_the_institution_is_missing_until_it_is_set():
    with pytest.raises(InstitutionMissing):
        queries.institution()


def test_the_institution_knows_its_region():
    district = baoan()
    the_institution(sponsor="宝安区", sponsors={"en": "Bao'an"})

    found = queries.institution()

    assert (found.region_code, found.region_id, found.case_prefix) == ("440306", district.pk, "BA")


def test_centres_are_found_by_code_key_tier_and_region():
    baoan()
    street = a_centre()
    community = a_centre("BA-XX-01", region="440306003024", tier=Tier.COMMUNITY)

    assert queries.centre("BA-XX") == queries.centre_by_id(street.pk)
    assert [row.id for row in queries.centres()] == [street.pk, community.pk]
    assert [row.id for row in queries.centres(Tier.COMMUNITY)] == [community.pk]
    assert [row.id for row in queries.centres(region_path="440306/440306003")] == [street.pk, community.pk]
    assert queries.centres(region_path="440306/44030600") == []


def test_what_is_not_there_is_refused():
    with pytest.raises(CentreUnknown):
        queries.centre("NO")
    with pytest.raises(CentreUnknown):
        queries.centre_by_id(1)
    with pytest.raises(WindowUnknown):
        queries.window_row(1)
    with pytest.raises(RegionUnknown):
        queries.region("440306", NOW.date())


def test_a_window_knows_its_zone_and_centre():
    baoan()
    centre = a_centre()
    first = queries.windows_of(centre.pk)[0]

    assert queries.window_row(first.id) == first
    assert (first.code, first.zone_code, first.zone_names, first.centre_code) == (
        "A01",
        "A",
        {"en": "Acceptance"},
        "BA-XX",
    )


def test_a_centre_is_open_by_its_hours_and_exceptions():
    baoan()
    centre = a_centre()
    monday = datetime(2016, 6, 27, 2, 0, tzinfo=UTC)
    assert queries.is_open(centre.pk, monday)

    set_exception(
        by=SYSTEM, centre_code="BA-XX", day=date(2016, 6, 27), intervals=[AFTERNOON], reason="检修", reasons={}, now=NOW
    )

    assert not queries.is_open(centre.pk, monday)
    assert [row.reason for row in queries.exceptions_of(centre.pk, date(2016, 6, 1), date(2016, 7, 1))] == ["检修"]


def test_the_usual_week_leaves_exceptions_out():
    baoan()
    centre = a_centre()

    week = dict(queries.week_of(centre.pk, date(2016, 6, 27)))

    assert (week[1], week[7]) == ([MORNING, AFTERNOON], [MORNING])
    assert dict(queries.week_of(centre.pk))[1] == [MORNING, AFTERNOON]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_centres_costs_two_queries(django_assert_num_queries, count):
    baoan()
    for number in range(count):
        a_centre(f"BA-XX-{number}")

    with django_assert_num_queries(2):
        lines = queries.centre_lines(NOW)

    assert [(line.is_open_now, line.opens_next) for line in lines] == [(True, None)] * count


def test_a_closed_centre_says_when_it_opens_next_and_one_shut_down_does_not():
    baoan()
    a_centre("A1")
    a_centre("A2", is_open=False)

    first, second = queries.centre_lines(datetime(2016, 6, 25, 5, 0, tzinfo=UTC))

    assert (first.is_open_now, str(first.opens_next)) == (False, "2016-06-25 14:00:00+08:00")
    assert (second.is_open_now, second.today, second.opens_next) == (False, (), None)


def test_an_answer_in_working_days_is_explained_day_by_day():
    found = queries.answer(Question(SATURDAY_AT_THREE, Decimal(20), Unit.WORKING_DAY))

    assert (found.day, found.moment, len(found.days), found.stretches) == (date(2016, 7, 22), None, 27, ())
    assert (found.days[0].kind, found.days[-1].number) == (DayKind.WEEKEND, 20)


def test_an_answer_in_opening_hours_is_explained_stretch_by_stretch():
    baoan()
    a_centre()

    found = queries.answer(Question(SATURDAY_AT_THREE, Decimal(4), Unit.OPENING_HOUR, "BA-XX"))

    assert (found.moment, found.day) == (datetime(2016, 6, 26, 12), date(2016, 6, 26))  # noqa: DTZ001
    assert [str(span.hours) for span in found.stretches] == ["1", "4"]


def test_an_answer_that_nobody_knows_is_refused():
    baoan()
    a_centre(week={})

    with pytest.raises(YearNotPublished) as refused:
        queries.answer(Question(datetime(2026, 12, 1), Decimal(60), Unit.WORKING_DAY))  # noqa: DTZ001
    with pytest.raises(CentreNotKnown):
        queries.answer(Question(SATURDAY_AT_THREE, Decimal(4), Unit.OPENING_HOUR, "NO"))
    with pytest.raises(NeverOpen):
        queries.answer(Question(SATURDAY_AT_THREE, Decimal(4), Unit.OPENING_HOUR, "BA-XX"))
    assert refused.value.params == {"year": 2027}
