"""Messages in My space and the demo's inbox."""

from datetime import timedelta

import pytest
from django.test import Client

from yimen.channels.actions import send_waiting
from yimen.channels.tests.builders import a_demo_gateway, an_sms
from yimen.kernel import clock
from yimen.notices.models import Notice
from yimen.notices.queries import inbox, notices_about, unread
from yimen.notices.terms import Occasion
from yimen.notices.tests.builders import a_notice, a_resident, a_user
from yimen.places.tests.builders import baoan, the_institution

pytestmark = pytest.mark.django_db
#: Who is at the door; notices, proofs, unread; and the frame, which tests find anew: the institution, the hours.
QUERIES = 6
INBOX = "/my/messages/"


@pytest.fixture(autouse=True)
def hall():
    """The frame of every page says who runs the hall."""
    baoan()
    the_institution()


@pytest.fixture
def resident():
    return a_resident()


@pytest.fixture
def client(resident):
    """A browser in which the resident has signed in."""
    client = Client()
    client.force_login(resident)
    return client


def page_of(client, address=INBOX, status=200, **given):
    answer = client.get(address, **given)
    assert answer.status_code == status
    return answer.content.decode()


def test_messages_are_for_those_who_signed_in():
    assert Client().get(INBOX).headers["Location"] == f"/accounts/login/?next={INBOX}"


def test_an_empty_inbox_says_what_would_be_here(client):
    assert "还没有消息" in page_of(client)


def test_the_inbox_shows_the_newest_first_and_only_ones_own(client, resident):
    a_notice(key="1", occasion=Occasion.CASE_FILED, user_id=resident.id)
    a_notice(key="2", occasion=Occasion.CASE_GRANTED, user_id=resident.id)
    a_notice(key="3", occasion=Occasion.CASE_CLOSED, user_id=a_user("stranger").id)

    page = page_of(client)

    assert -1 < page.index("您的申请已批准") < page.index("我们收到了您的申请")
    assert "办完了" not in page
    assert "2 条没有读过的消息" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_inbox_costs_the_same_whatever_its_length(client, resident, django_assert_num_queries, count):
    for number in range(count):
        a_notice(key=str(number), user_id=resident.id, phone="13800000000")
    page_of(client)

    with django_assert_num_queries(QUERIES):
        page_of(client)


def test_a_long_inbox_goes_page_by_page(client, resident):
    for number in range(45):
        a_notice(key=str(number), user_id=resident.id, now=clock.now() + timedelta(minutes=number))

    first = inbox(resident.id)
    second = inbox(resident.id, first.older)
    third = inbox(resident.id, second.older)

    assert [len(page.rows) for page in (first, second, third)] == [20, 20, 5]
    assert third.older is None
    assert len({row.id for page in (first, second, third) for row in page.rows}) == 45
    assert f"?before={first.older}" in page_of(client)
    assert f"?before={second.older}" in page_of(client, f"{INBOX}?before={first.older}")


def test_a_broken_bookmark_opens_the_first_page(client, resident):
    a_notice(user_id=resident.id)

    assert "我们收到了您的申请" in page_of(client, f"{INBOX}?before=nonsense")


def test_opening_a_message_reads_it_and_shows_the_proof(client, resident, tmp_path):
    notice = a_notice(user_id=resident.id, phone="13800000000")
    with a_demo_gateway(tmp_path):
        send_waiting(now=clock.now())

    page = page_of(client, f"{INBOX}{notice.id}/")

    assert "138****0000" in page
    assert "13800000000" not in page
    assert "短信已于" in page
    assert '<a href="https://hall.example/my/cases/BA20261010-00012-7/"' in page
    assert unread(resident.id) == 0


def test_a_message_on_its_way_and_one_that_failed_are_told_apart(client, resident, tmp_path):
    notice = a_notice(user_id=resident.id, phone="13800000000", email="x@example.org")
    assert "短信正在发往 138****0000" in page_of(client, f"{INBOX}{notice.id}/")

    with a_demo_gateway(tmp_path) as _:
        wrong = a_notice(key="wrong", user_id=resident.id, phone="no number at all")
        send_waiting(now=clock.now())

    assert "没有送达" in page_of(client, f"{INBOX}{wrong.id}/")
    assert "邮件已于" in page_of(client, f"{INBOX}{notice.id}/")


def test_looking_ahead_is_not_reading(client, resident):
    notice = a_notice(user_id=resident.id)

    client.head(f"{INBOX}{notice.id}/")

    assert unread(resident.id) == 1


def test_a_strangers_message_is_not_there(client):
    notice = a_notice(user_id=a_user("stranger").id)

    page_of(client, f"{INBOX}{notice.id}/", status=404)
    assert Notice.objects.get().read_at is None


@pytest.mark.parametrize("language", ["en", "ja", "ko"])
def test_a_message_keeps_its_language_whatever_the_readers(client, resident, language):
    notice = a_notice(user_id=resident.id)

    assert 'lang="zh-Hans"' in page_of(client, f"{INBOX}{notice.id}/", headers={"Accept-Language": language})


def test_what_was_written_about_a_case_can_be_shown_on_its_page(resident):
    a_notice(key="1", user_id=resident.id, subject_kind="case", subject_no="7", phone="13800000000")
    a_notice(key="2", occasion=Occasion.CASE_ACCEPTED, subject_kind="case", subject_no="7")
    a_notice(key="3", subject_kind="case", subject_no="8")

    rows = notices_about("case", "7")

    assert [(row.occasion, len(row.proofs)) for row in rows] == [(Occasion.CASE_FILED, 1), (Occasion.CASE_ACCEPTED, 0)]


def test_the_demo_inbox_shows_and_finds_what_was_sent(tmp_path):
    with a_demo_gateway(tmp_path):
        an_sms(address="13800000001", text="给一号<b>")
        an_sms(address="13800000002", text="给二号")
        send_waiting(now=clock.now())

        everything, found, nothing = (page_of(Client(), f"/demo/inbox/{query}") for query in ("", "?q=0001", "?q=999"))

    assert everything.index("给二号") < everything.index("给一号&lt;b&gt;")
    assert ("给一号" in found, "给二号" in found) == (True, False)
    assert "没有发给这个号码或地址的消息" in nothing


def test_the_demo_inbox_is_empty_at_first(settings, tmp_path):
    settings.DATA_DIR = tmp_path

    assert "还没有发出任何消息" in page_of(Client(), "/demo/inbox/")


def test_outside_the_demo_there_is_no_such_page(settings):
    settings.DEMO = False

    page_of(Client(), "/demo/inbox/", status=404)
