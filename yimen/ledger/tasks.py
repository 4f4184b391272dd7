"""Regular work of the ledger."""

from yimen.kernel import clock
from yimen.kernel.jobs import regularly
from yimen.ledger import actions


@regularly("ledger.anchor_heads", "* * * * *")
def anchor_heads() -> int:
    """Each minute: the heads that grew, in one root. Returns how many."""
    anchor = actions.anchor_heads(now=clock.now())
    return anchor.leaf_count if anchor else 0
