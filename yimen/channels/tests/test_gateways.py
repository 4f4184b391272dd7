"""Words over real sockets, and what the other side may answer."""

import http.client
import json
import smtplib
import socket
from contextlib import closing
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from yimen.channels.gateways import AddressRefused, GatewayDown, OutgoingWords, gateway_for, open_channels
from yimen.channels.gateways.demo import DemoSmsGateway
from yimen.channels.gateways.smtp import SmtpGateway
from yimen.channels.terms import Channel
from yimen.channels.tests.builders import a_demo_gateway


@pytest.fixture
def inbox(tmp_path):
    with a_demo_gateway(tmp_path) as inbox:
        yield inbox


def words(channel=Channel.SMS, address="13800000000", *, key="k-1", title="", text="您好，办完了。"):
    return OutgoingWords(key, channel, address, title, text)


def received(inbox, **given):
    return [(delivery.address, delivery.title, delivery.text) for delivery in inbox.newest(**given)]


def a_closed_port():
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def test_an_sms_arrives_and_is_answered_with_a_number(inbox):
    reference = gateway_for(Channel.SMS).deliver(words())

    assert received(inbox) == [("13800000000", "", "您好，办完了。")]
    assert inbox.newest()[0].reference == reference


def test_a_mail_arrives_with_its_dots_and_its_language(inbox):
    text = "第一行\n.\n..\n" + "很长的一行" * 60

    reference = gateway_for(Channel.MAIL).deliver(words(Channel.MAIL, "a@example.org", title="办完了\n", text=text))

    assert received(inbox) == [("a@example.org", "办完了", text)]
    assert reference == f"kept as {inbox.newest()[0].reference}"


@pytest.mark.parametrize(("channel", "address"), [(Channel.SMS, "13800000000"), (Channel.MAIL, "a@example.org")])
def test_the_same_key_is_kept_once(inbox, channel, address):
    gateway = gateway_for(channel)

    answers = {gateway.deliver(words(channel, address, title="t")) for _ in range(2)}

    assert (len(answers), len(inbox.newest())) == (1, 1)


def test_the_inbox_is_newest_first_searched_and_limited(inbox):
    for number in ("13800000001", "13800000002", "13900000001"):
        gateway_for(Channel.SMS).deliver(words(address=number, key=number))

    assert [row[0] for row in received(inbox)] == ["13900000001", "13800000002", "13800000001"]
    assert [row[0] for row in received(inbox, address="138")] == ["13800000002", "13800000001"]
    assert [row[0] for row in received(inbox, limit=1)] == ["13900000001"]


@pytest.mark.parametrize(
    ("channel", "address"),
    [
        (Channel.SMS, "not a number"),
        (Channel.MAIL, "not an address"),
        (Channel.MAIL, "a@b.c\nBcc: d@e.f"),
        (Channel.MAIL, "小满@example.org"),
    ],
)
def test_what_is_no_address_is_refused_for_good(inbox, channel, address):
    with pytest.raises(AddressRefused):
        gateway_for(channel).deliver(words(channel, address))

    assert received(inbox) == []


@pytest.mark.parametrize(
    "gateway",
    [
        lambda port: DemoSmsGateway(f"http://127.0.0.1:{port}/sms"),
        lambda port: SmtpGateway(f"127.0.0.1:{port}", "hall@example.org"),
    ],
)
def test_nobody_listening_is_a_gateway_that_is_down(gateway):
    with pytest.raises(GatewayDown):
        gateway(a_closed_port()).deliver(words(address="a@example.org"))


def test_a_wrong_page_is_a_gateway_that_is_down(inbox):
    with pytest.raises(GatewayDown, match="answered 404"):
        DemoSmsGateway(settings.DEMO_SMS_URL + "x").deliver(words())


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"no json", 400),
        (b"{}", 400),
        (b"[1]", 400),
        (json.dumps({"key": "k", "to": "x", "text": ""}).encode(), 422),
        (b"x" * 70_000, 413),
    ],
)
def test_the_demo_sms_server_refuses_what_it_cannot_use(inbox, body, status):
    parts = urlsplit(settings.DEMO_SMS_URL)
    with closing(http.client.HTTPConnection(parts.hostname, parts.port)) as connection:
        connection.request("POST", "/sms", body=body)
        answer = connection.getresponse()

        assert (answer.status, "error" in json.load(answer)) == (status, True)


def test_the_demo_mail_server_knows_its_manners(inbox):
    host, _, port = settings.SMTP.partition(":")
    with smtplib.SMTP(host, int(port)) as client:
        client.ehlo_or_helo_if_needed()
        assert client.docmd("DATA")[0] == 503
        assert client.docmd("VRFY", "somebody")[0] == 502
        assert client.noop()[0] == 250
        assert client.rset()[0] == 250


@pytest.mark.parametrize("name", ["carrier_pigeon", "../smtp", ""])
def test_an_unknown_gateway_is_named(settings, name):
    settings.SMS_GATEWAY = name

    with pytest.raises(ImproperlyConfigured, match="There is no gateway"):
        gateway_for(Channel.SMS)


def test_without_addresses_no_channel_is_open(settings):
    settings.SMTP, settings.DEMO_SMS_URL = "", ""

    assert open_channels() == {}
