"""A small hall to work in: a street centre, two departments, somebody for every post, one applicant, one item."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO

from PIL import Image

from yimen.cases.actions import (
    Filing,
    GivenMaterial,
    Upload,
    accept_case,
    answer_step,
    bring_paper,
    choose_applicant,
    choose_collection,
    file_case,
    give_file,
    give_opinion,
    grant_case,
    judge_material,
    make_result,
    record_survey,
    start_draft,
)
from yimen.cases.models import Case, CaseStep, Draft
from yimen.cases.terms import CollectWay, FilingChannel, Opinion, StepState, Verdict, Way
from yimen.catalogue.actions import import_item
from yimen.identity.actions import (
    AgencyFacts,
    appoint,
    open_post,
    open_resident_account,
    register_agency,
    register_person,
    register_staff,
)
from yimen.identity.queries import holders_of, officer_by_id, resident_of
from yimen.identity.terms import Duty, IdType, Officer, Resident
from yimen.kernel.actors import SYSTEM
from yimen.kernel.clock import LEGAL_ZONE
from yimen.places.queries import centre
from yimen.places.tests.builders import a_centre, baoan, the_institution

#: Saturday, 24 September 2016: the hall is open, and it is no working day.
NOW = datetime(2016, 9, 24, 10, 0, tzinfo=LEGAL_ZONE)
LONG_AGO = date(2016, 1, 1)
CHEN = "440306198801010018"
LI = "440305199202020028"
PLACE = "BA-XX"

ITEM = {
    "code": "BA-SC-901",
    "name": "食品经营许可（新办）",
    "plain_name": "开饭馆的许可证",
    "type": "licence",
    "case_type": "promised",
    "agency": "market",
    "region": "440306",
    "audience": ["person", "enterprise"],
    "statutory_limit": {"count": 20, "unit": "working_day"},
    "promised_limit": {"count": 10, "unit": "working_day"},
    "effective_from": "2016-06-26",
    "content": {
        "summary": "开餐馆要办这张证。",
        "conditions": ["有固定的经营场所。"],
        "materials": [
            {"code": "form", "name": "申请书", "kind": "form", "source": "form", "acceptance_standard": ["签名齐全"]},
            {
                "code": "plan",
                "name": "经营场所布局图",
                "copies": 1,
                "note": "标明各功能区面积",
                "acceptance_standard": ["标出面积"],
            },
            {"code": "rules", "name": "食品安全管理制度", "copies": 1},
            {
                "code": "proxy",
                "name": "授权委托书",
                "necessity": "optional",
                "when": "由他人代办",
                "condition": {"field": "by_agent", "is": "yes"},
                "originals": 1,
            },
        ],
        "results": [{"name": "食品经营许可证", "kind": "certificate", "valid_for": "5 年", "number_prefix": "食证"}],
        "route": [
            {
                "code": "review",
                "name": "审查",
                "kind": "review",
                "stage": 1,
                "post": "market.reviewer",
                "limit": {"count": 3},
            },
            {
                "code": "survey",
                "name": "现场核查",
                "kind": "survey",
                "stage": 2,
                "post": "market.surveyor",
                "limit": {"count": 3},
                "people": 2,
            },
            {
                "code": "fire",
                "name": "消防会签",
                "kind": "sign",
                "stage": 2,
                "post": "fire.reviewer",
                "limit": {"count": 3},
            },
            {
                "code": "decide",
                "name": "决定",
                "kind": "decide",
                "stage": 3,
                "post": "market.decider",
                "limit": {"count": 2},
            },
        ],
        "readiness": {"file_online": True, "approve_online": True, "visits": 0},
        "service_points": {"tiers": ["street"]},
        "form": {
            "steps": [
                {
                    "code": "shop",
                    "title": "店铺",
                    "fields": [
                        {"code": "shop_name", "label": "店名", "prefill": "person.name"},
                        {"code": "by_agent", "label": "是否由他人代办", "type": "yes_no"},
                    ],
                }
            ]
        },
        "legal_basis": [{"law": "食品经营许可管理办法"}],
        "remedy": {"review_body": "深圳市宝安区人民政府", "court": "深圳市盐田区人民法院"},
        "correction_days": 15,
        "consult_phone": "85908590",
        "translations": {"en": {"name": "Food business licence (new)", "route": {"review": "Review"}}},
    },
}


def the_hall(**changes) -> None:
    """Everything a case needs. ``changes`` are members of the item's content."""
    baoan()
    the_institution()
    a_centre(PLACE)
    region_id = centre(PLACE).region_id
    for code in ("market", "fire"):
        facts = AgencyFacts(code=code, name=f"宝安{code}局", region_id=region_id)
        agency = register_agency(by=SYSTEM, facts=facts, now=NOW)
        for duty in (Duty.REVIEW, Duty.SURVEY, Duty.DECIDE):
            name = {Duty.REVIEW: "reviewer", Duty.SURVEY: "surveyor", Duty.DECIDE: "decider"}[duty]
            a_post(f"{code}.{name}", duty, agency_id=agency.pk)
    for name, duty in (("clerk", Duty.ACCEPT), ("issuer", Duty.ISSUE)):
        a_post(f"{name}.{PLACE}", duty, centre_id=centre(PLACE).id)
    import_item(by=SYSTEM, data={**ITEM, "content": {**ITEM["content"], **changes}}, now=NOW)


