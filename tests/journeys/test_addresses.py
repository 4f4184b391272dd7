"""Every address of the house, in four languages, by everybody: nothing breaks, and who may open what is as declared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests.hall import Hall
from tests.house.addresses import named
from yimen.identity.guards import Guard
from yimen.settings.base import database
from yimen.sites.permissions import ANYBODY, FAMILIES, PERMISSIONS

LANGUAGES = ("zh-hans", "en", "ja", "ko")
#: Role → user name; nobody signed in has none.
ROLES = {
    "anonymous": "",
    "resident": "chen",
    "clerk": "clerk-ba-1",
    "reviewer": "civil-reviewer-1",
    "issuer": "issuer-ba-1",
    "supervisor": "supervision-1",
    "administrator": "admin-1",
}
#: The number of nothing.
NOTHING = "00000000-0000-7000-8000-000000000000"
#: Addresses that sign out, or send forms of other software: walked by its own tests.
NOT_WALKED = {"account_logout"}


@pytest.fixture
def demo(copy: Hall, django_db_blocker: Any, settings: Any) -> Iterator[Hall]:
    """The demo hall as this process's database."""
    settings.DATA_DIR = copy.data
    default = connections["default"]
    before = dict(default.settings_dict)
    default.close()
    default.settings_dict.update(database(copy.url, "yimen_app"))
    with django_db_blocker.unblock():
        yield copy
        connections.close_all()
    default.settings_dict.clear()
    default.settings_dict.update(before)


def _one(question: str, *values: object) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        row = cursor.fetchone()
    return row[0] if row else None


def _arguments() -> dict[str, Any]:
    """A sample for every argument that an address has: a case of chen's at the district's hall."""
    case = _one(
        "SELECT c.id FROM cases_case c JOIN places_centre p ON p.id = c.centre_id JOIN identity_person i"
        " ON i.id = c.person_id WHERE i.name = '陈示例' AND p.code = 'BA' ORDER BY filed_at DESC LIMIT 1"
    )
    return {
        "case_no": _one("SELECT case_no FROM cases_case WHERE id = %s", case),
        "file_id": _one(
            "SELECT f.file_id FROM cases_casefile f JOIN cases_casematerial m ON m.id = f.material_id"
            " WHERE m.case_id = %s LIMIT 1",
            case,
        ),
        "letter_id": _one("SELECT letter_id FROM cases_caseletter WHERE case_id = %s LIMIT 1", case),
        "code": "BA-MZ-107",
        "page": 1,
        "number": _one("SELECT number FROM documents_letter LIMIT 1"),
        "draft_id": NOTHING,
        "mandate_id": _one("SELECT id FROM identity_mandate LIMIT 1"),
        "notice_id": _one("SELECT id FROM notices_notice LIMIT 1") or NOTHING,
        "step": "person",
        "pk": 1,
        "version": 1,
        "language": "en",
        "year": 2016,
    }


def _pages() -> list[tuple[str, Guard, str]]:
    """Name, guard and path of every page with sample arguments."""
    samples, found = _arguments(), []
    for name, route, view in named():
        if name.startswith(("api-1:", "admin:")) or name in NOT_WALKED:
            continue
        family = next((guard for start, guard in FAMILIES.items() if name.startswith(start)), ANYBODY)
        wanted = {one.split(":")[-1].rstrip(">") for one in route.split("<")[1:] for one in [one.split(">")[0]]}
        missing = wanted - {key for key, value in samples.items() if value is not None}
        assert not missing, f"{name} wants {missing}: give a sample"
        try:
            path = reverse(name, kwargs={key: samples[key] for key in wanted})
        except NoReverseMatch:
            samples["code"], kept = ("BA" if name.startswith("places") else "BA-MZ-107"), samples["code"]
            path = reverse(name, kwargs={key: samples[key] for key in wanted})
            samples["code"] = kept
        found.append((name, PERMISSIONS.get(name, getattr(view, "guard", family)), path))
    return found


def _client(username: str) -> Client:
    client = Client(raise_request_exception=False)
    if username:
        from yimen.identity.models import User

        client.force_login(User.objects.get(username=username))
    return client


def _duties(username: str) -> set[str]:
    from yimen.identity.queries import officer_of
    from yimen.kernel import clock

    user_id = _one("SELECT id FROM identity_user WHERE username = %s", username)
    officer = officer_of(user_id, clock.today()) if user_id else None
    return set(officer.duties) if officer else set()


def _may(guard: Guard, role: str, duties: set[str]) -> bool:
    """What the table says of this role."""
    allowed = {
        "public": True,
        "account": role != "anonymous",
        "resident": role == "resident",
        "officer": bool(duties) and (not guard.duties or bool(guard.duties & duties)),
    }
    return allowed.get(guard.who, False)


