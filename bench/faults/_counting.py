"""What must be true when all is quiet again, counted in the tables as the superuser sees them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

from bench import _house
from bench.faults._load import Kept

#: How long the worker may need for what piled up, in seconds. A message in a dead worker's hands waits out its lease.
PATIENCE = 180.0

#: Work that is still to be done: what it is, and a query for it.
UNFINISHED = {
    "news not told": "SELECT id::text FROM kernel_event WHERE told_at IS NULL",
    "tellings that failed and were not mended": "SELECT id::text FROM kernel_failedtelling WHERE mended_at IS NULL",
    "messages not sent": "SELECT id::text FROM channels_message WHERE state <> 'sent'",
    "jobs stuck": "SELECT id::text FROM procrastinate_jobs WHERE status IN ('todo', 'doing')",
    "results handed over and not closed": "SELECT case_no FROM cases_case WHERE state = 'handed_over'",
}

#: What must never be found: each query names the cases or rows that break the promise.
BROKEN = {
    "keys with two cases": "SELECT idempotency_key FROM cases_case GROUP BY filed_by, idempotency_key"
    " HAVING count(*) > 1",
    "acts done twice": "SELECT chain || ' ' || verb FROM ledger_line WHERE chain IN (SELECT case_no FROM bench_filed)"
    " GROUP BY chain, verb HAVING count(*) > 1",
    "cases that are not where their chain says": "SELECT case_no FROM cases_case JOIN bench_filed USING (case_no)"
    " JOIN LATERAL (SELECT body::json #> '{facts}' AS facts FROM ledger_line WHERE chain = case_no"
    " ORDER BY number DESC LIMIT 1) AS last ON true"
    " WHERE (facts ->> 'to') <> state OR (facts ->> 'revision')::int <> revision",
    "cases without a chain": "SELECT case_no FROM cases_case WHERE NOT EXISTS"
    " (SELECT FROM ledger_line WHERE chain = case_no)",
    "chains without their case": "SELECT DISTINCT chain FROM ledger_line WHERE verb IN ('file', 'take_in')"
    " AND NOT EXISTS (SELECT FROM cases_case WHERE case_no = chain)",
    "cases without exactly one receipt": "SELECT case_no FROM cases_case JOIN bench_filed USING (case_no) WHERE 1 <>"
    " (SELECT count(*) FROM documents_letter WHERE subject_no = case_no AND kind = 'W01')",
    "acts without exactly one notice": "SELECT case_no || ' ' || occasion FROM bench_filed CROSS JOIN (VALUES"
    " ('file', 'case_filed'), ('accept', 'case_accepted'), ('grant', 'case_granted'), ('make_result', 'result_ready'),"
    " ('close', 'case_closed')) AS one (verb, occasion)"
    " WHERE EXISTS (SELECT FROM ledger_line WHERE chain = case_no AND ledger_line.verb = one.verb)"
    " AND 1 <> (SELECT count(*) FROM notices_notice AS n WHERE n.subject_no = case_no AND n.occasion = one.occasion)",
    "messages without exactly one notice": "SELECT subject_no FROM channels_message WHERE subject_kind = 'notice'"
    " GROUP BY channel, subject_no HAVING count(*) > 1",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that must not be, how often it is, and some examples."""

    what: str
    count: int
    examples: tuple[str, ...]

    @classmethod
    def of(cls, what: str, found: Iterable[object]) -> Finding:
        """The finding for everything that was found."""
        rows = sorted(str(one) for one in found)
        return cls(what, len(rows), tuple(rows[:5]))


def _rows(query: str) -> list[object]:
    return [row[0] for row in _house.sql(query)]


def wait_until_quiet() -> list[Finding]:
    """What the worker still has not done after it had all the time it may need."""
    until = monotonic() + PATIENCE
    while True:
        found = [Finding.of(what, _rows(query)) for what, query in UNFINISHED.items()]
        if monotonic() > until or not any(one.count for one in found):
            return found
        sleep(1)


def count(kept: Kept) -> list[Finding]:
    """Everything that was acknowledged, held against the tables."""
    _house.sql("CREATE TABLE bench_filed (key text, case_no text PRIMARY KEY)")
    for key, case_no in kept.filed.items():
        _house.sql("INSERT INTO bench_filed VALUES (%s, %s)", key, case_no)
    return [
        Finding.of("strange answers", kept.strange),
        Finding.of("acknowledged cases that are missing", _missing_cases()),
        Finding.of("acknowledged acts that are missing", _missing_acts(kept)),
        *(Finding.of(what, _rows(query)) for what, query in BROKEN.items()),
        Finding.of("stored files that are not on disk", _missing_files()),
        Finding.of("chains that do not hold", _broken_chains()),
    ]


def _missing_cases() -> list[object]:
    return _rows(
        "SELECT f.case_no FROM bench_filed AS f LEFT JOIN cases_case AS c ON c.case_no = f.case_no"
        " AND c.idempotency_key = f.key WHERE c.id IS NULL"
    )


def _missing_acts(kept: Kept) -> list[object]:
    written = {(row[0], row[1]) for row in _house.sql("SELECT chain, verb FROM ledger_line")}
    acts = [f"{no} {verb}" for no, verbs in kept.lives.items() for verb in verbs if (no, verb) not in written]
    (scans,) = _house.sql(
        "SELECT count(DISTINCT f.sha256) FROM cases_casefile AS l JOIN documents_file AS f ON f.id = l.file_id"
        " JOIN cases_casematerial AS m ON m.id = l.material_id JOIN cases_case AS c ON c.id = m.case_id"
        " JOIN bench_filed USING (case_no)"
    )[0]
    return [*acts, *(f"scan {number}" for number in range(scans, kept.acts["scan"]))]


def _missing_files() -> list[object]:
    from django.conf import settings

    from yimen.documents.rules import storage_place

    place: Callable[[bytes], Path] = lambda digest: storage_place(settings.DATA_DIR, digest)  # noqa: E731
    digests = {bytes(row[0]) for row in _house.sql("SELECT sha256 FROM documents_file")}
    return [digest.hex() for digest in digests if not place(digest).is_file()]


def _broken_chains() -> list[object]:
    command = [sys.executable, "-P", str(_house.ROOT / "manage.py"), "verify_ledger"]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    return [] if told.stdout.startswith("ok ") else [told.stdout + told.stderr[-800:]]
