"""What a measurement leaves: a table for people, JSON for programs."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import median
from typing import Any
from unicodedata import east_asian_width


def arguments(doc: str | None, **more: tuple[Any, str]) -> argparse.Namespace:
    """``--json`` and the measurement's own options: name to (default, help)."""
    parser = argparse.ArgumentParser(description=(doc or "").partition("\n")[0], allow_abbrev=False)
    parser.add_argument("--json", type=Path, metavar="FILE")
    for name, (default, words) in more.items():
        parser.add_argument(f"--{name}", type=type(default), default=default, help=f"{words} ({default})")
    return parser.parse_args()


def _width(text: str) -> int:
    return sum(1 + (east_asian_width(sign) in "WF") for sign in text)


def show(head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table: the first column to the left, numbers to the right."""
    table = [list(head), *([f"{cell:,.2f}" if isinstance(cell, float) else str(cell) for cell in row] for row in rows)]
    widths = [max(_width(row[place]) for row in table) for place in range(len(head))]
    for row in table:
        cells = [
            cell + " " * (width - _width(cell)) if not place else " " * (width - _width(cell)) + cell
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        print("  ".join(cells).rstrip())


def result(
    name: str, pairs: Sequence[tuple[float, float]], *, unit: str, errors: int, data: str, **extra: Any
) -> dict[str, Any]:
    """The figures of pairs (ours, yardstick) that were measured one after the other."""
    from bench._house import versions

    return {
        "name": name,
        "ours": round(median(mine for mine, _ in pairs), 2),
        "yardstick": round(median(theirs for _, theirs in pairs), 2),
        "ratio": round(median(mine / theirs for mine, theirs in pairs), 4),
        "unit": unit,
        "higher_is_better": True,
        "errors": errors,
        "runs": len(pairs),
        "versions": versions(),
        "data": data,
        "extra": extra,
    }


def leave(found: dict[str, Any], file: Path | None) -> int:
    """Write the JSON; the exit code."""
    if file:
        file.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return 1 if found["errors"] else 0
