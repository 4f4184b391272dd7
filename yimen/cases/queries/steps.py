"""The steps of a case, asked together with whatever else an act or a page must know."""

from __future__ import annotations

from typing import Any

from yimen.cases.models import Case, CaseStep
from yimen.kernel.questions import Question, rows_of


def asking_steps(case: Case) -> Question[list[CaseStep]]:
    """The steps of the route in order, with the code of each one's post as ``post_code``."""
    plain = rows_of(CaseStep, "case_id = %s ORDER BY stage, id", [case.id])
    sql = plain.sql.replace("SELECT ", "SELECT (SELECT code FROM identity_post WHERE id = post_id), ", 1)

    def read(rows: list[tuple[Any, ...]]) -> list[CaseStep]:
        steps = plain.read([row[1:] for row in rows])
        for step, row in zip(steps, rows, strict=True):
            step.post_code = row[0]
        return steps

    return Question(sql, plain.values, read)
