"""Where the processor's time goes in a filing, a step and a page: profiled in process. ``--act NAME`` chooses one."""

from __future__ import annotations

import cProfile
import json
import pstats
import sys
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import process_time

from bench import _house, _table
from bench._acts import REVIEWER, STEPS, Story
from bench._seed import seed
from bench.file import ITEM, application

ROUNDS = 60


def _place(file: str) -> str:
    """The package that a source file belongs to; our own code by module."""
    parts = Path(file).parts
    if "site-packages" in parts:
        return parts[parts.index("site-packages") + 1]
    if "yimen" in parts:
        return "/".join(parts[len(parts) - parts[::-1].index("yimen") - 1 :])
    return "python" if file.startswith(("/", "<")) else "built in"


def acts(house: _house.House) -> dict[str, Callable[[int], object]]:
    """Each act by its name; the number says which case or applicant."""
    story = Story(house)
    cases: dict[str, list[str]] = {}
    for number, (name, before) in enumerate((("accept", "judge"), ("opinion", "accept"), ("grant", "opinion"))):
        _, model = story.life(0, before)
        seed(3 * ROUNDS, f"case_no = '{model}'", first=1_000_000 * (number + 1))
        cases[name] = [row[0] for row in _house.sql("SELECT case_no FROM bench_copy ORDER BY n")]
    session = _house.session(REVIEWER)

    def step(name: str) -> Callable[[int], object]:
        who, path, body = STEPS[name]
        token = story.tokens[who]
        return lambda number: house.call("POST", f"/api/v1/cases/{cases[name][number]}/{path}", body=body, token=token)

    return {
        "file": lambda number: house.call(
            "POST", "/api/v1/cases", body=application(number % 10), token=story.tokens["filer"]
        ),
        **{name: step(name) for name in STEPS},
        "case": lambda number: house.call("GET", f"/desk/cases/{cases['grant'][number]}/", cookie=session),
        "worklist": lambda _: house.call("GET", "/desk/tasks/", cookie=session),
        "item": lambda _: house.call("GET", f"/items/{ITEM}/"),
        "search": lambda _: house.call("GET", "/items/?" + _house.encoded(q="老人 优待证")),
    }


def cpu_ms(act: Callable[[int], object]) -> float:
    """CPU of one act, without a profiler: the median over some."""
    times = []
    for number in range(ROUNDS):
        begun = process_time()
        act(number)
        times.append((process_time() - begun) * 1000)
    return median(times)


def profile(act: Callable[[int], object]) -> pstats.Stats:
    """Some more of them under the profiler."""
    watcher = cProfile.Profile(process_time)
    for number in range(ROUNDS, 2 * ROUNDS):
        watcher.enable()
        act(number)
        watcher.disable()
    return pstats.Stats(watcher)


def shares(stats: pstats.Stats) -> list[tuple[str, float]]:
    """Own time by package, in per cent of the whole."""
    own: dict[str, float] = defaultdict(float)
    for (file, _, _), (_, _, mine, _, _) in stats.stats.items():  # type: ignore[attr-defined]
        own[_place(file) if file != "~" else "built in"] += mine
    whole = sum(own.values())
    return sorted(((place, mine / whole * 100) for place, mine in own.items()), key=lambda row: -row[1])


def dearest(stats: pstats.Stats, count: int) -> list[tuple[str, float, float]]:
    """Our own functions by what they cost with all they call: calls for each act, per cent of the whole."""
    rows = stats.stats.items()  # type: ignore[attr-defined]
    whole = sum(mine for _, (_, _, mine, _, _) in rows)
    found = [
        (f"{_place(file)} {name}", calls / ROUNDS, total / whole * 100)
        for (file, _, name), (_, calls, _, total, _) in rows
        if "/yimen/" in file and "site-packages" not in file
    ]
    return sorted(found, key=lambda row: -row[2])[:count]


def busiest(stats: pstats.Stats, count: int) -> list[tuple[str, float, float]]:
    """Any functions by their own time: calls for each act, per cent of the whole."""
    rows = stats.stats.items()  # type: ignore[attr-defined]
    whole = sum(mine for _, (_, _, mine, _, _) in rows)
    found = [
        (
            f"{_place(file) if file != '~' else ''} {Path(file).name}:{line} {name}"[:80],
            calls / ROUNDS,
            mine / whole * 100,
        )
        for (file, line, name), (_, calls, mine, _, _) in rows
    ]
    return sorted(found, key=lambda row: -row[2])[:count]


def main() -> int:
    given = _table.arguments(__doc__, act=("", "one act"), top=(25, "functions"))
    house = _house.House(on_the_wire=False)
    names = acts(house)
    costs = {}
    for name, act in names.items():
        if given.act in {"", name}:
            costs[name] = round(cpu_ms(act), 2)
    _table.show(("act", "CPU ms in process"), costs.items())
    for name in [given.act] if given.act else ["file", "accept", "case"]:
        stats = profile(names[name])
        print(f"\n{name}: own time by package")
        _table.show(("package", "%"), shares(stats)[:14])
        print(f"\n{name}: own time by function")
        _table.show(("function", "calls", "%"), busiest(stats, 14))
        print(f"\n{name}: our functions with all they call")
        _table.show(("function", "calls", "%"), dearest(stats, given.top))
    if given.json:
        found = {
            "name": "costs",
            "ours": costs[given.act or "file"],
            "yardstick": None,
            "ratio": None,
            "unit": "ms of CPU in process",
            "higher_is_better": False,
            "errors": 0,
            "runs": ROUNDS,
            "versions": _house.versions(),
            "data": "one process, no web server",
            "extra": costs,
        }
        given.json.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
