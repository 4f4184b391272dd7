"""``manage clock --advance 5d``: move the demo's clock, and let happen what then falls due."""

from __future__ import annotations

import re
from datetime import timedelta
from time import sleep
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from yimen.kernel import clock
from yimen.kernel.jobs import RegularWork, continual_work, load_tasks, regular_work
from yimen.kernel.news import deliver_all_news, retry_failures, untold_news
from yimen.kernel.sweeps import run_sweep, slot_of

_UNITS = {"w": "weeks", "d": "days", "h": "hours", "m": "minutes"}
#: The furthest step: ten years.
FURTHEST = timedelta(days=3653)


def read_step(text: str) -> timedelta:
    """``5d``, ``3h``, ``90m``, ``1w``. Raises CommandError for anything else, and for more than ten years."""
    found = re.fullmatch(r"([0-9]{1,7})([wdhm])", text)
    step = timedelta(**{_UNITS[found[2]]: int(found[1])}) if found else None
    if step is None or step > FURTHEST:
        raise CommandError(
            f"--advance {text!r}: give a number and w, d, h or m, such as 5d, 3h, 90m or 1w; ten years at most."
        )
    return step


class Command(BaseCommand):
    help = "Show the clock, or move the demo's clock forward; whatever falls due then happens."
    requires_system_checks: list[str] = []  # it serves no pages

    def add_arguments(self, parser: CommandParser) -> None:
        group = parser.add_mutually_exclusive_group(required=True)
        group.add_argument("--advance", metavar="STEP", help="5d, 3h, 90m, 1w")
        group.add_argument("--show", action="store_true", help="only say what time it is")

    def handle(self, *_args: Any, advance: str | None, **_options: Any) -> None:
        if advance is not None:
            self._advance(read_step(advance))
        self.stdout.write(clock.local(clock.now()).isoformat(timespec="seconds"))

    def _advance(self, step: timedelta) -> None:
        try:
            clock.advance(step)
        except ValueError as error:
            raise CommandError(f"The clock stays as it is: {error}.") from error
        load_tasks()
        failed = [work.name for work in regular_work() if not self._sweep(work)]
        _let_it_be_known()
        if failed:
            raise CommandError(f"The clock was moved, but these failed: {', '.join(failed)}.")

    def _sweep(self, work: RegularWork) -> bool:
        """Whether the sweep went well; when the worker is at it, its end is awaited and it runs once more."""
        try:
            while run_sweep(work, slot_of(work.cron, clock.now()), even_if_done=True) is None:
                sleep(0.1)
        except Exception as error:  # one broken sweep must not keep the others from running
            self.stderr.write(f"{work.name}: {error!r}")
            return False
        return True


def _let_it_be_known() -> None:
    """Tell the news, those that a worker has in hand too, and send what was written because of them."""
    while untold_news():
        if not deliver_all_news():
            sleep(0.05)
    retry_failures()
    for work in continual_work():
        while work.turn():
            pass
