"""Our own supervisor of one PostgreSQL server: never root, never an orphan, never two on the same data.

``postgres`` runs as a foreground child. On Linux it asks the kernel for SIGINT (a fast, clean shutdown) when its parent
dies. The lock file's descriptor is inherited by the server, so whoever gets the lock knows that no server is left on
these data, whatever a stale ``postmaster.pid`` says. Only loopback, only passwords, no sockets in the file system.
"""

from __future__ import annotations

import ctypes
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from launch.folders import take_lock
from launch.programs import CLEAN, Programs, account
from launch.say import Obstacle

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
_QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=128MB")
_DURABLE = ("shared_buffers=256MB",)
_ALWAYS = (
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "max_connections=100",
    "password_encryption=scram-sha-256",
    "logging_collector=off",
    "log_line_prefix=%m ",
)
#: Recovery after a crash may take long; a server that says nothing at all may not.
_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Cluster:
    """One database cluster: its home (with ``data``, ``lock``, ``server.json``), programs, superuser's password."""

    home: Path
    programs: Programs
    password: str
    log: Path
    #: False for throw-away clusters: quick, and lost when the machine falls over.
    durable: bool = True

    @property
    def data(self) -> Path:
        """PostgreSQL's own folder."""
        return self.home / "data"


def address(port: int, *, user: str, password: str, name: str) -> str:
    """The address of a database on this machine."""
    return f"postgresql://{user}:{password}@127.0.0.1:{port}/{name}"


def die_with_parent(order: signal.Signals) -> Callable[[], None]:
    """For ``preexec_fn``: the child gets this signal when its parent dies, however it dies (Linux; elsewhere none)."""
    parent = os.getpid()

    def arrange() -> None:
        if _LIBC is not None:
            _LIBC.prctl(_PR_SET_PDEATHSIG, order)
            if os.getppid() != parent:
                os._exit(1)

    return arrange


def _as_account() -> dict[str, object]:
    who = account()
    return {} if who is None else {"user": who.user, "group": who.group, "extra_groups": []}


def _own(path: Path) -> None:
    if who := account():
        os.chown(path, who.user, who.group)


def _last_words(text: str) -> str:
    """The line that says why: the last fatal one, or the last."""
    lines = [line for line in text.splitlines() if line.strip()]
    fatal = [line for line in lines if re.search(r"FATAL|PANIC|ERROR|error:", line)]
    return (fatal or lines or ["it said nothing"])[-1].strip()


def _why(action: str, text: str, log: Path | None = None) -> Obstacle:
    if "No space left on device" in text or "Disk quota exceeded" in text:
        return Obstacle(f"PostgreSQL could not {action}: the disk is full.")
    where = f" (see {log})" if log else ""
    return Obstacle(f"PostgreSQL could not {action}: {_last_words(text)}{where}")


def _locale(major: int) -> list[str]:
    # LC_CTYPE decides whether trigrams see Chinese at all: never C
    if major >= 17:
        return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--lc-ctype=C.UTF-8"]
    return ["--locale=C.UTF-8"]


def initialise(cluster: Cluster) -> None:
    """Makes the cluster if it is not there. A broken attempt leaves nothing that looks like a cluster."""
    if (cluster.data / "PG_VERSION").exists():
        found = (cluster.data / "PG_VERSION").read_text(encoding="ascii").strip()
        if found != str(cluster.programs.major):
            raise Obstacle(
                f"The data in {cluster.data} belong to PostgreSQL {found}, these programs are {cluster.programs.major}:"
                " dump them with the old version, or move the folder away."
            )
        return
    unfinished = cluster.home / "data.new"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    _own(unfinished)
    with tempfile.NamedTemporaryFile("w", dir=cluster.home, prefix="pw") as password:
        password.write(cluster.password)
        password.flush()
        _own(Path(password.name))
        command = [cluster.programs.folder / "initdb", "-D", unfinished, "-U", "postgres", "-E", "UTF8"]
        command += [*_locale(cluster.programs.major), "--auth=scram-sha-256", f"--pwfile={password.name}"]
        command += [] if cluster.durable else ["--no-sync"]
        done = subprocess.run(  # type: ignore[call-overload]
            command,
            env=CLEAN,
            cwd="/",
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            check=False,
            **_as_account(),
        )
    if done.returncode:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise _why("make its data folder", done.stderr)
    unfinished.rename(cluster.data)


