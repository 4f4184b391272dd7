"""The door: sign-up with a code, sign-in by name, telephone, code; throttles; nothing given away; the second step."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)

from yimen.channels.models import Message
from yimen.identity.models import User
from yimen.identity.terms import Duty
from yimen.identity.tests.builders import a_person, a_post, a_resident, a_staff, a_user, an_agency, an_institution
from yimen.identity.tests.test_pages import check_structure

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def institution(db):
    return an_institution()


PASS = "a long pass phrase"
SIGN_UP = {
    "username": "chen",
    "phone": "138 0000 0001",
    "password1": "blue boats at noon",
    "password2": "blue boats at noon",
}


def code_sent():
    message = Message.objects.order_by("-id").first()
    return re.search(r"[0-9]{6}", message.text)[0]


def sign_in(client, login, password=PASS, **more):
    return client.post("/accounts/login/", {"login": login, "password": password, **more})


@pytest.mark.parametrize("language", ["zh-hans", "en", "ja", "ko"])
@pytest.mark.parametrize("address", ["login/", "signup/", "login/code/", "inactive/", "login/?next=/desk/"])
def test_pages_at_the_door_stand_in_every_language(client, address, language):
    client.cookies["yimen_language"] = language

    answer = client.get(f"/accounts/{address}")

    assert answer.status_code == 200
    check_structure(answer)


@pytest.mark.parametrize(
    "address",
    ["logout/", "reauthenticate/", "password/change/", "phone/change/", "2fa/", "2fa/totp/activate/", "2fa/webauthn/",
     "2fa/webauthn/add/", "2fa/recovery-codes/generate/"],
)  # fmt: skip
def test_pages_behind_the_door_have_their_structure(client, address):
    a_user(a_person(), username="chen")
    sign_in(client, "chen")

    answer = client.get(f"/accounts/{address}")

    assert answer.status_code == 200
    check_structure(answer)


def test_sign_up_by_a_code_then_say_who_you_are(client):
    answer = client.post("/accounts/signup/", SIGN_UP)
    assert answer.url == "/accounts/phone/verify/"
    check_structure(client.get(answer.url))
    user = User.objects.get(username="chen")
    assert (user.phone, user.phone_index, user.phone_verified_at) == ("+8613800000001", None, None)

    answer = client.post("/accounts/phone/verify/", {"action": "verify", "code": code_sent()})

    user.refresh_from_db()
    assert (answer.url, user.phone_verified_at is not None) == ("/my/who/", True)
    assert client.get("/my/who/").status_code == 200
    assert user.password != "blue boats at noon"


def test_a_wrong_code_does_not_come_in(client):
    client.post("/accounts/signup/", SIGN_UP)

    for _ in range(2):
        assert client.post("/accounts/phone/verify/", {"action": "verify", "code": "000000x"}).status_code == 200
    client.post("/accounts/phone/verify/", {"action": "verify", "code": "000000x"})

    assert client.get("/my/").url == "/accounts/login/?next=/my/"
    assert User.objects.get(username="chen").phone_verified_at is None


def test_a_telephone_that_has_an_account_gives_nothing_away(client):
    a_user(phone="13800000001")

    answer = client.post("/accounts/signup/", SIGN_UP)

    assert answer.url == "/accounts/phone/verify/"
    assert client.get(answer.url).status_code == 200
    assert not User.objects.filter(username="chen").exists()
    assert Message.objects.count() == 1
    assert not re.search(r"[0-9]{6}", Message.objects.get().text)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"username": "440306198801010018"}, "username"),
        ({"username": "13800000001"}, "username"),
        ({"username": "a b"}, "username"),
        ({"username": "ab"}, "username"),
        ({"phone": "0755-85908590"}, "phone"),
        ({"phone": "12"}, "phone"),
        ({"phone": ""}, "phone"),
        ({"password1": "12345678", "password2": "12345678"}, "password1"),
        ({"password2": "something else"}, "password2"),
    ],
)
def test_a_sign_up_that_cannot_be_is_told_at_its_field(client, change, field):
    answer = client.post("/accounts/signup/", {**SIGN_UP, **change})

    assert answer.status_code == 200
    assert f'href="#{field}"' in answer.content.decode()
    check_structure(answer)
    assert (User.objects.count(), Message.objects.count()) == (0, 0)


@pytest.mark.parametrize("login", ["chen", "CHEN", "138 0000 0001", "+86 13800000001"])
def test_sign_in_by_name_or_telephone(client, login):
    a_user(a_person(), username="chen", phone="13800000001")

    assert sign_in(client, login).url == "/my/"


def test_an_unverified_telephone_does_not_sign_in(client):
    a_user(a_person(), username="chen", phone="13800000001", is_verified=False)

    assert sign_in(client, "13800000001").status_code == 200


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(client):
    a_user(a_person(), username="chen")

    answers = [sign_in(client, login, "wrong").content.decode() for login in ("chen", "nobody")]

    said = [re.search(r'class="ym-errors".*?</ul>', text, re.DOTALL)[0] for text in answers]
    assert said[0] == said[1]


def test_guessing_a_password_is_stopped(client):
    a_user(a_person(), username="chen")
    for _ in range(5):
        sign_in(client, "chen", "wrong")

    assert sign_in(client, "chen").status_code == 200
    assert client.get("/my/").status_code == 302


def test_sign_in_by_code_and_a_new_password(client):
    user = a_user(a_person(), username="chen", phone="13800000001")
    answer = client.post("/accounts/login/code/", {"phone": "13800000001"})
    check_structure(client.get(answer.url))

    assert client.post(answer.url, {"code": code_sent()}).url == "/my/"
    check_structure(client.get("/accounts/password/new/"))
    new = {"password1": "green hills at dawn", "password2": "green hills at dawn"}
    assert client.post("/accounts/password/new/", new).url == "/my/profile/"

    user.refresh_from_db()
    assert user.check_password("green hills at dawn")
    assert client.get("/my/").status_code == 200


def test_who_came_by_password_gives_the_old_one_for_a_new_one(client):
    a_user(a_person(), username="chen")
    sign_in(client, "chen")

    assert client.get("/accounts/password/new/").url == "/accounts/password/change/"


def test_a_code_for_an_unknown_telephone_is_never_sent_and_nobody_sees_it(client):
    answer = client.post("/accounts/login/code/", {"phone": "13800000009"})

    assert answer.url == "/accounts/login/code/confirm/"
    assert client.get(answer.url).status_code == 200
    assert Message.objects.count() == 0


def test_a_new_telephone_counts_when_its_code_came_back(client):
    chen = a_resident(phone="13800000001")
    user = User.objects.get(pk=chen.user_id)
    sign_in(client, user.username)

    answer = client.post("/accounts/phone/change/", {"phone": "13800000002"})
    assert answer.url == "/accounts/phone/verify/"
    user.refresh_from_db()
    assert user.phone == "+8613800000001"
    client.post(answer.url, {"action": "verify", "code": code_sent()})

    user.refresh_from_db()
    assert user.phone == "+8613800000002"


def test_codes_are_secret_messages(client):
    client.post("/accounts/signup/", SIGN_UP)

    assert (Message.objects.get().is_secret, Message.objects.get().address) == (True, "+8613800000001")


def test_staff_land_at_the_desk(client):
    staff = a_staff(a_post("market.reviewer", Duty.REVIEW, agency=an_agency()), username="lin")

    assert client.get("/desk/sign-in/").url == "/accounts/login/?next=/desk/"
    assert sign_in(client, "lin").url == "/desk/"
    assert client.get("/accounts/login/").url == "/desk/"
    assert staff.user.username == "lin"


def test_who_has_a_second_step_is_asked_for_it(client):
    staff = a_staff(a_post("market.reviewer", Duty.REVIEW, agency=an_agency()), username="lin")
    secret = generate_totp_secret()
    TOTP.activate(staff.user, secret)

    answer = sign_in(client, "lin")
    assert answer.url == "/accounts/2fa/authenticate/"
    check_structure(client.get(answer.url))
    assert client.get("/desk/me/").status_code == 302
    counter = next(iter(yield_hotp_counters_from_time()))
    answer = client.post(answer.url, {"code": format_hotp_value(hotp_value(secret, counter))})

    assert answer.url == "/desk/"
    assert client.get("/desk/me/").status_code == 200
    for address in ("", "totp/deactivate/", "recovery-codes/generate/", "reauthenticate/"):
        assert client.get(f"/accounts/2fa/{address}").status_code == 200


def test_an_authenticator_app_is_set_up(client):
    a_staff(a_post("market.reviewer", Duty.REVIEW, agency=an_agency()), username="lin")
    sign_in(client, "lin")
    text = client.get("/accounts/2fa/totp/activate/").content.decode()
    secret = re.search(r"<code>([A-Z2-7]+)</code>", text)[1]
    counter = next(iter(yield_hotp_counters_from_time()))

    answer = client.post("/accounts/2fa/totp/activate/", {"code": format_hotp_value(hotp_value(secret, counter))})

    check_structure(client.get(answer.url))
    assert client.get("/accounts/2fa/").status_code == 200


def test_before_something_weighty_we_ask_once_more(client):
    a_user(a_person(), username="chen", phone="13800000001")
    sign_in(client, "chen")
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 6 * 60
    session.save()

    answer = client.get("/accounts/phone/change/")
    posted = client.post("/accounts/phone/change/", {"phone": "13800000002"})
    assert (answer.status_code, posted.url.split("?")[0]) == (200, "/accounts/reauthenticate/")
    check_structure(client.get(posted.url))
    assert client.post(posted.url, {"password": "wrong", "next": "/accounts/phone/change/"}).status_code == 200
    client.post(posted.url, {"password": PASS, "next": "/accounts/phone/change/"})

    assert client.get("/accounts/2fa/totp/activate/").status_code == 200


def test_sign_out_is_a_post(client):
    a_user(a_person(), username="chen")
    sign_in(client, "chen")

    assert client.get("/accounts/logout/").status_code == 200
    assert client.post("/accounts/logout/").url == "/"
    assert client.get("/my/").status_code == 302


def test_mail_pages_are_not_there(client):
    assert [client.get(f"/accounts/{address}").status_code for address in ("email/", "password/reset/")] == [404, 404]


def test_a_code_is_good_for_a_while_only(client, monkeypatch):
    a_user(a_person(), username="chen", phone="13800000001")
    answer = client.post("/accounts/login/code/", {"phone": "13800000001"})
    client.post(answer.url, {"code": code_sent()})
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] = time.time() - 16 * 60
    session.save()

    assert client.get("/accounts/password/new/").url == "/accounts/password/change/"
