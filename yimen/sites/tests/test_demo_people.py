"""The people of the demo district: everybody is there, loading twice changes nothing, everybody can sign in."""

import json
from datetime import date

import pytest
from django.conf import settings

from yimen.identity.models import Agency, Appointment, Mandate, Organisation, Person, Staff, User
from yimen.identity.queries import find_person, holders_of, officer_of, principals_of, token_actor
from yimen.identity.rules import check_id_number, check_uscc
from yimen.identity.terms import Duty
from yimen.kernel import clock
from yimen.sites.demo.people import load_people, write_sign_ins
from yimen.sites.demo.places import load_places

pytestmark = pytest.mark.django_db
FOLDER = settings.BASE_DIR / "demo" / "baoan"


def read(name):
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


@pytest.fixture
def found():
    load_places(read("places.json"), clock.now())
    return load_people(read("people.json"), clock.now())


def rows():
    return [model.objects.count() for model in (Agency, Staff, Appointment, User, Person, Organisation, Mandate)]


def test_the_district_has_its_departments_and_every_post_its_people(found):
    today = clock.today()
    online = Agency.objects.filter(is_online=True).exclude(code__startswith="street-")

    assert (online.count(), Agency.objects.filter(is_in_hall=True).count()) == (22, 16)
    for agency in online:
        counts = [len(holders_of(f"{agency.code}.{post}", on=today)) for post in ("reviewer", "surveyor", "decider")]
        assert counts == [2, 2, 1]
    assert len(holders_of("clerk.BA", on=today)) > 1
    assert holders_of("issuer.BA-XA-01", on=today)


def test_loading_twice_changes_nothing(found):
    before = rows()

    load_people(read("people.json"), clock.now())

    assert rows() == before


def test_everybody_in_the_list_signs_in(found, client):
    for row in found["sign_ins"]:
        assert client.login(username=row["username"], password=row["password"]), row


def test_accepting_surveying_deciding_and_issuing_are_different_peoples(found):
    hands = {Duty.ACCEPT, Duty.REVIEW, Duty.SURVEY, Duty.DECIDE, Duty.ISSUE}
    for user_id in Staff.objects.values_list("user_id", flat=True):
        assert len(officer_of(user_id, clock.today()).duties & hands) <= 1


def test_mandates_are_those_of_the_file(found):
    data = {row["username"]: row for row in read("people.json")["residents"]}
    li = find_person(data["li"]["id_type"], data["li"]["id_number"])

    assert [row.name for row in principals_of(li.id, clock.today())] == ["深圳示例小满餐饮店", "王演示"]


def test_tokens_work(found):
    assert all(token_actor(row["token"], clock.now()) for row in found["tokens"])


def test_sign_ins_are_for_their_owner_alone(found, tmp_path):
    path = tmp_path / "sign-ins.json"

    write_sign_ins(found, path)

    assert (json.loads(path.read_text(encoding="utf-8")), path.stat().st_mode & 0o777) == (found, 0o600)


def test_posts_began_with_the_demo(found):
    assert set(Appointment.objects.values_list("valid_from", flat=True)) == {date(2016, 1, 1)}


def test_people_and_firms_are_plainly_invented(found):
    """The n-th resident was born on the n-th of the n-th month, with number n of that day; check digits fit."""
    data = read("people.json")
    for nth, row in enumerate(data["residents"], 1):
        number = row["id_number"]
        assert check_id_number(row["id_type"], number) == number
        assert (number[10:12], number[12:14], number[14:17]) == (f"{nth:02}", f"{nth:02}", f"{nth:03}")
        assert row["phone"] == f"138{nth:08}"
    codes = [row["uscc"] for row in [*data["agencies"], *data["organisations"]]]
    assert [check_uscc(code) for code in codes] == codes
    assert {code[2:11] for code in codes} == {"440306999"}
    assert {row["phone"][:10] for row in data["agencies"]} == {"0755-0000-"}


def test_every_department_says_who_reviews_its_decisions_and_which_court_hears_of_them(found):
    """Reviews go to whom the law names; the city's first administrative cases go to one court since 2015."""
    assert set(Agency.objects.values_list("court", flat=True)) == {"深圳市盐田区人民法院"}
    assert not Agency.objects.filter(review_body="").exists()
