"""My space and the desk's own page, as a browser without JavaScript sees them."""

import re
from html.parser import HTMLParser

import pytest

from yimen.identity.actions import record_look
from yimen.identity.models import Mandate, User
from yimen.identity.queries import officer_of, person_row, principals_of
from yimen.identity.terms import Duty
from yimen.identity.tests.builders import (
    NOW,
    a_centre,
    a_person,
    a_post,
    a_resident,
    a_staff,
    a_user,
    a_window,
    an_agency,
    an_institution,
    citizen_number,
    firm_code,
)
from yimen.kernel.clock import today

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def institution(db):
    return an_institution()


LANGUAGES = ["zh-hans", "en", "ja", "ko"]


class Structure(HTMLParser):
    """What a screen reader needs: one main, one first heading, a label for each field, no address twice."""

    def __init__(self, text):
        super().__init__()
        self.mains = self.headings = 0
        self.ids, self.fields, self.labels = [], [], set()
        self.language = ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.mains += tag == "main"
        self.headings += tag == "h1"
        if tag == "html":
            self.language = given.get("lang", "")
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "label":
            self.labels.add(given.get("for"))
        if tag in ("input", "select", "textarea") and given.get("type") not in ("hidden", "submit"):
            self.fields.append(given.get("id"))


def check_structure(answer):
    text = answer.content.decode()
    page = Structure(text)
    assert (page.mains, page.headings) == (1, 1)
    assert set(page.fields) <= page.labels
    assert len(page.ids) == len(set(page.ids))
    assert not re.search(r'\sstyle="|\son[a-z]+="', text)
    return page


def signed_in(client, resident):
    client.force_login(User.objects.get(pk=resident.user_id))
    return client


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", ["", "profile/", "mandates/", "organisations/"])
def test_pages_of_my_space_stand_in_every_language(client, address, language):
    chen = a_resident(phone="13800000001")
    client.cookies["yimen_language"] = language

    answer = signed_in(client, chen).get(f"/my/{address}")

    assert answer.status_code == 200
    assert check_structure(answer).language == ("zh-Hans" if language == "zh-hans" else language)


def test_nobody_sees_a_number_in_full(client):
    chen = a_resident(phone="13800001234")
    number = person_row(chen.person_id)
    client = signed_in(client, chen)

    for address in ("", "profile/", "mandates/", "organisations/"):
        text = client.get(f"/my/{address}").content.decode()
        assert "13800001234" not in text
        assert not re.search(r"440306[0-9]{11}", text)
    assert number.id_masked in client.get("/my/profile/").content.decode()


def test_profile_takes_a_language_and_shows_who_looked(client):
    chen = a_resident()
    record_look(by=chen, person_id=chen.person_id, what="id_number", reason="对照证件", now=NOW)
    client = signed_in(client, chen)

    assert client.post("/my/profile/", {"language": "ja"}).status_code == 302
    assert person_row(chen.person_id).language == "ja"
    assert "对照证件" in client.get("/my/profile/").content.decode()
    assert client.post("/my/profile/", {"language": "tlh"}).status_code == 422


def test_who_are_you_is_asked_once(client):
    client.force_login(a_user(phone="13800000001"))
    assert client.get("/my/").url == "/my/who/"
    check_structure(client.get("/my/who/"))

    answer = client.post("/my/who/", {"name": "陈示例", "id_type": "111", "id_number": citizen_number()})

    assert (answer.status_code, answer.url) == (302, "/my/")
    assert client.get("/my/who/").url == "/my/"
    assert "陈示例" in client.get("/my/").content.decode()


def test_a_mistyped_number_is_told_at_its_field(client):
    client.force_login(a_user())

    answer = client.post("/my/who/", {"name": "陈示例", "id_type": "111", "id_number": "11010519491231002Y"})

    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_number"' in text
    check_structure(answer)


def test_a_document_on_record_gives_nothing_away(client):
    known = a_person("陈示例", phone="13800000009")
    client.force_login(a_user(phone="13800000001"))

    answers = [
        client.post("/my/who/", {"name": name, "id_type": "111", "id_number": known.id_number})
        for name in ("陈示例", "李样本")
    ]

    assert [answer.status_code for answer in answers] == [422, 422]
    sentences = [re.search(r'class="ym-errors".*?</ul>', answer.content.decode(), re.DOTALL)[0] for answer in answers]
    assert sentences[0] == sentences[1]


