"""``./yimen.sh test``: brings what tests need, runs them on the embedded server, then on Debian's PostgreSQL 15."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence

from launch.check import PROGRAMS
from launch.children import stopping_on_signals
from launch.folders import ROOT
from launch.installation import thrown_away
from launch.messages import compile_all
from launch.programs import Programs, debian_programs
from launch.say import Obstacle, say

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES = ("chromium", "fonts-noto-cjk", "fontconfig")
#: Tests near the database: run a second time on the oldest PostgreSQL that we promise.
NEAR_THE_DATABASE = ("yimen", "-m", "not journey")
OLDEST = 15


def _has_font(language: str) -> bool:
    if not shutil.which("fc-list"):
        return False
    return bool(subprocess.run(["fc-list", f":lang={language}"], capture_output=True, check=False).stdout.strip())


def missing() -> list[str]:
    """What the journeys need and this machine lacks."""
    lacks = [] if any(shutil.which(name) for name in BROWSERS) else ["a browser (chromium)"]
    return lacks + ([] if _has_font("zh-cn") and _has_font("ko") else ["a Chinese and Korean font (fonts-noto-cjk)"])


def _install() -> None:
    begun = time.monotonic()
    say(f"installing {', '.join(PACKAGES)} …")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    quietly = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::Retries=3"]
    for command in ([*quietly, "update"], [*quietly, "install", "-y", "--no-install-recommends", *PACKAGES]):
        done = subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )
        if done.returncode and "install" in command:
            lines = [line for line in (done.stderr + done.stdout).splitlines() if line.strip()]
            say(f"apt-get could not install them: {lines[-1] if lines else 'it said nothing'}")
            return
    say(f"installed in {time.monotonic() - begun:.0f} s")


def bring_browser() -> bool:
    """A browser and fonts for the journeys: root installs them, else what lacks is said; False when they cannot run.

    Under CI nothing is skipped: what is missing is an Obstacle.
    """
    if missing() and os.geteuid() == 0 and shutil.which("apt-get"):
        _install()
    lacks = missing()
    if not lacks:
        return True
    sentence = f"The journeys through a real browser need {' and '.join(lacks)}"
    if os.environ.get("CI"):
        raise Obstacle(f"{sentence}; under CI that is a failure.")
    say(
        f"{sentence}: they are left out (as root this command installs them, or: apt-get install {' '.join(PACKAGES)})."
    )
    return False


def _pytest(which: Programs | None, arguments: Sequence[str]) -> int:
    """One run on a throw-away server; pytest's exit code."""
    with stopping_on_signals(), thrown_away(which=which) as installation:
        server = installation.server
        assert server is not None
        path = f"{PROGRAMS}:{os.environ.get('PATH', '/usr/bin:/bin')}"
        environment = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
        environment |= {"YIMEN_TEST_SERVER": server.url(), "YIMEN_SECRET_KEY": "only-for-tests"}
        for name in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE"):
            environment.pop(name, None)
        say(f"testing on PostgreSQL {server.cluster.programs.major} …")
        command = [sys.executable, "-m", "pytest", *arguments]
        return subprocess.run(command, env=environment, cwd=ROOT, stdin=subprocess.DEVNULL, check=False).returncode


def _in_parallel(arguments: Sequence[str]) -> list[str]:
    chosen = any(word.startswith(("-n", "--numprocesses", "--pdb", "--collect-only", "--co")) for word in arguments)
    return [] if chosen else ["-n", str(max(2, min(4, os.cpu_count() or 2)))]


def _everything() -> int:
    """All tests; then those near the database again where PostgreSQL 15 is. The first failure decides the code."""
    left_out = [] if bring_browser() else ["-m", "not journey"]
    code = _pytest(None, [*_in_parallel(()), *left_out])
    if old := debian_programs(OLDEST):
        code = _pytest(old, [*_in_parallel(()), *NEAR_THE_DATABASE]) or code
    else:
        say(f"There is no Debian PostgreSQL {OLDEST} here: the second run is left out.")
    return code


def main(arguments: Sequence[str]) -> int:
    """With arguments: exactly what pytest is asked for, on the embedded server. Bare: everything."""
    compile_all()
    if not arguments:
        return _everything()
    if any("journey" in word for word in arguments):
        bring_browser()
    return _pytest(None, [*_in_parallel(arguments), *arguments])
