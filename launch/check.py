"""``./yimen.sh check``, ``fix`` and ``lock``: whatever a machine can say about the code before a test runs."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from launch.folders import ROOT
from launch.installation import manage, thrown_away
from launch.messages import compile_all
from launch.say import Obstacle, say

PROGRAMS = Path(sys.executable).parent


def step(name: str, command: Sequence[str | Path], environment: Mapping[str, str]) -> bool:
    """One check, with its words where they belong; True if it was content."""
    begun = time.monotonic()
    say(f"{name} …")
    code = subprocess.run(command, cwd=ROOT, env=dict(environment), stdin=subprocess.DEVNULL, check=False).returncode
    say(f"{name}: {'ok' if code == 0 else f'FAILED (code {code})'} ({time.monotonic() - begun:.0f} s)")
    return code == 0


def _environment() -> dict[str, str]:
    """For tools that look at the code and need no database."""
    path = f"{PROGRAMS}:{os.environ.get('PATH', '/usr/bin:/bin')}"
    return {
        **os.environ,
        "PATH": path,
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        "YIMEN_SECRET_KEY": "only-for-checking",
    }


def _on_the_code() -> dict[str, bool]:
    tools: dict[str, list[str | Path]] = {
        "format": [PROGRAMS / "ruff", "format", "--check", "."],
        "lint": [PROGRAMS / "ruff", "check", "."],
        "types": [PROGRAMS / "mypy"],
        "storeys": [PROGRAMS / "lint-imports"],
    }
    return {name: step(name, command, _environment()) for name, command in tools.items()}


def _with_a_database() -> dict[str, bool]:
    with thrown_away() as installation:
        environment = installation.environment(role="yimen_owner") | {
            "YIMEN_TEST_SERVER": _server(installation.logins.superuser)
        }
        migrations = step("migrations", manage("makemigrations", "--check", "--dry-run"), environment)
        house = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "tests/house"]
        rules = step(
            "rules of the house", house, _environment() | {"YIMEN_TEST_SERVER": environment["YIMEN_TEST_SERVER"]}
        )
    return {"migrations": migrations, "rules of the house": rules}


def _server(url: str) -> str:
    """The server behind a database's address."""
    return url.rsplit("/", 1)[0] + "/postgres"


def check(arguments: Sequence[str]) -> int:
    """Every check, also after one has failed; 1 if any did."""
    if arguments:
        raise Obstacle("check takes no arguments.")
    compile_all()
    results = _on_the_code() | _with_a_database()
    failed = [name for name, ok in results.items() if not ok]
    say(f"failed: {', '.join(failed)}" if failed else "everything is in order")
    return 1 if failed else 0


def fix(arguments: Sequence[str]) -> int:
    """Repair what the linter can repair, then format; 1 if something is left for people."""
    paths = list(arguments) or ["."]
    left = step("lint", [PROGRAMS / "ruff", "check", "--fix", *paths], _environment())
    formatted = step("format", [PROGRAMS / "ruff", "format", *paths], _environment())
    return 0 if left and formatted else 1


def lock() -> int:
    """Write the lock files again."""
    if not (PROGRAMS / "uv").exists():
        raise Obstacle("Locking needs uv, and uv is not there for this machine.")
    return 0 if step("lock", [ROOT / "requirements" / "lock.sh"], _environment()) else 1
