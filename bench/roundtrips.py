"""How often each hot path waits for PostgreSQL, counted on the wire, beside its budget.

``--show NAME`` prints every round trip of that path with its SQL.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable

from bench import _house, _table
from bench._acts import REVIEWER, Story, page
from bench._wire import Recording
from bench.file import ITEM

#: Round trips that each path may take; one more is allowed for finding out who asks.
BUDGETS = {
    "file": 3,
    "accept": 4,
    "opinion": 4,
    "grant": 4,
    "case page": 3,
    "case page (desk)": 3,
    "work list": 3,
    "item page": 3,
    "catalogue search": 3,
    "case (API)": 3,
    "work list (API)": 3,
}
_SIGNING_IN = ("identity_apitoken", "identity_session")


def of_signing_in(recording: Recording) -> int:
    """Round trips at the beginning that only ask who is there."""
    count = 0
    for trip in recording.trips:
        own = all(f"FROM {name}" not in one.text for one in trip for name in _SIGNING_IN)
        if own:
            break
        count += 1
    return count


def recordings() -> dict[str, Recording]:
    """Every hot path once, after it has been gone twice."""
    house = _house.House()
    story = Story(house)
    for number in range(2):
        story.life(number)
    found, case_no = story.life(0)
    reviewer, resident = _house.session(REVIEWER), _house.session("chen")
    for _ in range(2):
        found |= {
            "case (API)": story.call("GET", f"/{case_no}", REVIEWER),
            "work list (API)": story.call("GET", "", REVIEWER),
        }
    (own,) = _house.sql(
        "SELECT case_no FROM cases_case JOIN identity_user USING (person_id) WHERE username = 'chen' LIMIT 1"
    )[0]
    return found | {
        "case page": page(house, f"/my/cases/{own}/", resident),
        "case page (desk)": page(house, f"/desk/tasks/{case_no}/", reviewer),
        "work list": page(house, "/desk/tasks/", reviewer),
        "item page": page(house, f"/items/{ITEM}/"),
        "catalogue search": page(house, "/items/?" + _house.encoded(q="老人 优待证")),
    }


def show(recording: Recording, length: int = 2000) -> None:
    """Every round trip with its statements."""
    for number, trip in enumerate(recording.trips, 1):
        for one in trip:
            print(f"{number:3} {len(one.rows):4} rows  {' '.join(one.text.split())[:length]}")


def _rows(found: dict[str, Recording]) -> Iterable[tuple[object, ...]]:
    for name, budget in BUDGETS.items():
        one, signing_in = found[name], of_signing_in(found[name])
        yield name, one.count, signing_in, one.count - signing_in, budget, len(one.statements)


def main() -> int:
    given = _table.arguments(__doc__, show=("", "print the statements of this path"))
    _house.check_instance()
    found = recordings()
    rows = list(_rows(found))
    _table.show(("path", "trips", "who", "rest", "budget", "statements"), rows)
    if given.show:
        show(found[given.show])
    over = [row[0] for row in rows if int(str(row[3])) + max(0, int(str(row[2])) - 1) > int(str(row[4]))]
    print(f"roundtrips  {len(rows) - len(over)} of {len(rows)} within their budgets")
    result = {
        "name": "roundtrips",
        "ours": sum(int(str(row[1])) for row in rows),
        "yardstick": sum(BUDGETS.values()),
        "ratio": round(sum(int(str(row[1])) for row in rows) / sum(BUDGETS.values()), 2),
        "unit": "round trips of all paths together, beside their budgets",
        "higher_is_better": False,
        "errors": 0,
        "runs": 1,
        "versions": _house.versions(),
        "data": "the demo's week of cases",
        "extra": {
            str(row[0]): dict(zip(("trips", "who", "rest", "budget", "statements"), row[1:], strict=True))
            for row in rows
        },
    }
    return _table.leave(result, given.json)


if __name__ == "__main__":
    sys.exit(main())
