"""Commands as processes of their own, on a test's database."""

import os
from collections.abc import Callable
from time import monotonic, sleep

from django.conf import settings


def environment(database: str, **given: str) -> dict[str, str]:
    """What a command needs to run on the database with the settings of this test."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "yimen.settings.test",
        "YIMEN_DATABASE_URL": database,
        "YIMEN_DATABASE_ROLE": "yimen_app",
        "YIMEN_DATA_DIR": str(settings.DATA_DIR),
        "YIMEN_DEMO_SMS_URL": settings.DEMO_SMS_URL,
        "YIMEN_SMTP": settings.SMTP,
        **given,
    }


def until(is_true: Callable[[], bool], *, seconds: float = 60) -> None:
    """Look again and again; fails after a minute."""
    last = monotonic() + seconds
    while not is_true():
        assert monotonic() < last, f"{is_true.__name__} did not come true"
        sleep(0.05)
