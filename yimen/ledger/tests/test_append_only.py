"""The database itself keeps the ledger."""

import pytest
from django.db import DatabaseError, connection, transaction

from yimen.kernel import clock
from yimen.ledger.models import Line


@pytest.fixture
def line(db):
    return Line.objects.create(
        chain="T-1", number=1, at=clock.now(), verb="file", body="{}", previous=bytes(32), hash=bytes(32)
    )


def test_tests_connect_as_the_role_that_owns_nothing(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, count(*) FROM pg_tables WHERE tableowner = current_user")
        assert cursor.fetchone() == ("yimen_app", 0)


@pytest.mark.parametrize(
    "statement", ["UPDATE ledger_line SET verb = 'x'", "DELETE FROM ledger_line", "TRUNCATE ledger_line CASCADE"]
)
def test_nothing_in_the_ledger_changes(line, statement):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