def test_guessing_documents_is_slowed_down(client):
    client.force_login(a_user())
    tries = [
        client.post("/my/who/", {"name": "陈示例", "id_type": "111", "id_number": "11010519491231002Y"}).status_code
        for _ in range(11)
    ]

    assert (tries[0], tries[-1]) == (422, 429)


def test_staff_have_no_space(client):
    client.force_login(a_staff().user)

    assert [client.get(address).status_code for address in ("/my/", "/my/who/")] == [403, 403]


def test_a_mandate_is_given_shown_and_withdrawn(client):
    mother, son = a_resident("王演示"), a_person("李样本")
    client = signed_in(client, mother)
    words = {"principal": "self", "name": "李样本", "id_type": "111", "id_number": son.id_number, "scope": "all"}

    assert client.post("/my/mandates/", words).status_code == 302
    (held,) = principals_of(son.pk, today())
    text = client.get("/my/mandates/").content.decode()
    assert "李**" in text
    assert son.id_number not in text
    assert client.post(f"/my/mandates/{held.mandate_id}/withdraw/").status_code == 302

    assert principals_of(son.pk, today()) == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "别人"}, "name"),
        ({"id_number": "1"}, "id_number"),
        ({"scope": "everything"}, "scope"),
        ({"valid_until": "yesterday"}, "valid_until"),
        ({"valid_until": "2000-01-01"}, "valid_until"),
        ({"principal": "somebody"}, "principal"),
    ],
)
def test_a_mandate_that_makes_no_sense_is_told_at_its_field(client, change, field):
    son = a_person("李样本")
    words = {"principal": "self", "name": "李样本", "id_type": "111", "id_number": son.id_number, "scope": "all"}

    answer = signed_in(client, a_resident("王演示")).post("/my/mandates/", {**words, **change})

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.content.decode()
    assert Mandate.objects.count() == 0


def test_others_mandates_are_not_withdrawn(client):
    mother, son = a_resident("王演示"), a_person("李样本")
    words = {"principal": "self", "name": "李样本", "id_type": "111", "id_number": son.id_number, "scope": "all"}
    signed_in(client, mother).post("/my/mandates/", words)
    (held,) = principals_of(son.pk, today())

    answer = signed_in(client, a_resident("贼某")).post(f"/my/mandates/{held.mandate_id}/withdraw/")

    assert answer.status_code == 403
    assert client.get(f"/my/mandates/{held.mandate_id}/withdraw/").status_code == 405


def test_a_firm_is_registered_and_can_give_mandates(client):
    chen = a_resident("陈示例")
    client = signed_in(client, chen)
    code = firm_code()

    assert client.post("/my/organisations/", {"name": "深圳示例店", "uscc": code}).status_code == 302
    assert code in client.get("/my/organisations/").content.decode()
    assert "深圳示例店" in client.get("/my/mandates/").content.decode()
    assert client.post("/my/organisations/", {"name": "深圳示例店", "uscc": code[:-1] + "I"}).status_code == 422
    taken = signed_in(client, a_resident("李样本")).post("/my/organisations/", {"name": "深圳示例店", "uscc": code})

    assert taken.status_code == 422
    assert 'href="#uscc"' in taken.content.decode()


def test_a_clerk_chooses_a_window(client):
    centre = a_centre()
    window = a_window(centre)
    staff = a_staff(a_post("clerk.BA", Duty.ACCEPT, centre=centre))
    client.force_login(staff.user)
    check_structure(client.get("/desk/me/"))

    assert client.post("/desk/me/", {"window": window.pk}).status_code == 302
    assert officer_of(staff.user_id, today()).window_id == window.pk
    assert client.post("/desk/me/", {"window": ""}).status_code == 302
    assert officer_of(staff.user_id, today()).window_id is None
    assert client.post("/desk/me/", {"window": "0"}).status_code == 200


def test_behind_the_counter_there_is_no_window_to_choose(client):
    staff = a_staff(a_post("market.reviewer", Duty.REVIEW, agency=an_agency()))
    client.force_login(staff.user)

    text = client.get("/desk/me/").content.decode()

    assert "market.reviewer" in text
    assert 'name="window"' not in text
