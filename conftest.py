"""The tests' database: one migrated template per run, a copy per worker; everybody connects as ``yimen_app``.

``YIMEN_TEST_SERVER`` is the address of a PostgreSQL server where databases may be made (``./yimen.sh test`` starts one).
"""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

SERVER = os.environ.get("YIMEN_TEST_SERVER", "")

from launch.database import create_database, create_roles, drop_database, prepare


def _address(name: str) -> str:
    return urlsplit(SERVER)._replace(path=f"/{name}").geturl()


def _make_template(name: str) -> None:
    import psycopg

    with psycopg.connect(SERVER, autocommit=True) as connection:
        create_roles(connection)
    create_database(SERVER, name)
    with psycopg.connect(_address(name), autocommit=True) as connection:
        prepare(connection)
    environment = {**os.environ, "YIMEN_DATABASE_URL": _address(name), "YIMEN_DATABASE_ROLE": "yimen_owner"}
    done = subprocess.run(  # noqa: S603
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"], env=environment, capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(done.stderr)


def pytest_configure(config: pytest.Config) -> None:
    """The controller makes the template before any worker starts."""
    if not SERVER:
        raise pytest.UsageError("YIMEN_TEST_SERVER is not set: run ./yimen.sh test, which starts a server and sets it")
    if not hasattr(config, "workerinput"):
        config.yimen_template = f"yimen_test_{secrets.token_hex(4)}"  # type: ignore[attr-defined]
        os.environ["YIMEN_TEST_TEMPLATE"] = config.yimen_template  # type: ignore[attr-defined]
        _make_template(config.yimen_template)  # type: ignore[attr-defined]


def pytest_unconfigure(config: pytest.Config) -> None:
    """The template goes with the run."""
    if not hasattr(config, "workerinput") and getattr(config, "yimen_template", None):
        drop_database(SERVER, config.yimen_template)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: object) -> Iterator[None]:
    """This worker's own copy of the template."""
    from django.db import connections

    from yimen.settings.base import database

    name = f"{os.environ['YIMEN_TEST_TEMPLATE']}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    create_database(SERVER, name, template=os.environ["YIMEN_TEST_TEMPLATE"])
    connections["default"].settings_dict.update(database(_address(name), "yimen_app"))
    yield
    for connection in connections.all():
        connection.close()
    drop_database(SERVER, name)


@pytest.fixture
def fresh_database(django_db_setup: None, django_db_blocker: object) -> Iterator[str]:
    """A database of its own for tests that need real commits (threads, a server, kill -9); yields its address."""
    from django.db import connections

    name = f"{os.environ['YIMEN_TEST_TEMPLATE']}_{secrets.token_hex(4)}"
    create_database(SERVER, name, template=os.environ["YIMEN_TEST_TEMPLATE"])
    default = connections["default"]
    before = default.settings_dict["NAME"]
    default.close()
    default.settings_dict["NAME"] = name
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        yield _address(name)
        for connection in connections.all():
            connection.close()
    default.settings_dict["NAME"] = before
    drop_database(SERVER, name)
