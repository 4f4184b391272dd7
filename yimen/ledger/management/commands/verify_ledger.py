"""``manage verify_ledger``: ``ok LINES CHAINS``, or ``broken CASE_NO LINE REASON`` and exit 1."""

import sys

from django.core.management.base import BaseCommand

from yimen.ledger.queries import verify


class Command(BaseCommand):
    help = "Check every line, leaf and anchor of the ledger."

    def handle(self, *_args: object, **_options: object) -> None:
        found = verify(progress=lambda lines: self.stderr.write(f"{lines} lines read"))
        if found.broken is None:
            self.stdout.write(f"ok {found.lines} {found.chains}")
            return
        self.stdout.write("broken {} {} {}".format(*found.broken))
        sys.exit(1)
