"""One installation: its addresses of the database, its keys, its folders; and the environment that Django reads."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from launch.database import check_server, create_login, create_roles, prepare
from launch.folders import ROOT, State, locked, server_home, state_of_clone, throw_away_home, throw_away_state
from launch.keys import Keys, keys_in, new_keys
from launch.postgres import Cluster, Server, address, port_of_running, running
from launch.programs import Programs, programs
from launch.say import Obstacle, say

NAME = "yimen"


@dataclass(frozen=True, slots=True)
class Logins:
    """Addresses of the same database for three logins. With ``DATABASE_URL`` all three are that one."""

    superuser: str
    owner: str
    app: str


@dataclass(frozen=True, slots=True)
class Installation:
    """What a command needs to know about where it works."""

    logins: Logins
    keys: Keys
    state: State
    #: The server we started ourselves, if we did.
    server: Server | None = None
    base_url: str = "http://127.0.0.1:8000"

    def environment(self, *, role: str = "yimen_app", pool: int = 0) -> dict[str, str]:
        """For a process of Django that connects as this role. What the operator set wins where it may."""
        given = {**os.environ}
        given.pop("DATABASE_URL", None)
        given.setdefault("YIMEN_SECRET_KEY", self.keys.secret_key)
        given.setdefault("YIMEN_DATA_KEYS", self.keys.data_keys)
        given.setdefault("YIMEN_LOG_FORMAT", "console")
        return given | {
            "DJANGO_SETTINGS_MODULE": "yimen.settings.demo",
            "PYTHONPATH": str(ROOT),
            "PYTHONUNBUFFERED": "1",
            "PYTHONUTF8": "1",
            "YIMEN_DATABASE_URL": self.logins.owner if role == "yimen_owner" else self.logins.app,
            "YIMEN_DATABASE_ROLE": role,
            "YIMEN_POOL_SIZE": str(pool),
            "YIMEN_DATA_DIR": str(self.state.data),
            "YIMEN_CLOCK_FILE": str(self.state.clock),
            "YIMEN_BASE_URL": self.base_url,
        }


def manage(*arguments: str) -> list[str]:
    """The command line of one of Django's commands."""
    return [sys.executable, "-P", str(ROOT / "manage.py"), *arguments]


def has_command(name: str) -> bool:
    """Whether the platform has this command of Django's."""
    return any(ROOT.glob(f"yimen/*/management/commands/{name}.py"))


def run_manage(installation: Installation, *arguments: str, role: str = "yimen_app") -> str:
    """One of Django's commands to its end; returns what it printed. A failure is an Obstacle with its last words."""
    log = installation.state.log("manage")
    environment = installation.environment(role=role)
    done = subprocess.run(
        manage(*arguments),
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    with log.open("a", encoding="utf-8") as file:
        file.write(f"== {' '.join(arguments)}\n{done.stdout}{done.stderr}")
    if done.returncode:
        raise Obstacle(f"manage {arguments[0]} failed: {_reason(done.stderr)} (see {log})")
    return done.stdout


def _reason(text: str) -> str:
    """The line of a failure that says why: the last that names an error, or the last."""
    lines = [line.strip() for line in text.splitlines() if line.strip()] or ["it said nothing"]
    named = [line for line in lines if re.match(r"[\w.]+: ", line)]
    return (named or lines)[-1]


def migrations_digest() -> str:
    """Changes whenever a migration does."""
    digest = hashlib.sha256()
    for file in sorted([*ROOT.glob("yimen/*/migrations/*.py"), ROOT / "requirements/base.lock.txt"]):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _is_migrated(installation: Installation) -> bool:
    """Whether the tables stand as the code of now wants them; the database itself remembers."""
    with psycopg.connect(installation.logins.superuser) as connection:
        told = connection.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
        ).fetchone()
    return told == (f"yimen {migrations_digest()}",)


