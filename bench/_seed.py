"""Many cases, quickly: those that are there, copied by set-based SQL, each with numbers, days and a chain of its own.

Copies are valid rows: materials, files, steps, clocks, letters, collections, and ledger chains whose hashes fit. Cases
that have ended are spread over a year, open ones over the last weeks; the applicants are new people.
"""

from __future__ import annotations

import time
from collections.abc import Mapping

import psycopg

from bench import _house

#: Of a thousand cases so many are still open.
OPEN_PER_MILLE = 60
_ENDED = "('closed','handed_over','not_accepted','withdrawn','terminated')"

_CHECK = """
CREATE OR REPLACE FUNCTION pg_temp.checked(given text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE carry int := 36; place int; sign text; signs text := '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
BEGIN
    FOR place IN 1..length(given) LOOP
        sign := substr(given, place, 1);
        IF strpos(signs, sign) > 0 THEN
            carry := (coalesce(nullif((carry + strpos(signs, sign) - 1) % 36, 0), 36) * 2) % 37;
        END IF;
    END LOOP;
    RETURN substr(signs, (37 - carry) % 36 + 1, 1);
END $$
"""

# n, the case it copies, its new keys and numbers, and how many days it lies back
_COPIES = """
CREATE UNLOGGED TABLE bench_copy AS
WITH models AS (
    SELECT id, case_no, centre_id, filed_at, state IN {ended} AS has_ended,
           row_number() OVER (PARTITION BY state IN {ended} ORDER BY case_no) - 1 AS place,
           count(*) OVER (PARTITION BY state IN {ended}) AS size
    FROM cases_case WHERE {which}
), numbers AS (
    SELECT n, {is_open} AS is_open FROM generate_series(%(first)s::bigint, %(last)s::bigint) AS n
), drawn AS (
    SELECT n, models.id AS model, models.case_no AS old_no, models.filed_at,
           make_interval(days => CASE WHEN is_open THEN (n * 7 %% 12)::int ELSE (n * 31 %% 350)::int END) AS back
    FROM numbers JOIN models ON models.place = n * 13 %% models.size AND (models.has_ended != is_open OR {alone})
)
SELECT n, model, old_no, back,
       ('0190' || lpad(to_hex(n), 8, '0') || '70008000' || lpad(to_hex(n), 12, '0'))::uuid AS case_id,
       ('0191' || lpad(to_hex(n / 4), 8, '0') || '70008000' || lpad(to_hex(n / 4), 12, '0'))::uuid AS person_id,
       text || '-' || pg_temp.checked(text) AS case_no
FROM (
    SELECT *, left(old_no, -16) || to_char((filed_at - back) AT TIME ZONE 'Asia/Shanghai', 'YY-MMDD-')
           || lpad((100000 + n %% 900000)::text, 6, '0') AS text
    FROM drawn
) AS numbered
"""


