"""The demo gateway as a process: it says where it listens, takes words, and stops when it is told to."""

import os
import re
import signal
import socket
import subprocess
import sys
from contextlib import closing, contextmanager
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from yimen.channels.gateways import OutgoingWords
from yimen.channels.gateways.demo import DemoSmsGateway
from yimen.channels.gateways.demo_inbox import DemoInbox
from yimen.channels.gateways.smtp import SmtpGateway
from yimen.channels.terms import Channel


@contextmanager
def a_gateway(folder):
    given = {**os.environ, "DJANGO_SETTINGS_MODULE": "yimen.settings.test", "YIMEN_DATA_DIR": str(folder)}
    command = [sys.executable, "manage.py", "demo_gateway", "--http", "0", "--smtp", "0"]
    gateway = subprocess.Popen(command, env=given, cwd=settings.BASE_DIR, stderr=subprocess.PIPE, text=True)
    try:
        yield gateway
    finally:
        gateway.kill()
        gateway.communicate()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_demo_gateway_takes_words_and_stops(tmp_path, number):
    with a_gateway(tmp_path) as gateway:
        url, relay = re.search(r"YIMEN_DEMO_SMS_URL=(\S+) YIMEN_SMTP=(\S+)", gateway.stderr.readline()).groups()
        DemoSmsGateway(url).deliver(OutgoingWords("1", Channel.SMS, "13800000000", "", "短信"))
        SmtpGateway(relay, "hall@example.org").deliver(
            OutgoingWords("2", Channel.MAIL, "a@example.org", "题目", "邮件")
        )
        gateway.send_signal(number)

        assert gateway.wait(timeout=20) == 0
    assert [delivery.text for delivery in DemoInbox(tmp_path / "demo-inbox").newest()] == ["邮件", "短信"]


def test_a_port_that_is_taken_is_said_in_one_sentence():
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(CommandError, match=f"The demo gateway cannot listen on ports {port} and 0: .*in use"):
            call_command("demo_gateway", "--http", str(port), "--smtp", "0", stderr=StringIO())


def test_outside_the_demo_there_is_no_gateway(settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match=r"The demo gateway runs in the demo only\."):
        call_command("demo_gateway", "--http", "0", "--smtp", "0")
