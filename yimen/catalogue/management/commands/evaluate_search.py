"""``manage evaluate_search ITEMS.jsonl QUERIES.jsonl``: how well search finds, on a scratch table."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from yimen.catalogue.actions import read_line
from yimen.catalogue.rules import wordings
from yimen.kernel.errors import Refusal
from yimen.search.plan import plan
from yimen.search.rank import ranked
from yimen.search.sql import Source, candidates

_SCRATCH = Source(table="search_scratch", key="code", scope="language")
_CREATE = """
CREATE TEMPORARY TABLE search_scratch (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, code text, language text, name text, rest text, tokens tsvector
)
"""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One question: where the first right answer stood (0: nowhere), how long it took."""

    place: int
    seconds: float


class Command(BaseCommand):
    help = (
        "Measure search: items and questions with their right answers, one JSON object a line. Leaves nothing behind."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("items", type=Path, metavar="ITEMS.jsonl")
        parser.add_argument("queries", type=Path, metavar="QUERIES.jsonl")
        parser.add_argument(
            "--misses", action="store_true", help="list the questions that were not answered in the first 5"
        )

    def handle(self, *, items: Path, queries: Path, misses: bool, **_options: Any) -> None:
        questions = list(_questions(queries))
        if not questions:
            raise CommandError(f"{queries} holds no question")
        with connection.cursor() as cursor:
            cursor.execute(_CREATE)
            try:
                self.stderr.write(f"{_fill(cursor, items)} items; {len(questions)} questions")
                verdicts = [self._ask(query, codes, misses=misses) for query, codes in questions]
            finally:
                cursor.execute("DROP TABLE search_scratch")
        self.stdout.write(_summary(verdicts))

    def _ask(self, query: str, codes: frozenset[str], *, misses: bool) -> Verdict:
        begun = time.perf_counter()
        asked = plan(query)
        answers = [one.key for one in ranked(candidates(_SCRATCH, asked, "zh-hans"), asked)] if asked.tokens else []
        seconds = time.perf_counter() - begun
        place = next((number for number, code in enumerate(answers, 1) if code in codes), 0)
        if misses and not 0 < place <= 5:
            self.stderr.write(f"{query}: {place or 'not found'}")
        return Verdict(place, seconds)


def _questions(file: Path) -> Iterator[tuple[str, frozenset[str]]]:
    for number, line in enumerate(_lines(file), 1):
        try:
            found = json.loads(line)
            yield str(found["query"]), frozenset(map(str, found["codes"]))
        except (ValueError, KeyError, TypeError) as error:
            raise CommandError(f"{file} line {number}: needs a query and its codes") from error


def _lines(file: Path) -> list[str]:
    try:
        return [line for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{file} cannot be read: {error}") from error


def _fill(cursor: Any, file: Path) -> int:
    rows = [row for line in _lines(file) for row in _rows(line)]
    cursor.executemany(
        "INSERT INTO search_scratch (code, language, name, rest, tokens) VALUES (%s, %s, %s, %s, %s)", rows
    )
    cursor.execute("CREATE INDEX ON search_scratch USING gin (tokens)")
    cursor.execute("CREATE INDEX ON search_scratch USING gin (name gin_trgm_ops)")
    cursor.execute("ANALYZE search_scratch")
    return len({row[0] for row in rows})


def _rows(line: str) -> list[tuple[str, str, str, str, str]]:
    """What search would hold of the item, published or not; nothing for a line that the import refuses."""
    try:
        item = read_line(line)
    except Refusal:
        return []
    words = wordings(item.data, item.named.agency_name)
    return [(item.data.code, one.language, one.name, one.rest, one.tokens) for one in words]


def _summary(verdicts: list[Verdict]) -> str:
    count = len(verdicts)
    first = sum(one.place == 1 for one in verdicts) / count
    five = sum(0 < one.place <= 5 for one in verdicts) / count
    mrr = sum(1 / one.place for one in verdicts if one.place) / count
    slowest = sorted(one.seconds for one in verdicts)[min(count - 1, int(count * 0.95))]
    return f"R@1 {first:.3f} R@5 {five:.3f} MRR {mrr:.3f} p95_ms {slowest * 1000:.1f}"