def a_post(code: str, duty: Duty, *, people: int = 2, **house) -> None:
    post = open_post(by=SYSTEM, code=code, name=code, duties=[duty], now=NOW, **house)
    for number in range(1, people + 1):
        own = f"{code}-{number}".replace(".", "-").lower()
        staff = register_staff(by=SYSTEM, staff_no=own[:20], name="林示例", username=own, password_hash="!", now=NOW)
        appoint(by=SYSTEM, staff_id=staff.pk, post_id=post.pk, valid_from=LONG_AGO, now=NOW)


def an_officer(post: str, nth: int = 0) -> Officer:
    """Whoever holds the post, first or second."""
    officer = officer_by_id(holders_of(post, on=NOW.date())[nth][0], NOW.date())
    assert officer is not None
    return officer


def a_clerk(nth: int = 0) -> Officer:
    return an_officer(f"clerk.{PLACE}", nth)


def another_clerk(code: str = "BA-YY") -> Officer:
    """A clerk of another centre, which takes the item in as well from now on."""
    a_centre(code)
    a_post(f"clerk.{code}", Duty.ACCEPT, centre_id=centre(code).id, people=1)
    import_item(by=SYSTEM, data={**ITEM, "content": {**ITEM["content"], "summary": f"{code}也办。"}}, now=NOW)
    return an_officer(f"clerk.{code}")


def an_issuer() -> Officer:
    return an_officer(f"issuer.{PLACE}")


def a_resident(name: str = "陈示例", number: str = CHEN, username: str = "chen") -> Resident:
    phone = f"1380000{int(number[-4:-1]):04d}"
    person = register_person(by=SYSTEM, name=name, id_type=IdType.CITIZEN, id_number=number, phone=phone, now=NOW)
    user = open_resident_account(
        by=SYSTEM, username=username, password_hash="!", phone=phone, person_id=person.pk, now=NOW
    )
    resident = resident_of(user.pk)
    assert resident is not None
    return resident


def a_picture(name: str = "plan.jpg") -> Upload:
    buffer = BytesIO()
    Image.new("RGB", (80, 60), "white").save(buffer, "JPEG")
    buffer.seek(0)
    return Upload(name, buffer)


