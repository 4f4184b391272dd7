"""Candidates for a question, in one statement: rows that hold its tokens, weighed by how rare the tokens are.

Where nothing holds any token, the names that look most alike (trigrams) are candidates, so that a slip of the finger
finds something still.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.db import connection

from yimen.search.plan import Plan

#: Rows that are ranked exactly.
MOST = 150


@dataclass(frozen=True, slots=True)
class Source:
    """A table with the columns ``name``, ``rest``, ``tokens``; the column to return, and one that must be equal."""

    table: str
    key: str
    scope: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row that may answer: its words, and which tokens it holds (positions in the plan)."""

    key: Any
    name: str
    rest: str
    held: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Candidates, how many rows there are, and how many of them hold each token of the plan."""

    candidates: tuple[Candidate, ...]
    total: int
    holders: dict[int, int]


# Every token is looked up in the index once; its rarity (BM25's idf) weighs the rows that hold it.
_CANDIDATES = """
WITH token AS (
    SELECT place, query::tsquery AS query, weight
    FROM unnest(%(queries)s::text[], %(weights)s::float8[]) WITH ORDINALITY AS given (query, weight, place)
), hit AS MATERIALIZED (
    SELECT row.id, token.place FROM token JOIN {table} AS row ON row.tokens @@ token.query AND row.{scope} = %(scope)s
), total AS (
    SELECT count(*) AS rows FROM {table} WHERE {scope} = %(scope)s
), rarity AS (
    SELECT place, holders, weight * ln(1 + (total.rows - holders + 0.5::float8) / (holders + 0.5::float8)) AS worth
    FROM (SELECT place, count(*)::float8 AS holders FROM hit GROUP BY place) AS counted
    JOIN token USING (place) CROSS JOIN total
), best AS (
    SELECT hit.id, array_agg(hit.place) AS held, sum(rarity.worth) AS score
    FROM hit JOIN rarity USING (place)
    GROUP BY hit.id ORDER BY score DESC, hit.id LIMIT %(most)s
), alike AS (
    SELECT id, ARRAY[]::bigint[] AS held, similarity(name, %(text)s) AS score FROM {table}
    WHERE NOT EXISTS (SELECT FROM hit) AND {scope} = %(scope)s AND name %% %(text)s
    ORDER BY score DESC, id LIMIT 20
)
SELECT row.{key}, row.name, row.rest, found.held, (SELECT rows FROM total),
       (SELECT jsonb_object_agg(place, holders) FROM rarity)
FROM (SELECT * FROM best UNION ALL SELECT * FROM alike) AS found JOIN {table} AS row ON row.id = found.id
ORDER BY found.score DESC, row.id
"""


def candidates(source: Source, plan: Plan, scope: str) -> Found:
    """Up to ``MOST`` rows of the source that may answer the plan, best first by a rough count. One statement."""
    statement = _CANDIDATES.format(table=source.table, key=source.key, scope=source.scope)
    values: dict[str, Any] = {
        "queries": [token.query for token in plan.tokens],
        "weights": [token.weight for token in plan.tokens],
        "scope": scope,
        "text": plan.text,
        "most": MOST,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows = cursor.fetchall()
    if not rows:
        return Found((), 0, {})
    holders = {int(place): count for place, count in _object(rows[0][5]).items()}
    found = (Candidate(key, name, rest, tuple(held)) for key, name, rest, held, _, _ in rows)
    return Found(tuple(found), rows[0][4], holders)


def _object(value: Any) -> dict[str, int]:
    return (json.loads(value) if isinstance(value, str) else value) or {}
