"""What is asked of the catalogue."""

from yimen.catalogue.queries.history import Difference, VersionLine, difference, version_history
from yimen.catalogue.queries.lists import (
    Counted,
    Counts,
    ItemLine,
    ItemPage,
    Narrowing,
    counts,
    item_lines,
    items,
    popular,
)
from yimen.catalogue.queries.search import search_items
from yimen.catalogue.queries.versions import (
    VersionRow,
    Words,
    points,
    takes_in,
    texts,
    version,
    version_for_filing,
    version_in_force,
)

__all__ = [
    "Counted",
    "Counts",
    "Difference",
    "ItemLine",
    "ItemPage",
    "Narrowing",
    "VersionLine",
    "VersionRow",
    "Words",
    "counts",
    "difference",
    "item_lines",
    "items",
    "points",
    "popular",
    "search_items",
    "takes_in",
    "texts",
    "version",
    "version_for_filing",
    "version_history",
    "version_in_force",
]