def migrate(installation: Installation) -> None:
    """Bring the tables in line with the code, as their owner. Nothing to do is told in milliseconds."""
    if _is_migrated(installation):
        return
    say("bringing the tables in line …")
    run_manage(installation, "migrate", "--verbosity", "0", role="yimen_owner")
    if installation.server:
        with psycopg.connect(installation.logins.superuser, autocommit=True) as connection:
            connection.execute(f"COMMENT ON DATABASE {NAME} IS 'yimen {migrations_digest()}'")


def logins_of(port: int, keys: Keys, name: str = NAME) -> Logins:
    """The three logins of an embedded server."""
    return Logins(
        superuser=address(port, user="postgres", password=keys.postgres, name=name),
        owner=address(port, user="yimen_admin", password=keys.yimen_admin, name=name),
        app=address(port, user="yimen", password=keys.yimen, name=name),
    )


def move_in(server: Server, keys: Keys) -> Logins:
    """Roles, logins and the prepared database on a server of ours. May run twice."""
    with psycopg.connect(server.url(), autocommit=True) as connection:
        create_roles(connection)
        create_login(connection, "yimen_admin", keys.yimen_admin, role="yimen_owner")
        create_login(connection, "yimen", keys.yimen, role="yimen_app")
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone():
            connection.execute(f"CREATE DATABASE {NAME} TEMPLATE template0")
    logins = logins_of(server.port, keys)
    with psycopg.connect(logins.superuser, autocommit=True) as connection:
        prepare(connection)
    return logins


def _given(url: str, state: State) -> Installation:
    """An installation on somebody else's server, made ready with the login we were given."""
    try:
        with psycopg.connect(url, autocommit=True, connect_timeout=10) as connection:
            check_server(connection)
            create_roles(connection)
            prepare(connection)
    except (psycopg.OperationalError, psycopg.ProgrammingError) as error:
        raise Obstacle(f"DATABASE_URL cannot be used: {str(error).strip().splitlines()[0]}") from None
    return Installation(Logins(url, url, url), keys_in(server_home()), state)


def cluster_of_clone(keys: Keys, state: State) -> Cluster:
    """The lasting cluster of this clone."""
    return Cluster(server_home(), programs(), keys.postgres, state.log("postgres"))


@contextmanager
def installed() -> Iterator[Installation]:
    """The installation of this clone, with the server it needs for the length of the block."""
    state = state_of_clone()
    if url := os.environ.get("DATABASE_URL"):
        yield _given(url, state)
        return
    keys = keys_in(server_home())
    with running(cluster_of_clone(keys, state)) as server:
        yield Installation(move_in(server, keys), keys, state, server)


@contextmanager
def thrown_away(*, durable: bool = False, which: Programs | None = None) -> Iterator[Installation]:
    """An installation with a database and folders of its own, gone afterwards."""
    keys = new_keys()
    with throw_away_state() as state, throw_away_home() as home:
        cluster = Cluster(home, which or programs(), keys.postgres, state.log("postgres"), durable=durable)
        with running(cluster) as server:
            yield Installation(move_in(server, keys), keys, state, server)


@contextmanager
def borrowed() -> Iterator[Installation]:
    """The installation of this clone for a short command: the server that runs already, or one started for it.

    Whoever started the server for a short command waits for the other short commands before stopping it.
    """
    if os.environ.get("DATABASE_URL"):
        with installed() as installation:
            yield installation
        return
    state, keys, guests = state_of_clone(), keys_in(server_home()), server_home() / "guests"
    with locked(guests, wait=60, shared=True):
        if port := port_of_running(cluster_of_clone(keys, state)):
            yield Installation(logins_of(port, keys), keys, state)
            return
    with installed() as installation:
        try:
            yield installation
        finally:
            _see_guests_off(guests)


def _see_guests_off(guests: Path) -> None:
    with locked(guests, wait=3600):
        (server_home() / "server.json").unlink(missing_ok=True)


def room_left(folder: Path, megabytes: int) -> None:
    """Raises Obstacle when the disk under the folder is nearly full."""
    if shutil.disk_usage(folder).free < megabytes * 1_000_000:
        raise Obstacle(f"The disk under {folder} is nearly full: Yimen needs {megabytes} MB there.")
