"""Everything that can be done to the catalogue."""

from yimen.catalogue.actions.importing import ItemLine, Outcome, Taken, import_item, import_items, read_line
from yimen.catalogue.actions.misses import note_miss
from yimen.catalogue.actions.popularity import note_popularity
from yimen.catalogue.actions.versions import draft_version, publish_version, send_to_review, suspend_item

__all__ = [
    "ItemLine",
    "Outcome",
    "Taken",
    "draft_version",
    "import_item",
    "import_items",
    "note_miss",
    "note_popularity",
    "publish_version",
    "read_line",
    "send_to_review",
    "suspend_item",
]
