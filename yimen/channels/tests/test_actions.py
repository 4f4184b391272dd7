"""Words wait with the change that they tell of, and are carried out once."""

from datetime import timedelta

import pytest
from django.db import transaction

from yimen.channels.actions import message_key, send_waiting
from yimen.channels.gateways import gateway_for
from yimen.channels.gateways.base import OutgoingWords
from yimen.channels.models import Message
from yimen.channels.queries import demo_deliveries, proofs
from yimen.channels.rules import LEASE, MAX_TRIES, MAX_TRIES_OF_SECRETS, PAUSE
from yimen.channels.terms import Channel, SendState
from yimen.channels.tests.builders import a_demo_gateway, a_mail, an_sms
from yimen.kernel import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def inbox(tmp_path):
    with a_demo_gateway(tmp_path) as inbox:
        yield inbox


def facts(message, *names):
    message.refresh_from_db()
    return tuple(getattr(message, name) for name in names)


def test_words_of_a_change_that_is_undone_are_not_sent(inbox):
    with transaction.atomic():
        an_sms()
        transaction.set_rollback(True)

    assert (send_waiting(now=clock.now()), inbox.newest()) == (0, [])


def test_waiting_words_are_sent_once_with_proof(inbox):
    now = clock.now()
    sms, mail = an_sms(subject_kind="case", subject_no="7"), a_mail(subject_kind="case", subject_no="7")

    counts = [send_waiting(now=now), send_waiting(now=now)]

    deliveries = {delivery.channel: delivery for delivery in demo_deliveries()}
    assert counts == [2, 0]
    assert facts(sms, "state", "gateway", "sent_at", "reference") == (
        SendState.SENT,
        "demo",
        now,
        deliveries[Channel.SMS].reference,
    )
    assert facts(mail, "gateway", "reference") == ("smtp", f"kept as {deliveries[Channel.MAIL].reference}")
    assert deliveries[Channel.MAIL].text == mail.text
    assert [(proof.address_masked, proof.state, proof.sent_at) for proof in proofs("case", ["7"])] == [
        ("138****0000", SendState.SENT, now),
        ("x***@example.org", SendState.SENT, now),
    ]


def test_a_batch_takes_the_oldest_first(inbox):
    first, second = an_sms(text="1"), an_sms(text="2")

    send_waiting(now=clock.now(), limit=1)

    assert (facts(first, "state"), facts(second, "state")) == ((SendState.SENT,), (SendState.WAITING,))


def test_without_a_gateway_words_wait_untried(settings):
    settings.SMTP, settings.DEMO_SMS_URL = "", ""
    message = an_sms()

    send_waiting(now=clock.now())

    assert facts(message, "state", "tries", "next_try_at") == (SendState.WAITING, 0, None)


def test_a_gateway_that_is_down_is_asked_once_and_later_again(inbox, settings):
    now, address = clock.now(), settings.DEMO_SMS_URL
    settings.DEMO_SMS_URL = address + "/gone"
    first, second, mail = an_sms(), an_sms(), a_mail()

    assert send_waiting(now=now) == 1

    assert facts(first, "tries", "next_try_at", "error") == (1, now + timedelta(seconds=10), "the gateway answered 404")
    assert facts(second, "tries", "next_try_at", "error") == (0, now + PAUSE, "")
    assert facts(mail, "state") == (SendState.SENT,)
    settings.DEMO_SMS_URL = address
    assert [send_waiting(now=now + timedelta(seconds=seconds)) for seconds in (9, 10)] == [0, 2]
    assert facts(first, "tries", "error") == (2, "")


def test_a_wrong_address_is_given_up_at_once(inbox):
    message = an_sms(address="nobody")

    assert send_waiting(now=clock.now()) == 0
    assert facts(message, "state", "error") == (SendState.FAILED, "the gateway does not know this number")


@pytest.mark.parametrize(
    ("is_secret", "tries", "text"), [(False, MAX_TRIES, "您的申请已收到。"), (True, MAX_TRIES_OF_SECRETS, "")]
)
def test_after_many_tries_a_message_is_given_up(inbox, settings, is_secret, tries, text):
    settings.DEMO_SMS_URL += "/gone"
    message = an_sms(is_secret=is_secret)
    Message.objects.update(tries=tries - 1)

    send_waiting(now=clock.now())

    assert facts(message, "state", "tries", "text") == (SendState.FAILED, tries, text)


def test_a_secret_is_forgotten_when_it_is_sent(inbox):
    message = an_sms(text="验证码204613", is_secret=True)

    send_waiting(now=clock.now())

    assert facts(message, "state", "text") == (SendState.SENT, "")
    assert demo_deliveries()[0].text == "验证码204613"


def test_what_a_dead_worker_had_delivered_is_not_delivered_twice(inbox):
    """It took the message and handed it over, and died before it could write that down."""
    now = clock.now()
    message = an_sms()
    Message.objects.update(tries=1, next_try_at=now + LEASE)
    gateway_for(Channel.SMS).deliver(
        OutgoingWords(message_key(message), Channel.SMS, message.address, message.title, message.text)
    )

    counts = [send_waiting(now=now), send_waiting(now=now + LEASE)]

    assert (counts, len(inbox.newest()), facts(message, "tries")) == ([0, 1], 1, (2,))


def test_a_message_that_a_gateway_stumbles_over_does_not_hold_up_the_others(inbox, settings):
    settings.MAIL_FROM = "broken\nsender@example.org"
    mail, sms = a_mail(), an_sms()

    assert send_waiting(now=clock.now()) == 1
    assert (facts(mail, "state", "error"), facts(sms, "state")) == (
        (SendState.WAITING, "ValueError"),
        (SendState.SENT,),
    )
