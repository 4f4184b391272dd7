"""Pages a second (case, work list, item, search), beside pgbench running the SELECTs of the same page.

``--cases 50000`` says how many cases there are (5000000 takes some minutes and 40 GB). The p95 is measured at a pace
of 100 requests a second for each core, or at 70 % of what the page does at most, where that is less.
"""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Iterator

from bench import _duel, _house, _table
from bench._acts import REVIEWER, page
from bench._http import Ask, Load, ask, drive
from bench._pgbench import Script, Yardstick, script
from bench._seed import seed
from bench._wire import Recording
from bench.file import ITEM

TARGETS = {"case": 0.20, "worklist": 0.15, "item": 0.10, "search": 0.25}
#: What people type; each word is a page of its own.
WORDS = ("老年人优待证", "居住证", "结婚", "临时救助", "新生儿入户", "施工许可", "残疾人", "yiliao", "户口迁移", "低保")
PER_CORE = 100


class Pages:
    """The addresses of each page, and the recordings that become the yardstick."""

    def __init__(self) -> None:
        self.house = _house.House()
        self.session = _house.session(REVIEWER)
        self.cases = self._subjects()

    def _subjects(self) -> list[str]:
        """Copies of one open case that the reviewer's department has, with their keys."""
        _house.sql(
            "CREATE UNLOGGED TABLE bench_subject AS SELECT row_number() OVER (ORDER BY copy.n) - 1 AS n, copy.case_id,"
            " copy.case_no, copy.person_id FROM bench_copy AS copy JOIN cases_case ON cases_case.id = copy.case_id"
            " WHERE copy.model = (SELECT model FROM bench_copy JOIN cases_casestep AS step ON step.case_id = model"
            " JOIN identity_post AS post ON post.id = step.post_id WHERE post.code = 'civil.reviewer'"
            " GROUP BY model ORDER BY count(*) DESC LIMIT 1)"
        )
        _house.sql("CREATE UNIQUE INDEX ON bench_subject (n)")
        _house.sql("GRANT SELECT ON bench_subject TO yimen_app")
        return [row[0] for row in _house.sql("SELECT case_no FROM bench_subject ORDER BY n LIMIT 20000")]

    def _keys(self, n: int) -> dict[str, str]:
        names = ("case_id", "case_no", "person_id")
        row = _house.sql(f"SELECT {', '.join(names)} FROM bench_subject WHERE n = %s", n)[0]
        return dict(zip(names, map(str, row), strict=True))

    def addresses(self, name: str) -> list[str]:
        """Every address of the page that is asked for."""
        return {
            "case": [f"/desk/cases/{case_no}/" for case_no in self.cases],
            "worklist": ["/desk/tasks/"],
            "item": [f"/items/{ITEM}/"],
            "search": ["/items/?" + _house.encoded(q=words) for words in WORDS],
        }[name]

    def cookie(self, name: str) -> str:
        """Who asks: the desk's pages need somebody."""
        return self.session if name in {"case", "worklist"} else ""

    def recorded(self, name: str) -> tuple[Recording, list[Script]]:
        """A recording, and the page as scripts."""
        addresses, cookie = self.addresses(name), self.cookie(name)
        if name == "case":
            one, other = (page(self.house, addresses[n], cookie) for n in (0, 1))
            look_up = f"SELECT case_id, case_no, person_id FROM bench_subject WHERE n = :n * 7919 % {len(self.cases)}"
            return one, [script(one, other, (self._keys(0), self._keys(1)), look_up)]
        found = [page(self.house, address, cookie) for address in addresses]
        return found[0], [script(one, one) for one in found]


def _asks(pages: Pages, name: str):
    headers = {"Cookie": pages.cookie(name), "Accept-Language": "zh"}
    asks = [ask(_house.URL, "GET", address, headers=headers) for address in pages.addresses(name)]

    def forever(client: int) -> Iterator[Ask]:
        chance = random.Random(client)
        while True:
            yield chance.choice(asks)

    return forever


def measure(pages: Pages, name: str, *, runs: int, seconds: float, clients: int) -> tuple[_duel.Duel, dict[str, float]]:
    """One page: the duel, then its latency at a pace."""
    recording, scripts = pages.recorded(name)
    yardstick = Yardstick(*scripts, database=_house.APP, clients=clients)
    asks = _asks(pages, name)

    def ours(run: int) -> tuple[Load, int]:
        return drive(_house.URL, asks, clients=clients, seconds=seconds if run else 1.5), 0

    with _house.worker_resting():
        duel = _duel.fight(name, TARGETS[name], ours, lambda run: yardstick.run(seconds if run else 1), runs=runs)
        most = max(mine for mine, _ in duel.pairs)
        pace = min(PER_CORE * (os.cpu_count() or 1), 0.7 * most)
        load = drive(_house.URL, asks, clients=16, seconds=seconds, rate=pace)
    duel.errors += sum(load.errors.values())
    at_pace = {"pace": round(pace), "p95_at_pace_ms": round(load.ms(95), 1)}
    return duel, {**at_pace, "round_trips": recording.count, "bytes": len(recording.body)}


def main() -> int:
    given = _table.arguments(
        __doc__,
        cases=(50_000, "how many"),
        runs=(3, "pairs of runs"),
        seconds=(4, "of each run"),
        clients=(4, "at once"),
        only=("", "one page"),
    )
    _house.check_instance()
    seeded = seed(given.cases)
    print(f"seeded {seeded}", file=sys.stderr)
    pages = Pages()
    names = [given.only] if given.only else list(TARGETS)
    found = {
        name: measure(pages, name, runs=given.runs, seconds=given.seconds, clients=given.clients) for name in names
    }
    head = (*_duel.HEAD, "at pace", "p95 ms", "trips", "bytes")
    _table.show(head, [(*duel.row(), *more.values()) for duel, more in found.values()])
    weakest = _duel.weakest([duel for duel, _ in found.values()])
    result = _table.result(
        "pages",
        weakest.pairs,
        unit=f"pages a second: {weakest.name}, the furthest from its target",
        errors=sum(duel.errors for duel, _ in found.values()),
        data=f"{given.cases:,} cases, {given.clients} clients, {given.seconds} s a run, fsync on, worker held",
        seeding_seconds=seeded["seconds"],
        **{name: {**duel.facts(), **more} for name, (duel, more) in found.items()},
    )
    return _table.leave(result, given.json)


if __name__ == "__main__":
    sys.exit(main())