@pytest.mark.parametrize("role", ROLES)
def test_every_address(demo: Hall, role: str):
    username = ROLES[role]
    client, duties, wrong = _client(username), _duties(username), []
    for name, guard, path in _pages():
        for language in LANGUAGES:
            client.cookies["yimen_language"] = language
            answer = client.get(path)
            if answer.status_code >= 500:
                wrong.append(f"{name} {language}: {answer.status_code}")
        if answer.status_code == 405:
            continue  # for forms alone; what they answer is asked below
        is_shown = answer.status_code not in (401, 403) and "/accounts/login" not in answer.get("Location", "")
        if "sign-in" in answer.get("Location", ""):
            is_shown = False
        if name == "identity-desk-sign-in":
            continue  # leads on to wherever whoever asks has to go
        may = _may(guard, role, duties)
        if is_shown and not may and answer.status_code != 404:
            wrong.append(f"{name}: {role} must not open it, and it answers {answer.status_code}")
        if may and not is_shown and name in PERMISSIONS and not _refuses_the_case(name, answer.status_code):
            wrong.append(f"{name}: {role} may open it, and it answers {answer.status_code}")
    assert sorted(set(wrong)) == [], "\n".join(sorted(set(wrong)))


def _refuses_the_case(name: str, status: int) -> bool:
    """A page that is open may still refuse this one case, or whoever is no resident; it says so itself."""
    return status == 403 and (name.startswith("cases-") or name == "identity-who")


NASTY = (
    "%00",
    "²",
    "9" * 30,
    "-1",
    "' OR 1=1 --",
    "%F0%9F%8F%9B",
    "../../etc/passwd",
    "2016-02-30",
    "2016-06-25T25:00",
)


@pytest.mark.parametrize("role", ["anonymous", "resident", "clerk", "reviewer", "issuer"])
def test_nasty_questions(demo: Hall, role: str):
    """Whatever stands behind the question mark, or in the path, no page breaks."""
    client, wrong = _client(ROLES[role]), []
    case_no = _arguments()["case_no"]
    paths = ["/items/", "/items/suggest/", "/centres/", "/check/", "/verify/", "/my/cases/", "/my/messages/",
             "/desk/window/", "/desk/tasks/", "/desk/issuing/", "/desk/cases/", f"/desk/window/{case_no}/",
             f"/desk/tasks/{case_no}/"]  # fmt: skip
    names = ("q", "item", "after", "before", "page", "line", "file", "kind", "due", "case_no", "region", "theme",
             "agency", "to", "next", "number")  # fmt: skip
    for nasty in NASTY:
        for path in paths:
            answer = client.get(f"{path}?" + "&".join(f"{name}={nasty}" for name in names))
            wrong += [f"{path} with {nasty}: {answer.status_code}"] if answer.status_code >= 500 else []
        for path in ("/items/{}/", "/items/{}/file/", "/centres/{}/", "/check/{}/", "/verify/{}/", "/my/cases/{}/",
                     "/desk/window/{}/", "/desk/window/new/{}/", "/desk/tasks/{}/", "/desk/cases/{}/", "/desk/bags/{}/",
                     f"/desk/cases/{case_no}/files/{_arguments()['file_id']}/{{}}/"):  # fmt: skip
            answer = client.get(path.format(nasty))
            wrong += [f"{path} with {nasty}: {answer.status_code}"] if answer.status_code >= 500 else []
    assert sorted(set(wrong)) == [], "\n".join(sorted(set(wrong)))


#: Every name that a form of the house sends.
FIELDS = (
    "line verdict flaw papers revision reason legal_basis correct_agency receipt_no act text opinion "
    "people id_type id_number agency cases bag_no centre collect mandate declare name phone applicant "
    "uscc firm_name language key case_no pin q number copies-id_card address username login password "
    "code "
)


@pytest.mark.parametrize("role", ["anonymous", "resident", "clerk", "reviewer", "issuer"])
def test_nasty_answers(demo: Hall, role: str):
    """Whatever a form sends, every act refuses it in words."""
    client, wrong = _client(ROLES[role]), []
    pages = [(name, path) for name, _guard, path in _pages() if name not in {"cases-withdraw", "identity-withdraw"}]
    for nasty in (
        "",
        "\0",
        "²",
        "9" * 30,
        "x" * 5000,
        "\ud83c\udfdb".encode("utf-16", "surrogatepass").decode("utf-16"),
    ):
        for name, path in pages:
            answer = client.post(path, dict.fromkeys(FIELDS.split(), nasty))
            wrong += [f"{name} with {nasty[:8]!r}: {answer.status_code}"] if answer.status_code >= 500 else []
            if name in ("account_login", "account_signup") and role != "anonymous":
                continue
    assert sorted(set(wrong)) == [], "\n".join(sorted(set(wrong)))
