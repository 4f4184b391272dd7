"""Regions begin, end and are split; centres open and change their hours."""

from datetime import date, time

import pytest

from yimen.kernel.actors import SYSTEM
from yimen.ledger.queries import lines
from yimen.places import queries
from yimen.places.actions import (
    RegionFacts,
    Successor,
    WindowFacts,
    ZoneFacts,
    change_hours,
    set_exception,
    split_region,
)
from yimen.places.errors import (
    AmenityUnknown,
    CentreUnknown,
    CodeNotValid,
    IntervalsNotValid,
    NameNotValid,
    PartsNotPlaced,
    RegionHasEnded,
    RegionUnknown,
    SuccessorsMissing,
)
from yimen.places.models import Region
from yimen.places.terms import RegionLevel, Tier, WindowKind
from yimen.places.tests.builders import AFTERNOON, MORNING, NOW, WEEK, a_centre, a_region, baoan, the_institution

pytestmark = pytest.mark.django_db
SPLIT_ON = date(2016, 12, 26)
XIXIANG = Successor(
    RegionFacts("440306018", "西乡街道"), {"440306003024": RegionFacts("440306018021", "劳动社区")}, ["BA-XX"]
)
HANGCHENG = Successor(RegionFacts("440306019", "航城街道"), {"440306003022": RegionFacts("440306019005", "黄田社区")})


def split(successors=(XIXIANG, HANGCHENG), on=SPLIT_ON, code="440306003"):
    return split_region(by=SYSTEM, code=code, on=on, successors=successors, now=NOW)


def verbs(chain: str) -> list[str]:
    return [line.verb for line in lines(chain)]


def test_a_region_lies_under_its_parent():
    baoan()

    found = queries.region("440306003024", NOW.date())

    assert (found.path, found.level) == ("440306/440306003/440306003024", RegionLevel.COMMUNITY)
    assert verbs("region:440306003024") == ["add_region"]


def test_a_region_again_mends_its_name_and_nothing_else():
    baoan()
    a_region("440306003", "西乡街道", parent="440306", names={"en": "Xixiang"})
    a_region("440306003", "西乡街道办", parent="440306", names={"en": "Xixiang"})

    assert queries.region("440306003", NOW.date()).name == "西乡街道办"
    assert verbs("region:440306003") == ["add_region", "add_region"]


@pytest.mark.parametrize(("code", "name", "refusal"), [("44x", "宝安", CodeNotValid), ("440306", " ", NameNotValid)])
def test_a_region_has_a_code_and_a_name(code, name, refusal):
    with pytest.raises(refusal):
        a_region(code, name)


def test_a_region_needs_its_parent():
    with pytest.raises(RegionUnknown) as refused:
        a_region("440306003", "西乡街道", parent="440306")

    assert refused.value.params == {"code": "440306", "day": "2004-07-01"}


def test_a_split_street_ends_and_its_successors_begin_on_the_same_day():
    baoan()
    a_centre()
    a_centre("BA-HC-01", region="440306003022", tier=Tier.COMMUNITY)

    split()

    before, after = (queries.regions_in("440306", day) for day in (date(2016, 12, 25), SPLIT_ON))
    assert [row.code for row in before] == ["440306003", "440306003022", "440306003024"]
    assert [row.code for row in after] == ["440306018", "440306018021", "440306019", "440306019005"]
    assert [queries.centre(code).region_path for code in ("BA-XX", "BA-HC-01")] == [
        "440306/440306018",
        "440306/440306019/440306019005",
    ]
    old = Region.objects.get(code="440306003")
    assert [row.code for row in queries.successors_of(old.pk)] == ["440306018", "440306019"]
    assert verbs("region:440306003") == ["add_region", "split_region"]


def test_a_split_may_run_twice():
    baoan()
    a_centre()
    first = split()

    assert split() == first
    assert verbs("region:440306003") == ["add_region", "split_region"]


def test_a_street_cannot_be_split_again_otherwise():
    baoan()
    a_centre()
    split()

    with pytest.raises(RegionHasEnded):
        split((XIXIANG,))


def test_whatever_lies_in_a_split_street_goes_to_exactly_one_successor():
    baoan()
    a_centre()

    with pytest.raises(PartsNotPlaced) as refused:
        split((Successor(XIXIANG.region, XIXIANG.takes), Successor(HANGCHENG.region, XIXIANG.takes)))

    assert refused.value.params == {"codes": "440306003022, 440306003024, BA-XX"}
    assert [row.code for row in queries.regions_in("440306", SPLIT_ON, RegionLevel.STREET)] == ["440306003"]


def test_a_split_needs_a_street_and_successors():
    with pytest.raises(RegionUnknown):
        split()
    with pytest.raises(SuccessorsMissing):
        split(())


