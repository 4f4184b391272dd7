"""Due dates a second, beside chinesecalendar counting day by day. Prints a line; ``--json FILE`` writes the figures."""

from __future__ import annotations

import argparse
import json
import platform
import random
import sys
from collections.abc import Callable
from datetime import date, timedelta
from importlib.metadata import version
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import chinese_calendar
from chinese_calendar import constants

from yimen.calendar.rules import WorkCalendar, due
from yimen.calendar.terms import Limit, NoticeDay, Unit

RUNS, QUESTIONS, BY_HAND = 7, 200_000, 4_000
Question = tuple[date, Limit]


def the_calendar() -> WorkCalendar:
    off = [NoticeDay(day, False, name) for day, name in constants.holidays.items()]
    worked = [NoticeDay(day, True, name) for day, name in constants.workdays.items()]
    return WorkCalendar.build(range(2004, 2027), [*off, *worked])


def the_questions(count: int) -> list[Question]:
    chance = random.Random(2016)
    first, days = date(2004, 1, 1), (date(2026, 6, 1) - date(2004, 1, 1)).days
    limits = [Limit(number, Unit.WORKING_DAY) for number in (1, 3, 5, 7, 10, 15, 20, 30, 45, 60)]
    return [(first + timedelta(days=chance.randrange(days)), chance.choice(limits)) for _ in range(count)]


def day_by_day(start: date, limit: Limit) -> date:
    day, left = start, limit.count
    while left:
        day += timedelta(days=1)
        left -= chinese_calendar.is_workday(day)
    return day


def rate(answer: Callable[[date, Limit], object], questions: list[Question]) -> float:
    begun = perf_counter()
    for start, limit in questions:
        answer(start, limit)
    return len(questions) / (perf_counter() - begun)


def measure() -> dict[str, object]:
    calendar, questions = the_calendar(), the_questions(QUESTIONS)
    few = questions[:BY_HAND]
    errors = sum(due(start, limit, calendar).on != day_by_day(start, limit) for start, limit in few)
    pairs = [(rate(lambda s, n: due(s, n, calendar), questions), rate(day_by_day, few)) for _ in range(RUNS)]
    ours, yardstick = median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)
    return {
        "name": "due",
        "ours": round(ours),
        "yardstick": round(yardstick),
        "ratio": round(median(mine / theirs for mine, theirs in pairs), 2),
        "unit": "due dates a second",
        "higher_is_better": True,
        "errors": errors,
        "runs": RUNS,
        "versions": {"python": platform.python_version(), "chinesecalendar": version("chinesecalendar")},
        "data": f"{QUESTIONS} random starts 2004-2026, 1 to 60 working days, one process",
        "extra": {"target": 100_000},
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path)
    found = measure()
    print("due  {ours:,}/s  day by day {yardstick:,}/s  ratio {ratio}  errors {errors}".format(**found))
    if target := parser.parse_args().json:
        target.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return 1 if found["errors"] else 0


if __name__ == "__main__":
    sys.exit(main())
