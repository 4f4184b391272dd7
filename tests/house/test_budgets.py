"""No hot path waits for PostgreSQL more often than it does today; bounds go down with the work, never up.

Counted by libpq itself: each time the client hands over and waits. BEGIN, COMMIT and savepoints count, a pipeline
counts once. The goals stand in bench/roundtrips.py, which counts whole requests.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from uuid import uuid4

from django.db import connection
from psycopg.pq import Trace

from yimen.cases.actions import GivenMaterial, accept_case, file_case, give_opinion, grant_case
from yimen.cases.models import Case
from yimen.cases.queries import desk_case, task_list
from yimen.cases.terms import Opinion, Way
from yimen.cases.tests.builders import ITEM, NOW, a_clerk, a_filing, a_resident, all_good, an_officer, the_hall
from yimen.catalogue.queries import guide, search_items

#: A review, then the decision: the shortest route with a step between.
ROUTE = [
    {"code": "review", "name": "审查", "kind": "review", "stage": 1, "post": "market.reviewer", "limit": {"count": 3}},
    {"code": "decide", "name": "决定", "kind": "decide", "stage": 2, "post": "market.decider", "limit": {"count": 2}},
]
PAPER = {code: GivenMaterial(way=Way.PAPER, copies=1) for code in ("plan", "rules")}

#: Of the actions and queries alone, without signing in and without the page around them.
BOUNDS = {
    "file_case": 2,
    "accept_case": 3,
    "give_opinion": 3,
    "grant_case": 3,
    "desk_case": 2,
    "task_list": 2,
    "guide": 4,
    "search_items": 2,
}


def trips(act: Callable[[], object]) -> int:
    """How often the act waits for the database."""
    connection.ensure_connection()
    talk = connection.connection.pgconn
    with tempfile.TemporaryFile("w+b") as file:
        talk.trace(file.fileno())
        talk.set_trace_flags(Trace.SUPPRESS_TIMESTAMPS | Trace.REGRESS_MODE)
        act()
        talk.untrace()
        file.seek(0)
        return sum(line.startswith(b"F\t") and line.split(b"\t")[2].strip() in {b"Query", b"Sync"} for line in file)


def filed(by) -> Case:
    return file_case(by=by, filing=a_filing(by, key=f"key-{uuid4()}", given=PAPER), now=NOW)


def accepted(by) -> Case:
    case = filed(by)
    all_good(case)
    return accept_case(by=a_clerk(), case_id=case.id, now=NOW)


def opinion(case: Case) -> Case:
    by = an_officer("market.reviewer")
    return give_opinion(by=by, case_id=case.id, opinion=Opinion.PASS, text="齐全", now=NOW)


def test_no_hot_path_waits_more_often_than_today(fresh_database):
    the_hall(route=ROUTE)
    resident, clerk, decider = a_resident(), a_clerk(), an_officer("market.decider")
    reviewer = an_officer("market.reviewer")
    # what a process keeps is kept from the first time on
    grant_case(by=decider, case_id=opinion(accepted(resident)).id, now=NOW)
    judged = filed(resident)
    all_good(judged)
    filing = a_filing(resident, key=f"key-{uuid4()}", given=PAPER)
    counts = {
        "file_case": trips(lambda: file_case(by=resident, filing=filing, now=NOW)),
        "accept_case": trips(lambda: accept_case(by=clerk, case_id=judged.id, now=NOW)),
        "give_opinion": trips(
            lambda: give_opinion(by=reviewer, case_id=judged.id, opinion=Opinion.PASS, text="齐全", now=NOW)
        ),
        "grant_case": trips(lambda: grant_case(by=decider, case_id=judged.id, now=NOW)),
        "desk_case": trips(lambda: desk_case(reviewer, judged.case_no, "zh-hans")),
        "task_list": trips(lambda: task_list(reviewer, "zh-hans")),
        "guide": trips(lambda: guide(ITEM["code"], "zh-hans", NOW)),
        "search_items": trips(lambda: search_items("食品", "zh-hans", 20)),
    }
    assert {name: count for name, count in counts.items() if count > BOUNDS[name]} == {}
