"""A session knows whose it is, and everything about whoever comes with it is asked at once."""

from datetime import timedelta

import pytest

from yimen.identity.actions import drop_expired_sessions
from yimen.identity.actions.sessions import SessionStore
from yimen.identity.models import Appointment, Session, User
from yimen.identity.queries import officer_of, resident_of
from yimen.identity.terms import Duty
from yimen.identity.tests.builders import NOW, a_post, a_resident, a_staff, an_agency, an_institution
from yimen.kernel.clock import now, today

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    """Somebody with a post today."""
    an_institution()
    return a_staff(a_post("market.reviewer", Duty.REVIEW, agency=an_agency()))


def signed_in(client, user_id):
    client.force_login(User.objects.get(pk=user_id))
    return client.session.session_key


def test_one_question_finds_the_session_the_account_and_the_posts(client, officer, django_assert_num_queries):
    store = SessionStore(signed_in(client, officer.user_id))

    with django_assert_num_queries(1):
        store.load()

    assert store.account is not None
    assert (store.account.user.pk, store.account.is_staff) == (officer.user_id, True)
    assert store.account.officer == officer_of(officer.user_id, today())
    assert store.account.resident is None
    assert Session.objects.get().user_id == officer.user_id


def test_a_residents_session_brings_the_person(client):
    resident = a_resident()
    store = SessionStore(signed_in(client, resident.user_id))

    store.load()

    assert (store.account.resident, store.account.officer) == (resident_of(resident.user_id), None)


def test_nobodys_session_has_no_account(client):
    store = SessionStore()
    store["word"] = "kept"
    store.create()

    again = SessionStore(store.session_key)

    assert (again["word"], again.account) == ("kept", None)


def test_an_expired_session_is_nobodys_and_is_removed_at_night(client):
    key = signed_in(client, a_resident().user_id)
    Session.objects.update(expire_date=now() - timedelta(seconds=1))

    assert SessionStore(key).load() == {}
    assert client.get("/my/").status_code == 302
    assert (drop_expired_sessions(now=NOW), drop_expired_sessions(now=NOW)) == (1, 0)


def test_a_new_password_and_a_closed_account_end_the_session(client):
    user = User.objects.get(pk=a_resident().user_id)
    client.force_login(user)
    assert client.get("/my/").status_code == 200

    user.set_password("another long password")
    user.save()
    assert client.get("/my/").status_code == 302

    client.force_login(user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get("/my/").status_code == 302


def test_a_post_that_ends_ends_with_the_next_click(client, officer):
    signed_in(client, officer.user_id)
    assert client.get("/desk/me/").status_code == 200

    Appointment.objects.update(valid_from=today() - timedelta(days=9), valid_until=today() - timedelta(days=1))

    assert client.get("/desk/me/").status_code == 403
