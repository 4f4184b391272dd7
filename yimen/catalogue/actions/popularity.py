"""How often items are asked for: told from above each night, and used to order the lists."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import connection

_NOTE = """
UPDATE catalogue_item item SET popularity = coalesce(told.times, 0)
FROM catalogue_item known LEFT JOIN unnest(%s::bigint[], %s::bigint[]) AS told (item_id, times)
    ON told.item_id = known.id
WHERE item.id = known.id AND item.popularity <> coalesce(told.times, 0)
"""


def note_popularity(*, counts: Mapping[int, int]) -> int:
    """Set every item's popularity; items that are not told of have none. Returns how many changed. May run twice."""
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, [list(counts), list(counts.values())])
        changed: int = cursor.rowcount
    return changed
