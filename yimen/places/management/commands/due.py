"""``manage due``: when limits end, one line each, for whoever compares us with another calendar."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import cache
from itertools import islice
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from yimen.calendar.queries import work_calendar
from yimen.kernel.errors import Refusal
from yimen.places.errors import QuestionNotReadable
from yimen.places.queries import due_on, times_by_code
from yimen.places.rules import OpeningTimes, Question, read_line

_LONGEST_LINE = 400
_LINES_AT_ONCE = 5_000


class Command(BaseCommand):
    help = (
        "Reads FROM,COUNT,UNIT[,CENTRE] on standard input (2016-06-25,20,working_day or "
        "2016-06-25T15:00,4,opening_hour,BA) and prints one day or moment a line, or 'error: ...' on that line. "
        "Exit 1 when a line had an error."
    )

    def handle(self, **_options: Any) -> None:
        with translation.override("en"):
            lines, errors = self._answer_all(sys.stdin.buffer)
        if not lines:
            raise CommandError("Nothing came in on standard input: write lines such as 2016-06-25,20,working_day.")
        if errors:
            raise CommandError(f"{errors} of {lines} lines had an error.")

    def _answer_all(self, source: BinaryIO) -> tuple[int, int]:
        lines = errors = 0
        answer_line = _answering()
        incoming = _lines_of(source)
        while answers := [answer_line(line) for line in islice(incoming, _LINES_AT_ONCE)]:
            lines += len(answers)
            errors += sum(text.startswith("error: ") for text in answers)
            self.stdout.write("\n".join(answers))
        return lines, errors


def _lines_of(source: BinaryIO) -> Iterator[bytes]:
    """The lines without their ends; what is too long for a line is cut, and refused as no question."""
    first = True
    while line := source.readline(_LONGEST_LINE):
        is_whole = line.endswith(b"\n")
        rest = line
        while not is_whole and (rest := source.readline(65_536)):
            is_whole = rest.endswith(b"\n")
        yield line.removeprefix(b"\xef\xbb\xbf").rstrip(b"\r\n") if first else line.rstrip(b"\r\n")
        first = False


def _answering() -> Callable[[bytes], str]:
    """Answers one line; calendar and opening times are read once."""
    calendar = work_calendar()
    times_of = cache(_remembering)

    def answer_line(line: bytes) -> str:
        try:
            return _shown(due_on(_question(line), calendar, times_of))
        except Refusal as refusal:
            return f"error: {refusal}"

    return answer_line


def _remembering(code: str) -> OpeningTimes:
    """The opening times of a centre, which remember the days that they were asked for."""
    return times_by_code(code).remembering()


def _question(line: bytes) -> Question:
    try:
        return read_line(line.decode())
    except UnicodeDecodeError:
        raise QuestionNotReadable from None


def _shown(end: date | datetime) -> str:
    if isinstance(end, datetime):
        return end.isoformat(timespec="seconds" if end.second else "minutes")
    return end.isoformat()
