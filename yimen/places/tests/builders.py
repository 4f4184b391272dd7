"""Regions, centres and their hours for tests, all through the actions."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from yimen.kernel.actors import SYSTEM
from yimen.places import actions
from yimen.places.actions import CentreFacts, InstitutionFacts, RegionFacts, WindowFacts, ZoneFacts
from yimen.places.models import Centre, Institution, Region
from yimen.places.terms import RegionLevel, Tier

NOW = datetime(2016, 6, 25, 7, 0, tzinfo=UTC)  # Saturday, three in the afternoon in Shenzhen
LONG_AGO = date(2004, 7, 1)
MORNING, AFTERNOON = (time(9), time(12)), (time(14), time(20))
#: Monday to Friday until eight, Saturday until four, Sunday in the morning.
WEEK = {day: [MORNING, AFTERNOON] for day in range(1, 6)} | {6: [MORNING, (time(14), time(16))], 7: [MORNING]}


def a_region(code: str, name: str, level=RegionLevel.STREET, parent="", **changes) -> Region:
    facts = RegionFacts(code, name, changes.pop("names", {}))
    given = {"level": level, "parent_code": parent, "valid_from": LONG_AGO, "now": NOW} | changes
    return actions.add_region(by=SYSTEM, facts=facts, **given)


def baoan() -> Region:
    """The district with one street and two communities."""
    district = a_region("440306", "宝安区", RegionLevel.DISTRICT, names={"en": "Bao'an District"})
    a_region("440306003", "西乡街道", parent="440306", names={"en": "Xixiang"})
    a_region("440306003024", "劳动社区", RegionLevel.COMMUNITY, parent="440306003")
    a_region("440306003022", "黄田社区", RegionLevel.COMMUNITY, parent="440306003")
    return district


def the_institution(**changes) -> Institution:
    facts = {"name": "宝安区政务服务中心", "region_code": "440306", "case_prefix": "BA", "hotline": "85908590"}
    return actions.set_institution(by=SYSTEM, facts=InstitutionFacts(**(facts | changes)), now=NOW)


def a_centre(code="BA-XX", region="440306003", tier=Tier.STREET, week=WEEK, **changes) -> Centre:
    """A centre with one zone and two windows, open by ``WEEK``; its region has to be there."""
    zone = ZoneFacts("A", "受理中心", {"en": "Acceptance"}, [WindowFacts("A01"), WindowFacts("A02")])
    given = {"name": f"{code}政务服务中心", "address": "西乡街道示例路18号", "zones": [zone]} | changes
    facts = CentreFacts(code=code, tier=tier, region_code=region, **given)
    row = actions.open_centre(by=SYSTEM, facts=facts, now=NOW)
    actions.change_hours(by=SYSTEM, centre_code=code, week=week, valid_from=date(2016, 6, 1), now=NOW)
    return row
