"""How the API says no: problem documents (RFC 9457), as their schema stands in OpenAPI."""

from __future__ import annotations

from ninja import Schema


class Fault(Schema):
    """One thing to mend: the field, the stable code of the rule, and the sentence."""

    field: str
    code: str
    detail: str


class Problem(Schema):
    """A refusal as a document; ``code`` is for programs, ``detail`` for people, ``errors`` the fields to mend."""

    type: str
    title: str
    status: int
    detail: str
    code: str = ""
    law: str = ""
    errors: list[Fault] = []
