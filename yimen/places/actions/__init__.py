"""Everything that can be done to places."""

from yimen.places.actions.centres import (
    CentreFacts,
    WindowFacts,
    ZoneFacts,
    change_hours,
    open_centre,
    set_exception,
)
from yimen.places.actions.regions import (
    InstitutionFacts,
    RegionFacts,
    Successor,
    add_region,
    set_institution,
    split_region,
)

__all__ = [
    "CentreFacts",
    "InstitutionFacts",
    "RegionFacts",
    "Successor",
    "WindowFacts",
    "ZoneFacts",
    "add_region",
    "change_hours",
    "open_centre",
    "set_exception",
    "set_institution",
    "split_region",
]