def test_the_institution_is_one_row():
    baoan()
    the_institution()
    the_institution()
    the_institution(hotline="12345")

    assert queries.institution().hotline == "12345"
    assert verbs("institution") == ["set_institution", "set_institution"]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [({"case_prefix": "ba"}, CodeNotValid), ({"name": ""}, NameNotValid), ({"region_code": "99"}, RegionUnknown)],
)
def test_an_institution_that_makes_no_sense_is_refused(changes, refusal):
    baoan()

    with pytest.raises(refusal):
        the_institution(**changes)


def test_a_centre_opens_with_zones_and_windows():
    baoan()
    centre = a_centre()

    zones = queries.zones_of(centre.pk)

    assert [(zone.code, [window.code for window in zone.windows]) for zone in zones] == [("A", ["A01", "A02"])]
    assert verbs("centre:BA-XX") == ["open_centre", "change_hours"]


def test_the_same_centre_again_changes_nothing():
    baoan()
    a_centre()
    a_centre()

    assert verbs("centre:BA-XX") == ["open_centre", "change_hours"]


def test_a_centre_is_brought_up_to_date_and_keeps_windows_that_are_not_named():
    baoan()
    a_centre()
    zone = ZoneFacts("A", "受理大厅", {}, [WindowFacts("A02", WindowKind.ISSUING, is_open=False)])

    centre = a_centre(name="西乡街道政务服务中心", zones=[zone])

    windows = [(row.code, row.kind, row.is_open, row.zone_name) for row in queries.windows_of(centre.pk)]
    assert windows == [("A01", "integrated", True, "受理大厅"), ("A02", "issuing", False, "受理大厅")]
    assert (queries.centre("BA-XX").name, verbs("centre:BA-XX")[2:]) == ("西乡街道政务服务中心", ["open_centre"])


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"code": "ba xx"}, CodeNotValid),
        ({"zones": [ZoneFacts("a/1", "受理中心")]}, CodeNotValid),
        ({"zones": [ZoneFacts("A", "")]}, NameNotValid),
        ({"address": ""}, NameNotValid),
        ({"amenities": ["sauna"]}, AmenityUnknown),
        ({"region": "999"}, RegionUnknown),
    ],
)
def test_a_centre_that_makes_no_sense_is_refused(changes, refusal):
    baoan()

    with pytest.raises(refusal):
        a_centre(**changes)

    assert queries.centres() == []


def test_new_hours_begin_on_a_day_and_the_days_before_keep_theirs():
    baoan()
    centre = a_centre()

    change_hours(by=SYSTEM, centre_code="BA-XX", week={1: [MORNING]}, valid_from=date(2016, 7, 1), now=NOW)

    days = [date(2016, 6, 27), date(2016, 7, 4), date(2016, 7, 5)]
    assert [queries.opening_intervals(centre.pk, day) for day in days] == [[MORNING, AFTERNOON], [MORNING], []]
    assert lines("centre:BA-XX")[-1].facts["week"]["1"] == [["09:00", "12:00"]]


def test_hours_planned_for_later_are_replaced():
    baoan()
    centre = a_centre()
    change_hours(by=SYSTEM, centre_code="BA-XX", week={1: [MORNING]}, valid_from=date(2016, 8, 1), now=NOW)

    change_hours(by=SYSTEM, centre_code="BA-XX", week={2: [MORNING]}, valid_from=date(2016, 7, 1), now=NOW)

    days = [date(2016, 8, 1), date(2016, 8, 2)]
    assert [queries.opening_intervals(centre.pk, day) for day in days] == [[], [MORNING]]


def test_hours_need_a_centre_and_sense():
    baoan()
    a_centre()

    with pytest.raises(CentreUnknown):
        change_hours(by=SYSTEM, centre_code="NO", week=WEEK, valid_from=SPLIT_ON, now=NOW)
    with pytest.raises(IntervalsNotValid):
        change_hours(by=SYSTEM, centre_code="BA-XX", week={1: [(time(12), time(9))]}, valid_from=SPLIT_ON, now=NOW)


def an_exception(intervals=(), reason="元旦", day=date(2017, 1, 1)):
    return set_exception(
        by=SYSTEM, centre_code="BA-XX", day=day, intervals=intervals, reason=reason, reasons={"en": "New Year"}, now=NOW
    )


def test_an_exception_closes_a_day_and_may_be_changed():
    baoan()
    centre = a_centre()
    an_exception()
    an_exception()
    an_exception([MORNING])

    assert queries.opening_intervals(centre.pk, date(2017, 1, 1)) == [MORNING]
    assert verbs("centre:BA-XX")[2:] == ["set_exception", "set_exception"]


def test_an_exception_says_why():
    baoan()
    a_centre()

    with pytest.raises(NameNotValid):
        an_exception(reason="")
