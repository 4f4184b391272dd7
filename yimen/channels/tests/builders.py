"""Messages, a demo gateway on free ports, and settings that lead to it."""

from contextlib import contextmanager

from django.test import override_settings

from yimen.channels.actions import send
from yimen.channels.gateways.demo_http import DemoSmsServer
from yimen.channels.gateways.demo_inbox import demo_inbox
from yimen.channels.gateways.demo_smtp import DemoMailServer
from yimen.channels.terms import Channel
from yimen.kernel import clock


def an_sms(*, address="13800000000", text="您的申请已收到。", now=None, **given):
    """An SMS that waits."""
    return send(channel=Channel.SMS, address=address, title="", text=text, now=now or clock.now(), **given)


def a_mail(*, address="xiaoman@example.org", title="办完了", text="您好！\n.\n谢谢您。", now=None, **given):
    """A mail that waits; its text has a line with a single dot."""
    return send(channel=Channel.MAIL, address=address, title=title, text=text, now=now or clock.now(), **given)


@contextmanager
def a_demo_gateway(folder):
    """Both servers on free ports, keeping in ``folder``; yields the inbox."""
    with override_settings(DATA_DIR=folder, SMS_GATEWAY="demo", MAIL_GATEWAY="demo", MAIL_FROM="hall@example.org"):
        inbox = demo_inbox()
        with (
            DemoSmsServer(inbox, 0) as sms,
            DemoMailServer(inbox, 0) as mail,
            override_settings(DEMO_SMS_URL=sms.url, SMTP=mail.address),
        ):
            yield inbox
