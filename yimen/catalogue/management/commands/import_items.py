"""``manage import_items FILE``: take a list of items in. Results on standard output, all else on standard error."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from yimen.catalogue.actions import ItemLine, Outcome, import_items, read_line
from yimen.catalogue.errors import SaidTwice
from yimen.kernel import clock
from yimen.kernel.actors import SYSTEM
from yimen.kernel.errors import Refusal, Refusals

#: Lines of one transaction.
BATCH = 200


class Command(BaseCommand):
    help = "Take items in from JSON Lines, our own format or another portal's. Equal lines change nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *, file: Path, **_options: Any) -> None:
        if not file.is_file():
            raise CommandError(f"There is no file {file}")
        counts = import_file(file, report=self.stderr.write)
        self.stdout.write(", ".join(f"{outcome.value} {counts[outcome]}" for outcome in Outcome))


def import_file(file: Path, *, report: Any) -> Counter[Outcome]:
    """Take every line of the file in; refusals and gaps are reported with their line. Returns how many came to what."""
    counts: Counter[Outcome] = Counter()
    drafts = 0
    with file.open("rb") as source:
        total = file.stat().st_size or 1
        for batch in _batches(source, counts, report):
            taken = import_items(by=SYSTEM, lines=[line for _, line in batch], now=clock.now())
            for (number, _), one in zip(batch, taken, strict=True):
                counts[one.outcome] += 1
                drafts += bool(one.gaps)
                if one.refusal:
                    report(f"line {number}: {one.code}: {reason(one.refusal)}")
                elif one.gaps and one.outcome != Outcome.UNCHANGED:
                    report(f"line {number}: {one.code}: draft, lacks {', '.join(one.gaps)}")
            _show(source.tell() / total)
    sys.stderr.write("\n")
    report(f"drafts with gaps: {drafts}")
    return counts


def _batches(source: Any, counts: Counter[Outcome], report: Any) -> Iterator[list[tuple[int, ItemLine]]]:
    batch: list[tuple[int, ItemLine]] = []
    seen: dict[str, int] = {}
    for number, raw in enumerate(iter(source.readline, b""), 1):
        if not raw.strip():
            continue
        try:
            line = read_line(_decoded(raw))
            if line.data.code in seen:
                raise SaidTwice(item=line.data.code)
        except Refusal as refusal:
            counts[Outcome.REFUSED] += 1
            report(f"line {number}: {_code_in(raw)}: {reason(refusal)}")
            continue
        seen[line.data.code] = number
        batch.append((number, line))
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _code_in(raw: bytes) -> str:
    """The code of a line that was refused, as far as it can be made out."""
    found = re.search(rb'"code"\s*:\s*"([0-9A-Za-z._-]{1,64})"', raw[:2000])
    return found[1].decode() if found else "?"


def _decoded(raw: bytes) -> str:
    return raw.decode("utf-8-sig", errors="surrogateescape")


def reason(refusal: Refusal) -> str:
    """The refusal in one line, every one of several."""
    several = refusal.refusals if isinstance(refusal, Refusals) else [refusal]
    return "; ".join(f"{one} ({one.code})" for one in several)


def _show(share: float) -> None:
    filled = int(share * 40)
    sys.stderr.write(f"\r[{'#' * filled}{'.' * (40 - filled)}] {share:4.0%}")
    sys.stderr.flush()
