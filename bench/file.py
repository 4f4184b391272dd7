"""Filings a second through HTTP, beside pgbench running the same SQL.

One filing: ``POST /api/v1/cases`` by another system with a token, for an applicant who is on record, papers to be
brought, a fresh idempotency key each time. The yardstick sends every statement of that filing, recorded on the wire.
"""

from __future__ import annotations

import json
import os
import secrets
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from statistics import median

from bench import _house, _table
from bench._http import Ask, Load, ask, drive
from bench._pgbench import Yardstick, script
from bench._wire import Recording

ITEM, CENTRE = "BA-MZ-104", "BA-XX"
APPLICANTS = 200
#: Of so many applicants the filing is recorded: a script of pgbench each, as ours locks a person for a moment.
SCRIPTS = 24
#: Weights of GB 11643.
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def id_number(count: int) -> str:
    """An invented document number with a good check digit."""
    body = f"440306{date(1940, 1, 1) + timedelta(days=count % 7000):%Y%m%d}{count // 7000 + 900:03d}"
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11]


def application(number: int, mark: str = "") -> dict[str, object]:
    """What is sent; ``mark`` begins the idempotency key."""
    name, document = f"示例{chr(0x7532 + number % 9)}", id_number(number)
    answers = {
        "name": name,
        "id_number": document,
        "phone": "13800000001",
        "address": "宝安区西乡街道示例路 18 号",
        "emergency": "陈示例 13800000002",
        "apply_for": "new",
        "agent": "no",
    }
    return {
        "item_code": ITEM,
        "centre_code": CENTRE,
        "key": f"bench-{mark}{secrets.token_hex(10)[len(mark) :]}",
        "applicant": {"name": name, "id_number": document, "phone": "13800000001"},
        "answers": answers,
        "materials": {"id_card": {"way": "paper", "copies": 1}, "one_photo": {"way": "paper", "copies": 1}},
    }


def filings(token: str, mark: str):
    """For each client: filings without end, the applicants in turn."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def asks(client: int) -> Iterator[Ask]:
        number = client * 37
        while True:
            number += 1
            body = json.dumps(application(number % APPLICANTS, mark)).encode()
            yield ask(_house.URL, "POST", "/api/v1/cases", status=201, headers=headers, body=body)

    return asks


def ours(token: str, *, clients: int, seconds: float) -> tuple[Load, int, float]:
    """One run: the load, how many filings are missing or too many in the table, CPU seconds of the web server."""
    mark, web = secrets.token_hex(3), _house.web_processes()
    before = _house.cpu_seconds(web)
    load = drive(_house.URL, filings(token, mark), clients=clients, seconds=seconds)
    used = _house.cpu_seconds(web) - before
    (written,) = _house.sql("SELECT count(*) FROM cases_case WHERE idempotency_key LIKE %s", f"bench-{mark}%")[0]
    return load, abs(written - load.done), used


def _recorded(house: _house.House, token: str, number: int) -> list[Recording]:
    """The same applicant's filing, twice: what differs is what must be new each time."""
    applications = [application(number) for _ in range(2)]
    return [house.record("POST", "/api/v1/cases", body=body, token=token, status=201) for body in applications]


def main() -> int:
    given = _table.arguments(__doc__, runs=(5, "pairs of runs"), seconds=(5, "of each run"), clients=(4, "at once"))
    _house.check_instance()
    house = _house.House()
    token = _house.token("files")
    for number in range(APPLICANTS):
        status, body = house.call("POST", "/api/v1/cases", body=application(number), token=token)
        if status != 201:
            sys.exit(f"bench: filing answered {status} {body[:300].decode()}")
    recordings = [_recorded(house, token, number) for number in range(SCRIPTS)]
    one = recordings[0][0]
    yardstick = Yardstick(*(script(*pair) for pair in recordings), database=_house.APP, clients=given.clients)
    pairs, errors, costs, rows, latency = [], 0, [], [], []
    with _house.worker_resting():
        ours(token, clients=given.clients, seconds=1.5)
        yardstick.run(1)
        _house.settle()
        for _ in range(given.runs):
            load, astray, used = ours(token, clients=given.clients, seconds=given.seconds)
            found = yardstick.run(given.seconds)
            pairs.append((load.rate, found.rate))
            costs.append(used / max(1, load.done) * 1000)
            latency.append(load.ms(95))
            errors += sum(load.errors.values()) + astray + found.failed
            rows.append((load.rate, found.rate, load.rate / found.rate, costs[-1], load.ms(50), load.ms(95), astray))
            for words, count in load.errors.most_common(3):
                print(f"bench: {count} × {words}", file=sys.stderr)
    head = ("filings/s", "pgbench/s", "ratio", "app CPU ms", "p50 ms", "p95 ms", "astray")
    _table.show(head, rows)
    found = _table.result(
        "file",
        pairs,
        unit="filings a second",
        errors=errors,
        data=f"{given.clients} clients, {given.seconds} s a run, {os.cpu_count()} web workers, fsync on, worker held",
        app_cpu_ms=round(median(costs), 2),
        p95_ms=round(median(latency), 1),
        round_trips=one.count,
        statements=yardstick.scripts[0].statements,
        pgbench_mode=yardstick.mode,
        target=0.30,
    )
    print(
        "file  {ours} /s  pgbench {yardstick} /s  ratio {ratio}  errors {errors}".format(**found)
        + f"  round trips {one.count}  app CPU {found['extra']['app_cpu_ms']} ms"
    )
    if "BENCH_KEEP" in os.environ:
        print(f"script: {yardstick.kept()}  held constant: {sorted(set(yardstick.scripts[0].held))}", file=sys.stderr)
    return _table.leave(found, given.json)


if __name__ == "__main__":
    sys.exit(main())
