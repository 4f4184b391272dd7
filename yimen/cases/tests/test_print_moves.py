"""The page of the moves is the one in the docs."""

from __future__ import annotations

from io import StringIO

from django.conf import settings
from django.core.management import call_command

from yimen.cases.management.commands.print_moves import _WHO
from yimen.cases.rules import Who


def test_the_page_in_the_docs_is_current():
    out = StringIO()

    call_command("print_moves", stdout=out)

    page = settings.BASE_DIR / "docs" / "reference" / "moves.md"
    assert page.read_text(encoding="utf-8") == out.getvalue(), (
        "run ./yimen.sh manage print_moves > docs/reference/moves.md"
    )


def test_every_hand_is_said_in_words():
    assert set(_WHO) == set(Who)
