"""Seconds for importing a province's 2,262 items with all checks; the yardstick is the budget of 20 seconds.

The list lies beside the clone (``../shared/data/services/gd_items_2021.jsonl``) or where ``--items`` says.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from bench import _house, _table

ROOT = Path(__file__).resolve().parents[1]
BUDGET = 20.0


def data(name: str) -> Path | None:
    """A file of the public lists, if they lie beside the clone or in a folder above it."""
    found = (folder / "shared/data/services" / name for folder in ROOT.parents)
    return next((file for file in found if file.exists()), None)


def main() -> int:
    given = _table.arguments(__doc__, items=(str(data("gd_items_2021.jsonl") or ""), "the list as JSON Lines"))
    if not given.items:
        print("importing: there is no list of items here; name one with --items", file=sys.stderr)
        return 2
    rows, told = [], []
    for what in ("the first time", "again"):
        begun = time.perf_counter()
        command = [sys.executable, str(ROOT / "manage.py"), "import_items", given.items]
        ended = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ)
        if ended.returncode:
            sys.exit(f"bench: import_items failed: {ended.stderr[-800:]}")
        told.append(ended.stdout.strip().splitlines()[-1])
        rows.append((what, time.perf_counter() - begun, told[-1]))
    _table.show(("import", "seconds", "result"), rows)
    first, again = rows[0][1], rows[1][1]
    return _table.leave(
        {
            "name": "importing",
            "ours": round(first, 2),
            "yardstick": BUDGET,
            "ratio": round(first / BUDGET, 3),
            "unit": "seconds, beside the budget",
            "higher_is_better": False,
            "errors": 0,
            "runs": 1,
            "versions": _house.versions(),
            "data": f"{Path(given.items).name}: {told[0]}",
            "extra": {"again_seconds": round(again, 2), "again": told[1]},
        },
        given.json,
    )


if __name__ == "__main__":
    sys.exit(main())
