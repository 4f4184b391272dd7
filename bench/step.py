"""Steps a second through HTTP (accept, opinion, grant), beside pgbench running the same SQL on cases of the same kind.

The cases are copies of one that stands just before the step. pgbench looks its next case up by number before it begins:
one statement more than ours needs.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator

from bench import _duel, _house, _table
from bench._acts import STEPS, Story
from bench._http import Ask, Load, ask, drive
from bench._pgbench import Found, Script, Yardstick, script
from bench._seed import seed
from bench._wire import Recording

#: The act after which a case stands before the step.
BEFORE = {"accept": "judge", "opinion": "accept", "grant": "opinion"}
#: Copies for one run of ours, and transactions of each client in one run of the yardstick.
OURS, THEIRS = 4000, 300
TARGET = 0.30


class Field:
    """Cases that stand before one step, some for ours, some for the yardstick, two for recording."""

    def __init__(self, name: str, story: Story, *, runs: int, clients: int) -> None:
        self.name, self.story, self.clients = name, story, clients
        self.who, self.path, self.body = STEPS[name]
        _, model = story.life(0, BEFORE[name])
        self.size = (OURS + THEIRS * clients) * (runs + 1) + 2
        # numbers go on, so that the cases of the next step have keys of their own
        self.first = int(_house.sql("SELECT count(*) FROM cases_case")[0][0])
        seed(self.size, f"case_no = '{model}'", first=self.first)
        self.subjects = self._subjects()

    def _subjects(self) -> list[str]:
        """The numbers of the cases in order; the table holds all their keys."""
        _house.sql("DROP TABLE IF EXISTS bench_subject")
        _house.sql(
            "CREATE UNLOGGED TABLE bench_subject AS SELECT n - %s AS n, copy.case_id, copy.case_no, copy.person_id,"
            " (array_agg(step.id) FILTER (WHERE step.kind = 'review'))[1] AS review,"
            " (array_agg(step.id) FILTER (WHERE step.kind = 'decide'))[1] AS decide FROM bench_copy AS copy"
            " LEFT JOIN cases_casestep AS step USING (case_id) GROUP BY 1, 2, 3, 4",
            self.first + 1,
        )
        _house.sql("CREATE UNIQUE INDEX ON bench_subject (n)")
        _house.sql("GRANT SELECT ON bench_subject TO yimen_app")
        return [row[0] for row in _house.sql("SELECT case_no FROM bench_subject ORDER BY n")]

    def _keys(self, n: int) -> dict[str, str]:
        names = ("case_id", "case_no", "person_id", "review", "decide")
        row = _house.sql(f"SELECT {', '.join(names)} FROM bench_subject WHERE n = %s", n)[0]
        return {name: str(value) for name, value in zip(names, row, strict=True) if value is not None}

    def record(self) -> tuple[Recording, Script]:
        """The last two cases are for recording."""
        last = [len(self.subjects) - 2, len(self.subjects) - 1]
        one, other = (self.story.step(self.name, self.subjects[n]) for n in last)
        keys = (self._keys(last[0]), self._keys(last[1]))
        look_up = f"SELECT {', '.join(keys[0])} FROM bench_subject WHERE n = :n"
        return one, script(one, other, keys, look_up)

    def _range(self, run: int) -> range:
        begin = run * (OURS + THEIRS * self.clients)
        return range(begin, begin + OURS)

    def ours(self, run: int, seconds: float) -> tuple[Load, int]:
        """One run, and how many cases of its range have moved without or in spite of an acknowledgement."""
        mine = self._range(run)
        headers = {
            "Authorization": f"Bearer {self.story.tokens[self.who]}",
            "Content-Type": "application/json",
        }
        body = json.dumps(self.body).encode()

        def asks(client: int) -> Iterator[Ask]:
            for n in mine[client :: self.clients]:
                path = f"/api/v1/cases/{self.subjects[n]}/{self.path}"
                yield ask(_house.URL, "POST", path, headers=headers, body=body)

        load = drive(_house.URL, asks, clients=self.clients, seconds=seconds)
        (moved,) = _house.sql(
            "SELECT count(*) FROM bench_subject JOIN ledger_line ON chain = case_no"
            " WHERE n BETWEEN %s AND %s AND number = (SELECT max(number) FROM ledger_line JOIN bench_subject"
            " ON chain = case_no WHERE n = %s)",
            mine[0],
            mine[-1],
            len(self.subjects) - 1,
        )[0]
        return load, abs(moved - load.done)

    def theirs(self, yardstick: Yardstick, run: int) -> Found:
        """The cases behind those of ours."""
        return yardstick.run(0, first=self._range(run)[-1] + 1, transactions=THEIRS)


def measure(name: str, story: Story, *, runs: int, seconds: float, clients: int) -> tuple[_duel.Duel, Recording]:
    """One step."""
    field = Field(name, story, runs=runs, clients=clients)
    recording, text = field.record()
    yardstick = Yardstick(text, database=_house.APP, clients=clients)
    if "BENCH_KEEP" in os.environ:
        print(f"script: {yardstick.kept()}  held constant: {sorted(set(text.held))}", file=sys.stderr)
    with _house.worker_resting():
        duel = _duel.fight(
            name,
            TARGET,
            lambda run: field.ours(run, seconds if run else 1.5),
            lambda run: field.theirs(yardstick, run),
            runs=runs,
        )
    return duel, recording


def main() -> int:
    given = _table.arguments(
        __doc__, runs=(3, "pairs of runs"), seconds=(4, "of each run"), clients=(4, "at once"), only=("", "one step")
    )
    _house.check_instance()
    story = Story(_house.House())
    story.life(0)
    duels, trips = [], {}
    for name in [given.only] if given.only else STEPS:
        duel, recording = measure(name, story, runs=given.runs, seconds=given.seconds, clients=given.clients)
        duels.append(duel)
        trips[name] = recording.count
    _table.show((*_duel.HEAD, "trips"), [(*duel.row(), trips[duel.name]) for duel in duels])
    weakest = _duel.weakest(duels)
    found = _table.result(
        "step",
        weakest.pairs,
        unit=f"acts a second: {weakest.name}, the furthest from its target",
        errors=sum(duel.errors for duel in duels),
        data=f"{given.clients} clients, {given.seconds} s a run, fsync on, worker held, copies of one case",
        **{duel.name: {**duel.facts(), "round_trips": trips[duel.name]} for duel in duels},
    )
    return _table.leave(found, given.json)


if __name__ == "__main__":
    sys.exit(main())
