"""``manage demo_gateway``: the SMS provider and the mail server of the demo, on this machine only."""

from __future__ import annotations

import signal
from threading import Event
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from yimen.channels.gateways.demo_http import DemoSmsServer
from yimen.channels.gateways.demo_inbox import demo_inbox
from yimen.channels.gateways.demo_smtp import DemoMailServer


class Command(BaseCommand):
    help = "Take SMS over HTTP and mail over SMTP and keep them for the page /demo/inbox/, until SIGTERM or SIGINT."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--http", type=int, required=True, metavar="PORT", help="for SMS: POST /sms")
        parser.add_argument("--smtp", type=int, required=True, metavar="PORT", help="for mail")

    def handle(self, *_args: Any, http: int, smtp: int, **_options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demo gateway runs in the demo only.")
        stop = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        try:
            sms, mail = DemoSmsServer(demo_inbox(), http), DemoMailServer(demo_inbox(), smtp)
        except (OSError, OverflowError) as error:
            raise CommandError(f"The demo gateway cannot listen on ports {http} and {smtp}: {error}.") from error
        with sms, mail:
            self.stderr.write(f"The demo gateway listens: YIMEN_DEMO_SMS_URL={sms.url} YIMEN_SMTP={mail.address}")
            self.stderr.flush()
            stop.wait()
