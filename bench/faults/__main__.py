"""Acts a second while web, worker and PostgreSQL are killed in turn, beside a calm time; then everything is counted.

Cases are filed over HTTP with idempotency keys and taken through their life by clerk, reviewer, decider and issuer;
papers are scanned. Whoever gets no answer asks again. After a calm time one process after the other gets SIGKILL, the
supervisor brings it back, and the load goes on. When all is quiet: no acknowledged act is missing, none was done twice,
every chain holds, all news is told, all messages are sent, every stored file lies on disk, no job is stuck.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from statistics import quantiles

from bench import _house, _table
from bench.faults._counting import Finding, count, wait_until_quiet
from bench.faults._killing import Death, kill_in_turn
from bench.faults._load import CLIENTS, Clients

#: How much of the time is calm.
CALM = 0.2


def _times(words: str, found: Sequence[float]) -> tuple[str, str]:
    high = quantiles(found, n=20, method="inclusive")[-1] if len(found) > 1 else (found or [0.0])[0]
    return words, f"{len(found)} times, 95 % back within {high:.1f} s, the slowest {max(found, default=0):.1f} s"


def _told(clients: Clients, deaths: list[Death], findings: list[Finding]) -> list[tuple[str, object]]:
    """The rows of the table: what was done, who was killed, what is wrong."""
    kinds = dict.fromkeys(death.kind for death in deaths)
    return [
        ("cases acknowledged", len(clients.kept.filed)),
        ("acts acknowledged", sum(clients.kept.acts.values())),
        *((f"tries that ended with {status or 'no answer'}", n) for status, n in sorted(clients.kept.faults.items())),
        ("found done when asked again", clients.kept.found_done),
        *(_times(f"killed: {kind}", [one.seconds for one in deaths if one.kind == kind]) for kind in kinds),
        *((finding.what, finding.count) for finding in findings),
    ]


def main() -> int:
    given = _table.arguments(__doc__, minutes=(1.0, "under load"), clients=(CLIENTS, "at once"))
    _house.check_instance()
    clients, seconds = Clients(given.clients), given.minutes * 60
    with clients.at_work():
        calm = clients.rate_during(seconds * CALM)
        before = clients.done
        deaths = kill_in_turn(seconds * (1 - CALM))
        fire = (clients.done - before) / (seconds * (1 - CALM))
    findings = [*wait_until_quiet(), *count(clients.kept)]
    _table.show(("faults", "found"), _told(clients, deaths, findings))
    for finding in findings:
        if finding.count:
            print(f"bench: {finding.what}: {', '.join(finding.examples)}", file=sys.stderr)
    found = _table.result(
        "faults",
        [(fire, calm)],
        unit="acts a second while programs are killed, beside a calm time",
        errors=sum(finding.count for finding in findings),
        data=f"{given.clients} clients, {given.minutes} minutes, {len(deaths)} kills, fsync on",
        kills=[{"kind": one.kind, "seconds_until_back": round(one.seconds, 2)} for one in deaths],
        acknowledged={"file": len(clients.kept.filed), **clients.kept.acts},
        faults=dict(sorted(clients.kept.faults.items())),
        found_done=clients.kept.found_done,
        findings={finding.what: finding.count for finding in findings},
    )
    return _table.leave(found, given.json)


if __name__ == "__main__":
    sys.exit(main())
