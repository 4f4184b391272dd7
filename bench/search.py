"""The catalogue's search: p95 of the query alone in milliseconds, and how often the right item comes first.

Over the province's 2,262 items and everyday questions when they lie beside the clone. The yardstick is the time
in which PostgreSQL answers ``SELECT 1`` on the same line: the ratio tells a busy machine from a slow search.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path
from statistics import quantiles

import psycopg

from bench import _house, _table
from bench.importing import ROOT, data

RUNS = 3


def idle_ms() -> float:
    """The p95 of the smallest question there is."""
    times = []
    with psycopg.connect(_house.APP, autocommit=True) as connection:
        for _ in range(300):
            begun = time.perf_counter()
            connection.execute("SELECT 1").fetchone()
            times.append((time.perf_counter() - begun) * 1000)
    return quantiles(times, n=20)[18]


def evaluated(items: str, queries: str) -> dict[str, float]:
    """What ``evaluate_search`` says."""
    command = [sys.executable, str(ROOT / "manage.py"), "evaluate_search", items, queries]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ)
    if ended.returncode:
        sys.exit(f"bench: evaluate_search failed: {ended.stderr[-800:]}")
    return {name: float(value) for name, value in re.findall(r"(\S+) ([\d.]+)", ended.stdout.splitlines()[-1])}


def main() -> int:
    given = _table.arguments(
        __doc__,
        items=(str(data("gd_items_2021.jsonl") or ""), "the items as JSON Lines"),
        queries=(str(data("everyday_queries_dev.jsonl") or ""), "questions with the codes of their items"),
        runs=(RUNS, "runs"),
    )
    if not (given.items and given.queries):
        print("search: there are no lists here; name them with --items and --queries", file=sys.stderr)
        return 2
    found, pairs = [], []
    for _ in range(given.runs):
        idle = idle_ms()
        found.append(evaluated(given.items, given.queries))
        pairs.append((found[-1]["p95_ms"], idle))
    _table.show(
        ("R@1", "R@5", "MRR", "p95 ms", "SELECT 1, p95 ms"),
        [
            (row["R@1"], row["R@5"], row["MRR"], row["p95_ms"], idle)
            for row, (_, idle) in zip(found, pairs, strict=True)
        ],
    )
    result = _table.result(
        "search",
        pairs,
        unit="ms, p95 of the query alone",
        errors=0,
        data=f"{Path(given.items).name}, {Path(given.queries).name}",
        quality={name: found[0][name] for name in ("R@1", "R@5", "MRR")},
        target_ms=30,
    )
    return _table.leave({**result, "higher_is_better": False}, given.json)


if __name__ == "__main__":
    sys.exit(main())
