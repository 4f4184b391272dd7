"""The tests' database: one migrated template per state of the migrations, a copy per worker; all are ``yimen_app``.

``YIMEN_TEST_SERVER`` is the address of a PostgreSQL server where databases may be made (``./yimen.sh test`` has one).
"""

from __future__ import annotations

import hashlib
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from launch.database import create_database, create_roles, drop_database, prepare

ROOT = Path(__file__).parent
SERVER = os.environ.get("YIMEN_TEST_SERVER", "")


def _address(name: str) -> str:
    return urlsplit(SERVER)._replace(path=f"/{name}").geturl()


def _template() -> str:
    """The name of the migrated template: the same as long as no migration changes, so that it is made once."""
    digest = hashlib.sha256()
    others = [ROOT / "launch/database.py", ROOT / "requirements/base.in"]
    for file in sorted([*ROOT.glob("yimen/*/migrations/*.py"), *others]):
        digest.update(file.read_bytes())
    return f"yimen_template_{digest.hexdigest()[:12]}"


def _make_template(name: str) -> None:
    with psycopg.connect(SERVER, autocommit=True) as lock:
        lock.execute("SELECT pg_advisory_lock(hashtext('yimen template'))")
        if lock.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return
        create_roles(lock)
        unfinished = f"{name}_{secrets.token_hex(3)}"
        create_database(SERVER, unfinished)
        with psycopg.connect(_address(unfinished), autocommit=True) as connection:
            prepare(connection)
        environment = {**os.environ, "YIMEN_DATABASE_URL": _address(unfinished), "YIMEN_DATABASE_ROLE": "yimen_owner"}
        environment["DJANGO_SETTINGS_MODULE"] = "yimen.settings.test"
        command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
        done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(done.stderr)
        lock.execute(f'ALTER DATABASE "{unfinished}" RENAME TO "{name}"')


def pytest_configure(config: pytest.Config) -> None:
    """The controller makes the template before any worker starts."""
    if not SERVER:
        raise pytest.UsageError("YIMEN_TEST_SERVER is not set: run ./yimen.sh test, which starts a server and sets it")
    if not hasattr(config, "workerinput"):
        os.environ["YIMEN_TEST_TEMPLATE"] = _template()
        _make_template(os.environ["YIMEN_TEST_TEMPLATE"])


def _copy() -> str:
    name = f"yimen_test_{secrets.token_hex(6)}"
    create_database(SERVER, name, template=os.environ["YIMEN_TEST_TEMPLATE"])
    return name


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: object) -> Iterator[None]:
    """This worker's own copy of the template."""
    from django.db import connections

    from yimen.settings.base import database

    name = _copy()
    connections["default"].settings_dict.update(database(_address(name), "yimen_app"))
    yield
    for connection in connections.all():
        connection.close()
    drop_database(SERVER, name)


@pytest.fixture
def fresh_database(django_db_setup: None, django_db_blocker: object) -> Iterator[str]:
    """A database of its own for tests that need real commits (threads, a server, kill -9); yields its address."""
    from django.db import connections

    name = _copy()
    default = connections["default"]
    before = default.settings_dict["NAME"]
    default.close()
    default.settings_dict["NAME"] = name
    with django_db_blocker.unblock():
        yield _address(name)
        for connection in connections.all():
            connection.close()
    default.settings_dict["NAME"] = before
    drop_database(SERVER, name)
