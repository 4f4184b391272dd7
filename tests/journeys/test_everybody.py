"""For everybody: axe finds nothing serious, nothing is wider than a phone, on every page in every language."""

from __future__ import annotations

import pytest

from tests.journeys.people import ITEM, Crowd, Visitor, complete, photo, send, start_filing, worst

PUBLIC = (
    *("/", "/items/", "/items/?q=居住证", "/personal/", "/business/", f"/items/{ITEM}/", "/centres/", "/centres/BA/"),
    *("/check/", "/verify/", "/offline/", "/accounts/login/", "/accounts/signup/", "/accounts/login/code/"),
    *("/demo/inbox/", "/nowhere/"),
)
MINE = (
    *("/my/", "/my/cases/", "/my/messages/", "/my/profile/", "/my/mandates/", "/my/organisations/"),
    f"/items/{ITEM}/file/",
)
DESKS = {
    "clerk-ba-1": ("/desk/", "/desk/window/?item=救助", f"/desk/window/new/{ITEM}/", "/desk/bags/", "/desk/me/"),
    "civil-reviewer-1": ("/desk/", "/desk/tasks/", "/desk/bags/"),
    "issuer-ba-1": ("/desk/", "/desk/issuing/"),
    "supervision-1": ("/desk/",),
}


#: As scanners name them: long, and no place to break the line.
LONG_NAME = "scan_of_the_paper_as_the_machine_names_it_2026_11_24_0001.png"


def _file_with_many_files(resident: Visitor) -> str:
    """File the main job's item with two files for each line; returns the case number."""
    draft = start_filing(resident)
    complete(resident, draft)
    for code in ("id_card", "event_proof"):
        resident.open(f"{draft}materials/{code}/")
        resident.page.set_input_files("[name=files]", photo(LONG_NAME))
        resident.press("form:has([name=files]) button.ym-btn")
        assert _too_wide(resident, f"{draft}materials/{code}/") == []
    return send(resident, draft)


def _too_wide(visitor: Visitor, path: str) -> list[str]:
    visitor.page.set_viewport_size({"width": 390, "height": 844})
    return [f"{path} is {visitor.too_wide()} px too wide"] if visitor.too_wide() > 0 else []


def _look(visitor: Visitor, paths: tuple[str, ...], *, narrow: bool = True) -> list[str]:
    """What is wrong with these pages at a laptop and on a phone."""
    wrongs: list[str] = []
    for path in paths:
        visitor.page.set_viewport_size({"width": 1440, "height": 900})
        visitor.page.goto(visitor.base + path)
        wrongs += worst(visitor)
        if narrow:
            wrongs += _too_wide(visitor, path)
    return wrongs


@pytest.mark.parametrize("language", ["zh-hans", "en", "ja", "ko"])
def test_what_anybody_sees(crowd: Crowd, language: str):
    assert _look(crowd.visitor(language=language), PUBLIC) == []


@pytest.mark.parametrize("language", ["zh-hans", "en", "ja", "ko"])
def test_what_a_resident_sees(crowd: Crowd, language: str):
    resident = crowd.signed_in("chen", language=language)
    draft = start_filing(resident)
    parts = ("", "form/person/", "form/happened/", "materials/id_card/", "collection/", "drop/")
    assert _look(resident, (*MINE, *(draft + part for part in parts))) == []
    resident.open(f"{draft}form/happened/")
    resident.press("main form button.ym-btn")
    assert worst(resident) == [], "with errors"
    complete(resident, draft)
    case_no = crowd.ask("SELECT case_no FROM cases_case WHERE filed_by LIKE 'resident:%%' AND state = 'in_review'"
                        " AND person_id = (SELECT person_id FROM cases_case WHERE applicant_name = '陈示例' LIMIT 1)"
                        " LIMIT 1")[0][0]  # fmt: skip
    case = f"/my/cases/{case_no}/"
    assert _look(resident, (f"{draft}check/", case, f"{case}filed/", f"{case}withdraw/")) == []


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_what_the_desk_sees(crowd: Crowd, language: str):
    case_no = _file_with_many_files(crowd.signed_in("chen"))
    wrongs: list[str] = []
    for username, paths in DESKS.items():
        wrongs += _look(crowd.signed_in(username, language=language), paths)
    clerk = crowd.signed_in("clerk-ba-1", language=language)
    bench = (f"/desk/window/{case_no}/", f"/desk/window/{case_no}/?line=event_proof", f"/desk/cases/{case_no}/",
             f"/desk/window/{case_no}/turn-away/")  # fmt: skip
    wrongs += _look(clerk, bench)
    tasks = crowd.ask(
        "SELECT c.case_no, p.code FROM cases_casestep s JOIN cases_case c ON c.id = s.case_id"
        " JOIN identity_post p ON p.id = s.post_id WHERE s.state = 'open' AND c.state = 'in_review'"
    )
    for number, post in tasks[:4]:
        officer = crowd.signed_in(f"{post.replace('.', '-')}-1", language=language)
        wrongs += _look(officer, (f"/desk/tasks/{number}/",))
    ready = crowd.ask(
        "SELECT case_no FROM cases_case JOIN places_centre p ON p.id = centre_id"
        " WHERE p.code = 'BA' AND state IN ('granted', 'ready', 'refused')"
    )
    issuer = crowd.signed_in("issuer-ba-1", language=language)
    wrongs += _look(issuer, tuple(f"/desk/issuing/{number}/" for (number,) in ready[:3]))
    assert wrongs == []
