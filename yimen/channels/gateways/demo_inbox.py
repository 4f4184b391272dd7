"""What the demo gateway has received: one small file per delivery.

Files, not a table: the demo gateway plays somebody else's system, so it needs no database, a real hall's schema holds
no table for it, and tests keep theirs in a folder of their own. Numbers and people of the demo are invented.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock

from django.conf import settings

from yimen.channels.terms import Channel
from yimen.kernel import clock


@dataclass(frozen=True, slots=True)
class Delivery:
    """Words that arrived."""

    at: datetime
    channel: Channel
    address: str
    title: str
    text: str
    key: str
    reference: str


class DemoInbox:
    """A folder of deliveries."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = Lock()

    def keep(self, *, channel: Channel, address: str, title: str, text: str, key: str) -> str:
        """Keep the words and return their number; the same key keeps once and answers the same."""
        reference = f"demo-{hashlib.sha256(key.encode()).hexdigest()[:12]}"
        delivery = Delivery(clock.now(), channel, address, title, text, key, reference)
        with self._lock:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            if not any(self.folder.glob(f"*-{reference}.json")):
                self._write(delivery)
        return reference

    def newest(self, *, address: str = "", limit: int = 100) -> list[Delivery]:
        """The last ``limit`` deliveries, newest first, to addresses that contain ``address``."""
        found: list[Delivery] = []
        for path in sorted(self.folder.glob("*.json"), reverse=True):
            delivery = _read(path)
            if address in delivery.address:
                found.append(delivery)
            if len(found) == limit:
                break
        return found

    def _write(self, delivery: Delivery) -> None:
        """Whole or not at all: a reader never meets half a file."""
        path = self.folder / f"{delivery.at:%Y%m%d%H%M%S%f}-{delivery.reference}.json"
        unfinished = path.with_suffix(".part")
        unfinished.write_text(json.dumps({**asdict(delivery), "at": delivery.at.isoformat()}), encoding="utf-8")
        unfinished.rename(path)


def _read(path: Path) -> Delivery:
    data = json.loads(path.read_text(encoding="utf-8"))
    return Delivery(**{**data, "at": datetime.fromisoformat(data["at"]), "channel": Channel(data["channel"])})


def demo_inbox() -> DemoInbox:
    """The inbox of this installation."""
    return DemoInbox(settings.DATA_DIR / "demo-inbox")
