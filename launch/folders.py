"""Where things lie: the clone, its state, the home of its PostgreSQL; and the locks that keep two commands apart."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class State:
    """The folder of one running installation: ``.yimen`` of the clone, or a throw-away one."""

    folder: Path
    #: What its processes say.
    logs: Path

    @property
    def data(self) -> Path:
        """Files given or made."""
        return self.folder / "data"

    @property
    def clock(self) -> Path:
        """The shift of the demo's clock."""
        return self.folder / "clock"

    @property
    def sign_ins(self) -> Path:
        """Who may sign in to the demo; written by ``load_demo``."""
        return self.folder / "sign-ins.json"

    def log(self, name: str) -> Path:
        """What one process said."""
        return self.logs / f"{name}.log"

    def make(self) -> State:
        """The folders, readable by their owner alone."""
        # an empty ``static`` keeps whitenoise from warning: it serves from the packages
        for folder in (self.folder, self.data, self.data / "static", self.logs):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self


def state_of_clone() -> State:
    """``.yimen`` in the clone."""
    return State(ROOT / ".yimen", ROOT / ".yimen" / "log").make()


@contextmanager
def throw_away_state() -> Iterator[State]:
    """A state that is gone afterwards; only the logs of a failure stay in the clone."""
    logs = state_of_clone().logs / f"{time.strftime('%H%M%S')}-{os.getpid()}"
    with tempfile.TemporaryDirectory(prefix="yimen-", ignore_cleanup_errors=True) as folder:
        yield State(Path(folder), logs).make()
    shutil.rmtree(logs, ignore_errors=True)


def server_home() -> Path:
    """Where this clone's PostgreSQL lives: for root under ``/var/lib``, as ``nobody``, who runs it, has no /root."""
    if os.geteuid() == 0:
        clone = hashlib.sha256(str(ROOT).encode()).hexdigest()[:12]
        home = Path("/var/lib/yimen") / clone
        home.mkdir(mode=0o755, parents=True, exist_ok=True)
        for folder in (home.parent, home):
            folder.chmod(0o755)
        return home
    home = ROOT / ".yimen" / "postgres"
    for folder in (home.parent, home):
        folder.mkdir(mode=0o700, exist_ok=True)
    return home


@contextmanager
def throw_away_home() -> Iterator[Path]:
    """A home for one throw-away cluster; what killed commands left behind is swept first."""
    with locked(server_home() / "sweep.lock", wait=60):
        for left in server_home().glob("scratch-*"):
            with suppress(BlockingIOError), locked(left / "owner"), locked(left / "lock"):
                shutil.rmtree(left, ignore_errors=True)
        home = Path(tempfile.mkdtemp(prefix="scratch-", dir=server_home()))
        owner = take_lock(home / "owner")
    home.chmod(0o755)
    try:
        yield home
    finally:
        shutil.rmtree(home, ignore_errors=True)
        os.close(owner)


def take_lock(path: Path, *, wait: float = 0, shared: bool = False) -> int:
    """A lock on the file, held while the descriptor is open anywhere. BlockingIOError after ``wait`` seconds."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    until = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                os.close(descriptor)
                raise
            time.sleep(0.1)
        else:
            return descriptor


@contextmanager
def locked(path: Path, *, wait: float = 0, shared: bool = False) -> Iterator[None]:
    """Holds the lock for the block. BlockingIOError after ``wait`` seconds."""
    descriptor = take_lock(path, wait=wait, shared=shared)
    try:
        yield
    finally:
        os.close(descriptor)
