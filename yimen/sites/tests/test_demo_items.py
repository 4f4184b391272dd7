"""The demo's items are written in full: what a guide has to say, in four languages, in limits that the law allows."""

import itertools
import json
import re
from datetime import date, timedelta

import pytest
from django.conf import settings

from yimen.calendar.queries import work_calendar
from yimen.calendar.rules import due
from yimen.calendar.terms import Limit
from yimen.catalogue.rules import gaps_of, read_item
from yimen.catalogue.terms import CaseType, ItemData, LimitContent, MaterialSource, Necessity, StepKind

FOLDER = settings.BASE_DIR / "demo" / "baoan"
#: The days on which a case of the demo may be accepted: every day of all published years that leaves room for a limit.
FIRST, LAST = date(2016, 6, 26), date(2026, 6, 30)


def read(name):
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


ITEMS = {file.stem: read_item(json.loads(file.read_text("utf-8"))) for file in sorted(FOLDER.glob("items/*.json"))}
AGENCIES = {row["code"]: row for row in read("people.json")["agencies"]}
CENTRES = {row["code"]: row for row in read("places.json")["centres"]}
each_item = pytest.mark.parametrize("item", ITEMS.values(), ids=ITEMS.keys())


def test_there_are_sixty_items_and_each_code_stands_once():
    assert len(ITEMS) >= 60
    assert len({item.code for item in ITEMS.values()}) == len(ITEMS)


def test_what_people_need_is_there():
    """Every life event and theme of the first page leads somewhere, and three streets have services of their own."""
    events = {event for item in ITEMS.values() for event in item.content.life_events}
    own = {item.agency for item in ITEMS.values() if item.agency.startswith("street-")}

    assert events == {
        "birth", "family", "residence", "housing", "school", "work", "business", "building", "technology", "health",
        "old_age", "death",
    }  # fmt: skip
    assert own >= {"street-shajing", "street-shiyan"}


@each_item
def test_an_item_says_everything_that_a_guide_has_to_say(item: ItemData):
    content = item.content

    assert gaps_of(item) == []
    assert all((item.plain_name, content.summary, content.conditions, content.rights, content.results))
    assert all((content.aliases, content.themes, content.life_events, content.consult_phone, content.complaint_phone))
    assert len(content.faqs) >= 2
    assert len(content.clerk_points) >= 2
    assert len(content.officer_points) >= 2
    assert all(basis.text for basis in content.legal_basis)
    assert content.legal_basis
    assert bool(content.readiness.visits) == bool(content.readiness.visit_reason)
    assert [code for code in content.goes_with if code not in {other.code for other in ITEMS.values()}] == []


@each_item
def test_a_paper_says_where_it_comes_from_how_many_are_needed_and_what_a_good_one_is(item: ItemData):
    asked = {field.code: field for field in item.content.form.field_list()}
    for line in item.content.materials:
        assert all((line.note, line.acceptance_standard, line.sample)), line.code
        assert line.issuer or line.source in {MaterialSource.APPLICANT, MaterialSource.FORM}, line.code
        needs_paper = line.necessity != Necessity.EXEMPT and line.form != "electronic"
        assert (line.originals + line.copies > 0) == needs_paper, line.code
        if line.necessity == Necessity.OPTIONAL:
            assert line.when, line.code
            assert line.condition, line.code
            options = {option.value for option in asked[line.condition["field"]].options} or {"yes", "no"}
            assert line.condition["is"] in options, line.code


@each_item
@pytest.mark.parametrize("language", ["en", "ja", "ko"])
def test_an_item_stands_in_every_language(item: ItemData, language):
    content, text = item.content, item.content.translations[language]
    forms = [step.code for step in content.form.steps]
    for field in content.form.field_list():
        forms += [field.code, *([f"{field.code}.hint"] if field.hint else [])]
        forms += [f"{field.code}.{option.value}" for option in field.options]
    lines = {line.code: {key for key in ("name", "when", "note") if getattr(line, key)} for line in content.materials}

    assert all((text.name, text.plain_name, text.summary))
    assert [len(part) for part in (text.conditions, text.results, text.faqs)] == [
        len(part) for part in (content.conditions, content.results, content.faqs)
    ]
    assert {code: set(words) for code, words in text.materials.items()} == lines
    assert list(text.route) == [step.code for step in content.route]
    assert set(text.fees) == {fee.name for fee in content.fees}
    assert set(text.form) == set(forms)


#: Chinese characters in Korean, Chinese stops in English and Korean; names that people have to show or write stay.
_STRANGE = {
    "en": re.compile("[\u3001-\u30ff\u4e00-\u9fff\uff01-\uff5e]"),
    "ko": re.compile("[、。，；：？！（）「」]|[\u4e00-\u9fff]"),
}
_NAMES = re.compile("深圳市宝安区|械备|械注")


@each_item
@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_language_keeps_its_own_signs(item: ItemData, language):
    text = item.content.translations[language].model_dump_json(exclude={"fees"})

    assert _STRANGE[language].findall(_NAMES.sub("", text)) == []


def _limit(limit: LimitContent) -> Limit:
    return Limit(limit.count, limit.unit)


@pytest.mark.django_db
def test_a_promise_holds_whenever_the_case_is_accepted():
    """Eight working days are shorter than fifteen days, but not around the National Day. Law: XKF art. 42."""
    calendar = work_calendar()
    days = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days)]
    broken = []
    for slug, item in ITEMS.items():
        promised, statutory = _limit(item.promised_limit), _limit(item.statutory_limit)
        if promised.unit == statutory.unit:
            assert promised.count <= statutory.count, slug
            continue
        late = (day for day in days if due(day, promised, calendar).on > due(day, statutory, calendar).on)
        broken += [(slug, day) for day in itertools.islice(late, 1)]
    assert broken == []


@each_item
def test_the_route_ends_within_the_promise_and_in_one_decision(item: ItemData):
    route = item.content.route
    stages: dict[int, int] = {}
    for step in route:
        stages[step.stage] = max(stages.get(step.stage, 0), step.limit.count)

    assert {step.limit.unit for step in route} == {item.promised_limit.unit}
    assert sum(stages.values()) <= item.promised_limit.count
    assert [step.kind for step in route if step.stage == max(stages)] == [StepKind.DECIDE]
    assert [step.code for step in route if step.kind == StepKind.SURVEY and step.people < 2] == []
    if item.case_type == CaseType.INSTANT:
        assert len(route) == 1


@each_item
def test_posts_windows_and_remedies_are_those_of_the_agency(item: ItemData):
    """Departments decide the district's items, streets their own; who reviews a decision is the same everywhere."""
    agency, remedy = AGENCIES[item.agency], item.content.remedy
    posts = {step.post for step in item.content.route}
    points = item.content.service_points

    assert (remedy.review_body, remedy.court) == (agency["review_body"], agency["court"])
    assert {post.split(".")[0] for post in posts} <= set(AGENCIES)
    assert {post.split(".")[1] for post in posts} <= {"reviewer", "surveyor", "decider"}
    assert f"{item.agency}.decider" in posts
    if agency["region_of_centre"]:
        street = CENTRES[agency["region_of_centre"]]["region"]
        assert item.region == street
        assert all(CENTRES[code]["region"].startswith(street) for code in points.centres)
    else:
        assert (item.region, bool(points.tiers), points.centres) == ("440306", True, ())
