"""What is asked of the catalogue."""

from yimen.catalogue.queries.guide import (
    Guide,
    GuideCentre,
    GuideFee,
    GuideMaterial,
    GuideResult,
    GuideStep,
    guide,
)
from yimen.catalogue.queries.history import Difference, VersionLine, difference, version_history
from yimen.catalogue.queries.lists import (
    Counted,
    Counts,
    ItemLine,
    ItemPage,
    Narrowing,
    counts,
    items,
    names_of,
    popular,
)
from yimen.catalogue.queries.search import find_item_ids, search_items
from yimen.catalogue.queries.versions import (
    VersionRow,
    Words,
    asking_for_filing,
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
    "Guide",
    "GuideCentre",
    "GuideFee",
    "GuideMaterial",
    "GuideResult",
    "GuideStep",
    "ItemLine",
    "ItemPage",
    "Narrowing",
    "VersionLine",
    "VersionRow",
    "Words",
    "asking_for_filing",
    "counts",
    "difference",
    "find_item_ids",
    "guide",
    "items",
    "names_of",
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
