"""The administrator brings in a notice and corrects a day; the actions do the writing."""

from datetime import date

import pytest
from django.contrib.auth import get_user_model

from yimen.calendar.forms import days_in, lines_of
from yimen.calendar.queries import days_of, published_years, work_calendar
from yimen.calendar.terms import DayKind
from yimen.calendar.tests.builders import NOTICE_2027, a_notice
from yimen.ledger.queries import lines

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client):
    user = get_user_model()(username="admin", is_superuser=True, is_staff=True)
    user.save()
    client.force_login(user)
    return client


def post_year(admin, text, notice=NOTICE_2027):
    return admin.post(
        "/admin/calendar/calendaryear/add/",
        {"year": "2027", "notice": notice, "published_on": "2026-11-24", "special_days": text},
    )


def test_a_notice_is_brought_in(admin):
    answer = post_year(admin, lines_of(a_notice()))

    assert answer.status_code == 302
    assert days_of(2027) == sorted(a_notice(), key=lambda day: day.day)
    assert len(lines("calendar:2027")) == 1


def test_a_published_year_is_shown_and_corrected(admin):
    post_year(admin, lines_of(a_notice()))
    page = admin.get("/admin/calendar/calendaryear/2027/change/").content.decode()

    answer = admin.post(
        "/admin/calendar/calendaryear/2027/change/",
        {"notice": NOTICE_2027, "published_on": "2026-11-24", "special_days": lines_of(a_notice()[:-1])},
    )

    assert "2027-10-09 +国庆节" in page
    assert (answer.status_code, published_years()[-1].revision) == (302, 2)
    assert work_calendar().kind_of(date(2027, 10, 9)) == DayKind.WEEKEND


@pytest.mark.parametrize("text", ["heute", "2027-13-01 元旦", "2027-10-11 +国庆节"])
def test_a_wrong_notice_is_shown_again_with_what_is_wrong(admin, text):
    answer = post_year(admin, f"{lines_of(a_notice())}\n{text}")

    assert (answer.status_code, published_years()[-1].year) == (200, 2026)
    assert b"errornote" in answer.content


def test_an_impossible_year_is_shown_again(admin):
    answer = admin.post(
        "/admin/calendar/calendaryear/add/",
        {"year": "1", "notice": "x", "published_on": "", "special_days": lines_of(a_notice())},
    )

    assert answer.status_code == 200


def test_a_day_is_corrected(admin):
    page = admin.get("/admin/calendar/specialday/2026-10-10/change/")
    answer = admin.post("/admin/calendar/specialday/2026-10-10/change/", {"kind": "weekend", "name": ""})

    assert (page.status_code, answer.status_code) == (200, 302)
    assert work_calendar().kind_of(date(2026, 10, 10)) == DayKind.WEEKEND


@pytest.mark.parametrize(
    "given",
    [
        {"day": "2027-10-11", "kind": "holiday", "name": "国庆节"},
        {"day": "2026-10-12", "kind": "make_up", "name": "国庆节"},
        {"day": "nonsense", "kind": "holiday", "name": "国庆节"},
    ],
)
def test_an_impossible_day_is_shown_again(admin, given):
    answer = admin.post("/admin/calendar/specialday/add/", given)

    assert (answer.status_code, lines("calendar:2026")) == (200, [])


def test_lines_are_read_as_they_are_written():
    assert days_in(lines_of(a_notice()) + "\n\n") == a_notice()
