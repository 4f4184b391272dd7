"""What must hold for an item: the publish gate, two limits, readiness, what differs between two versions. Pure."""

from yimen.catalogue.rules.differences import Change, differences
from yimen.catalogue.rules.foreign import ForeignItem, is_foreign, item_from_foreign
from yimen.catalogue.rules.gate import Gap, check_limits, check_maker, gaps_of, is_longer
from yimen.catalogue.rules.guiding import Bring, Stage, bring_of, stages_of
from yimen.catalogue.rules.reading import digest_of, read_item
from yimen.catalogue.rules.wording import Wording, wordings

__all__ = [
    "Bring",
    "Change",
    "ForeignItem",
    "Gap",
    "Stage",
    "Wording",
    "bring_of",
    "check_limits",
    "check_maker",
    "differences",
    "digest_of",
    "gaps_of",
    "is_foreign",
    "is_longer",
    "item_from_foreign",
    "read_item",
    "stages_of",
    "wordings",
]
