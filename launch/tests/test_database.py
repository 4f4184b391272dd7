"""What an administrator's login, and a login with little rights, can prepare."""

import os
import secrets
from collections.abc import Iterator
from urllib.parse import urlsplit

import psycopg
import pytest

from launch.database import create_login, create_roles, prepare
from launch.say import Obstacle

SERVER = os.environ.get("YIMEN_TEST_SERVER", "")


@pytest.fixture
def stranger() -> Iterator[str]:
    """The address of a login that may nothing."""
    name = f"stranger_{secrets.token_hex(4)}"
    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {name} LOGIN PASSWORD 'pw'")
        parts = urlsplit(SERVER)
        yield parts._replace(netloc=f"{name}:pw@{parts.hostname}:{parts.port}").geturl()
        connection.execute(f"DROP OWNED BY {name}")
        connection.execute(f"DROP ROLE {name}")


def test_a_login_without_rights_is_told_what_an_administrator_must_run(stranger: str) -> None:
    with psycopg.connect(stranger, autocommit=True) as connection:
        with pytest.raises(Obstacle, match=r"Let an administrator run: CREATE ROLE yimen_owner NOLOGIN;"):
            create_roles(connection)
        with pytest.raises(Obstacle, match="may not prepare the database postgres"):
            prepare(connection)


def test_a_login_that_was_given_the_roles_needs_no_other_right(stranger: str) -> None:
    with psycopg.connect(SERVER, autocommit=True) as connection:
        create_roles(connection)
        connection.execute(f"GRANT yimen_owner, yimen_app, yimen_audit TO {urlsplit(stranger).username}")

    with psycopg.connect(stranger, autocommit=True) as connection:
        create_roles(connection)


def test_a_login_is_made_once_and_takes_its_role(stranger: str) -> None:
    name = urlsplit(stranger).username or ""
    with psycopg.connect(SERVER, autocommit=True) as connection:
        create_roles(connection)
        create_login(connection, name, "pw", role="yimen_app")
        create_login(connection, name, "pw", role="yimen_app")

    with psycopg.connect(stranger, options="-c role=yimen_app") as connection:
        assert connection.execute("SELECT current_user").fetchone() == ("yimen_app",)
