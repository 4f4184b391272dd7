"""The demo's catalogue: every file of ``items/`` through the importer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from yimen.catalogue.actions import import_item
from yimen.kernel.actors import SYSTEM


def load_items(folder: Path, now: datetime) -> Iterator[str]:
    """Import each item; yields its name. May run twice: what has not changed is left alone."""
    for file in sorted(folder.glob("*.json")):
        data = json.loads(file.read_text(encoding="utf-8"))
        import_item(by=SYSTEM, data=data, now=now)
        yield data["name"]