def free_port() -> int:
    """A port of the loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(slots=True)
class Server:
    """A running server. ``stop`` is fast and clean: sessions end, data are written."""

    cluster: Cluster
    port: int
    process: subprocess.Popen[bytes] = field(repr=False)

    def url(self, name: str = "postgres", *, user: str = "postgres", password: str | None = None) -> str:
        """The address of a database for a login; the superuser's if nothing is said."""
        return address(self.port, user=user, password=password or self.cluster.password, name=name)

    def alive(self) -> bool:
        """Whether it runs."""
        return self.process.poll() is None

    def farewell(self) -> str:
        """How it ended."""
        return f"PostgreSQL ended (code {self.process.returncode}); see {self.cluster.log}"

    def revive(self) -> None:
        """Start it once more on its port after it died, when the last of its old processes is gone."""
        try:
            lock = take_lock(self.cluster.home / "lock", wait=30)
        except BlockingIOError:
            raise Obstacle(f"PostgreSQL died and left processes behind (see {self.cluster.log}).") from None
        try:
            (self.cluster.data / "postmaster.pid").unlink(missing_ok=True)
            said_before = self.cluster.log.stat().st_size
            self.process = _spawn(self.cluster, self.port, lock).process
            _wait(self, said_before)
        finally:
            os.close(lock)

    def stop(self) -> None:
        """Away with it; twice does no harm."""
        (self.cluster.home / "server.json").unlink(missing_ok=True)
        for order, patience in ((signal.SIGINT, 30), (signal.SIGQUIT, 10), (signal.SIGKILL, 10)):
            if not self.alive():
                return
            self.process.send_signal(order)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(patience)


def _spawn(cluster: Cluster, port: int, lock: int) -> Server:
    settings = (*_ALWAYS, *(_DURABLE if cluster.durable else _QUICK))
    command = [str(cluster.programs.folder / "postgres"), "-D", str(cluster.data), "-p", str(port)]
    command += [word for setting in settings for word in ("-c", setting)]
    with cluster.log.open("ab") as log:
        process = subprocess.Popen(  # type: ignore[call-overload]
            command,
            env=CLEAN,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            pass_fds=(lock,),
            # a Ctrl-C in the terminal is for the launcher, who stops the children in their order
            start_new_session=True,
            preexec_fn=die_with_parent(signal.SIGINT),  # noqa: PLW1509  one thread
            **_as_account(),
        )
    return Server(cluster, port, process)


def answers(url: str) -> bool:
    """Whether a server answers there, to this login."""
    try:
        with psycopg.connect(url, connect_timeout=5):
            return True
    except psycopg.OperationalError:
        return False


def _wait(server: Server, said_before: int) -> None:
    """Until it answers; the only proof that counts is a connection with our password."""
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            with psycopg.connect(server.url(), connect_timeout=5):
                return
        except psycopg.OperationalError as error:
            told = str(error)
        if "password authentication failed" in told:
            raise Obstacle(f"The secrets in {server.cluster.home} do not fit the database beside them: restore them.")
        if not server.alive():
            text = server.cluster.log.read_bytes()[said_before:].decode(errors="replace")
            raise _why("start", text, server.cluster.log)
        recovering = "starting up" in told or "recovery" in told
        if time.monotonic() > until + (600 if recovering else 0):
            raise Obstacle(f"PostgreSQL did not answer within {_PATIENCE:.0f} s (see {server.cluster.log}).")
        time.sleep(0.05)


def _start(cluster: Cluster, lock: int) -> Server:
    # the lock is ours, so no server is left here: a pid file can only be stale, even when its number lives again
    (cluster.data / "postmaster.pid").unlink(missing_ok=True)
    cluster.log.parent.mkdir(parents=True, exist_ok=True)
    said_before = cluster.log.stat().st_size if cluster.log.exists() else 0
    for attempt in range(5):
        server = _spawn(cluster, free_port(), lock)
        try:
            _wait(server, said_before)
        except Obstacle as obstacle:
            server.stop()
            if attempt == 4 or "Address already in use" not in cluster.log.read_text(errors="replace")[said_before:]:
                raise
            del obstacle
        except BaseException:
            server.stop()
            raise
        else:
            return server
    raise Obstacle("PostgreSQL found no free port.")


def start(cluster: Cluster, *, wait: float = 15) -> Server:
    """The running server of this cluster, made first if need be. Waits a little for one that is just stopping."""
    try:
        lock = take_lock(cluster.home / "lock", wait=wait)
    except BlockingIOError:
        raise Obstacle("PostgreSQL of this clone is in use by another command; wait for it, or stop it.") from None
    try:
        initialise(cluster)
        server = _start(cluster, lock)
    finally:
        # the server holds its own copy: the lock lives exactly as long as it does
        os.close(lock)
    (cluster.home / "server.json").write_text(json.dumps({"port": server.port}), encoding="ascii")
    return server


@contextmanager
def running(cluster: Cluster, *, wait: float = 15) -> Iterator[Server]:
    """The server for the length of the block."""
    server = start(cluster, wait=wait)
    try:
        yield server
    finally:
        server.stop()


def port_of_running(cluster: Cluster) -> int | None:
    """The port on which another command of this clone keeps the server, if it answers to our password."""
    try:
        port = int(json.loads((cluster.home / "server.json").read_text(encoding="ascii"))["port"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    url = address(port, user="postgres", password=cluster.password, name="postgres")
    return port if answers(url) else None