class Seeding:
    """One seeding: the copies are drawn first, then each table is filled from them."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self.connection = connection

    def _run(self, statement: str, values: Mapping[str, object] | None = None) -> int:
        return self.connection.execute(statement, values).rowcount

    def draw(self, count: int, which: str = "true", first: int = 0) -> None:
        """Decide which case each copy is made from. ``which`` restricts the models to one kind."""
        self._run(_CHECK)
        self._run("DROP TABLE IF EXISTS bench_copy")
        alone = which != "true"
        is_open = "true" if alone else f"n % 1000 < {OPEN_PER_MILLE}".replace("%", "%%")
        text = _COPIES.format(ended=_ENDED, which=which, is_open=is_open, alone=str(alone).lower())
        self._run(text, {"first": first + 1, "last": first + count})
        self._run("CREATE UNIQUE INDEX ON bench_copy (n)")
        self._run("CREATE INDEX ON bench_copy (model)")
        self._run("ANALYZE bench_copy")

    def _columns(self, table: str) -> list[tuple[str, bool]]:
        return self.connection.execute(
            "SELECT attname, attidentity != '' FROM pg_attribute"
            " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
            [table],
        ).fetchall()

    def copy(self, table: str, link: str = "case_id", joins: str = "", **own: str) -> int:
        """Copy the rows that belong to the models; ``own`` are the expressions that differ, moments are moved back."""
        names, values = [], []
        for name, counts_up in self._columns(table):
            if counts_up and name not in own:
                continue
            names.append(f'"{name}"')
            default = f'old."{name}"'
            if name == "id" and name != link:
                default = "gen_random_uuid()"
            elif name.endswith(("_at", "_on")):
                default = f'(old."{name}" - copy.back)' + ("::date" if name.endswith("_on") else "")
            values.append(own.get(name) or ("copy.case_id" if name == link else default))
        return self._run(
            f"INSERT INTO {table} ({', '.join(names)}) SELECT {', '.join(values)}"
            f" FROM bench_copy AS copy JOIN {table} AS old ON old.{link} = copy.model {joins} ORDER BY copy.n"
        )

    def people(self) -> int:
        """New applicants, four cases each."""
        names = [name for name, _ in self._columns("identity_person")]
        own = {
            "id": "copy.person_id",
            "id_index": "sha256(copy.person_id::text::bytea)",
            "phone_index": "NULL",
            "name": "old.name || (copy.n % 977)",
        }
        values = ", ".join(own.get(name, f"old.{name}") for name in names)
        return self._run(
            f"INSERT INTO identity_person ({', '.join(names)}) SELECT DISTINCT ON (copy.person_id) {values}"
            " FROM bench_copy AS copy JOIN cases_case ON cases_case.id = copy.model JOIN identity_person AS old"
            " ON old.id = coalesce(cases_case.person_id, cases_case.representative_id) ON CONFLICT DO NOTHING"
        )

    def cases(self) -> int:
        """The cases themselves and everything that hangs on them."""
        count = self.copy(
            "cases_case",
            link="id",
            case_no="copy.case_no",
            person_id="CASE WHEN old.person_id IS NULL THEN NULL ELSE copy.person_id END",
            idempotency_key="'seed-' || copy.n",
            result_no="replace(old.result_no, copy.old_no, copy.case_no)",
        )
        for table in ("cases_clock", "cases_casestep", "cases_casematerial", "cases_correctionnotice", "cases_payment"):
            self.copy(table)
        self.copy("cases_collection")
        self._run(
            "INSERT INTO cases_casefile (material_id, file_id, replaced_at)"
            " SELECT mine.id, file.file_id, file.replaced_at FROM bench_copy AS copy"
            " JOIN cases_casematerial AS old ON old.case_id = copy.model JOIN cases_casefile AS file"
            " ON file.material_id = old.id JOIN cases_casematerial AS mine"
            " ON mine.case_id = copy.case_id AND mine.code = old.code"
        )
        self._letters()
        return count

    def _letters(self) -> None:
        self._run("DROP TABLE IF EXISTS bench_letter")
        self._run(
            "CREATE UNLOGGED TABLE bench_letter AS SELECT copy.*, link.letter_id AS old_letter,"
            " gen_random_uuid() AS letter_id, text || pg_temp.checked(text) AS number FROM bench_copy AS copy"
            " JOIN cases_caseletter AS link ON link.case_id = copy.model"
            " JOIN documents_letter AS letter ON letter.id = link.letter_id, LATERAL (SELECT left(letter.number, 2)"
            " || to_char(letter.drawn_up_at - copy.back, 'YYYYMMDD') || lpad(to_hex(copy.n), 8, '0')"
            " || lpad(to_hex(link.id), 6, '0')) AS given (text)"
        )
        names = [name for name, _ in self._columns("documents_letter")]
        own = {
            "id": "mine.letter_id",
            "number": "upper(mine.number)",
            "subject_no": "mine.case_no",
            "facts": "replace(old.facts::text, mine.old_no, mine.case_no)::jsonb",
            "drawn_up_at": "old.drawn_up_at - mine.back",
        }
        values = ", ".join(own.get(name, f"old.{name}") for name in names)
        self._run(
            f"INSERT INTO documents_letter ({', '.join(names)}) SELECT {values} FROM bench_letter AS mine"
            " JOIN documents_letter AS old ON old.id = mine.old_letter"
        )
        self._run(
            "INSERT INTO cases_caseletter (case_id, letter_id) SELECT case_id, letter_id FROM bench_letter ORDER BY n"
        )

    def ledger(self) -> int:
        """The chains, line by line: each hash over the one before and the body as it reads in the copy."""
        stamp = """'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"'"""
        total, number = 0, 0
        while True:
            number += 1
            count = self._run(
                f"""
                INSERT INTO ledger_line (chain, number, at, verb, body, previous, hash)
                SELECT copy.case_no, old.number, old.at - copy.back, old.verb,
                       written.body, written.previous, sha256(written.previous || convert_to(written.body, 'UTF8'))
                FROM bench_copy AS copy
                JOIN ledger_line AS old ON old.chain = copy.old_no AND old.number = %(number)s
                LEFT JOIN ledger_line AS head ON head.chain = copy.case_no AND head.number = %(number)s - 1,
                LATERAL (SELECT coalesce(head.hash, decode(repeat('00', 32), 'hex')),
                                replace(replace(old.body, copy.old_no, copy.case_no),
                                        to_char(old.at AT TIME ZONE 'UTC', {stamp}),
                                        to_char((old.at - copy.back) AT TIME ZONE 'UTC', {stamp})))
                         AS written (previous, body)
                """,
                {"number": number},
            )
            if not count:
                return total
            total += count


def seed(count: int, which: str = "true", *, first: int = 0) -> dict[str, float]:
    """That many copies, listed in ``bench_copy``; how many rows of each kind, and the seconds it took."""
    begun = time.perf_counter()
    with psycopg.connect(_house.ADMIN, options="-c search_path=public -c timezone=UTC") as connection:
        # the keys fit by construction; checking each would take most of the time
        connection.execute("SET session_replication_role = replica")
        connection.execute("SET synchronous_commit = off")
        work = Seeding(connection)
        work.draw(count, which, first)
        found = {"people": work.people(), "cases": work.cases(), "lines": work.ledger()}
        connection.execute("GRANT SELECT ON bench_copy TO yimen_app")
    _house.settle()
    return {**found, "seconds": round(time.perf_counter() - begun, 1)}