def a_filing(by, *, key: str = "key-0001", given: dict | None = None, **changes) -> Filing:
    facts = {
        "item_code": ITEM["code"],
        "channel": FilingChannel.WEB,
        "centre_id": centre(PLACE).id,
        "idempotency_key": key,
        "person_id": by.person_id,
        "answers": {"shop_name": "小满餐饮店", "by_agent": "no"},
        "materials": given
        if given is not None
        else {"plan": GivenMaterial(uploads=(a_picture(),)), "rules": GivenMaterial(uploads=(a_picture(),))},
    }
    return Filing(**(facts | changes))


def a_case(by: Resident | None = None, **changes) -> Case:
    """A case filed online, with its papers uploaded."""
    by = by or a_resident()
    return file_case(by=by, filing=a_filing(by, **changes), now=NOW)


def all_good(case: Case, *, but: str = "", flaw: str = "没有标面积") -> None:
    """Every line judged: in order, or flawed for ``but``."""
    for row in case.materials.exclude(way__in=[Way.EXEMPT, Way.NOT_NEEDED]):
        verdict = Verdict.FLAWED if row.code == but else Verdict.GOOD
        judge_material(
            by=a_clerk(), case_id=case.id, code=row.code, verdict=verdict, flaw=flaw if row.code == but else "", now=NOW
        )


def a_draft(by: Resident) -> Draft:
    return start_draft(by=by, item_code=ITEM["code"], now=NOW)


def a_full_draft(by: Resident) -> Draft:
    """Ready to be sent: the form is filled in, one paper is uploaded, the other one comes to the window."""
    draft = a_draft(by)
    answers = {"shop_name": "小满餐饮店", "by_agent": "no"}
    choose_applicant(by=by, draft_id=draft.id, mandate_id=None, now=NOW)
    answer_step(by=by, draft_id=draft.id, step_code="shop", answers=answers, now=NOW)
    give_file(by=by, draft_id=draft.id, material_code="plan", upload=a_picture(), now=NOW)
    bring_paper(by=by, draft_id=draft.id, material_code="rules", is_paper=True, now=NOW)
    return choose_collection(by=by, draft_id=draft.id, centre_id=centre(PLACE).id, collect=CollectWay.COUNTER, now=NOW)


def an_accepted_case(by: Resident | None = None) -> Case:
    case = a_case(by)
    all_good(case)
    return accept_case(by=a_clerk(), case_id=case.id, now=NOW)


def examine(case: Case) -> Case:
    """Review, survey and countersignature."""
    give_opinion(by=an_officer("market.reviewer"), case_id=case.id, opinion=Opinion.PASS, text="材料齐全。", now=NOW)
    surveyor, other = an_officer("market.surveyor"), an_officer("market.surveyor", 1)
    record_survey(
        by=surveyor, case_id=case.id, people=[int(other.id)], opinion=Opinion.PASS, text="现场符合。", now=NOW
    )
    return give_opinion(by=an_officer("fire.reviewer"), case_id=case.id, opinion=Opinion.PASS, text="同意。", now=NOW)


def a_granted_case(by: Resident | None = None) -> Case:
    case = an_accepted_case(by)
    examine(case)
    return grant_case(by=an_officer("market.decider"), case_id=case.id, text="准予。", now=NOW)


def a_ready_case(by: Resident | None = None) -> Case:
    return make_result(by=an_issuer(), case_id=a_granted_case(by).id, now=NOW)


def on_paper() -> dict[str, GivenMaterial]:
    """Both papers lie on the desk."""
    return {code: GivenMaterial(way=Way.PAPER) for code in ("plan", "rules")}


def taken_in(by: Resident | None = None, **changes) -> Case:
    """A case taken in at the window, on paper."""
    filing = {"channel": FilingChannel.WINDOW, "given": on_paper()} | changes
    return file_case(by=a_clerk(), filing=a_filing(by or a_resident(), **filing), now=NOW)


def open_codes(case: Case) -> list[str]:
    return list(
        CaseStep.objects.filter(case=case, state=StepState.OPEN).order_by("code").values_list("code", flat=True)
    )
