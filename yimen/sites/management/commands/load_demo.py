"""Bring the demo data set in: places, people, items, a week of cases. May run twice; only in the demo."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from yimen.kernel import clock
from yimen.sites.demo.cases import load_cases
from yimen.sites.demo.items import load_items
from yimen.sites.demo.people import load_people, write_sign_ins
from yimen.sites.demo.places import load_places

FOLDER = settings.BASE_DIR / "demo" / "baoan"


class Command(BaseCommand):
    help = "Load the demo data set of demo/baoan."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--sign-ins", type=Path, help="where to write the sign-ins as JSON")
        parser.add_argument("--no-cases", action="store_true", help="leave the week of cases out")

    def handle(self, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("the demo data set is for the demo only")
        now, people = clock.now(), _read("people.json")
        self._say("places")
        load_places(_read("places.json"), now)
        self._say("people")
        sign_ins = load_people(people, now)
        if options["sign_ins"]:
            write_sign_ins(sign_ins, options["sign_ins"])
        for name in load_items(FOLDER / "items", now):
            self._say(f"item {name}")
        if not options["no_cases"]:
            for case_no in load_cases(_read("cases.json"), people, now):
                self._say(f"case {case_no}")
        self._say("the demo data set is in\n")

    def _say(self, what: str) -> None:
        if sys.stderr.isatty():
            self.stderr.write(f"\r\033[K  {what}", ending="")
            self.stderr.flush()


def _read(name: str) -> Any:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))
