"""Makes ``.venv`` and keeps it in line with a lock file. The machine's own Python runs it: standard library alone."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = ROOT / "requirements"
NO_VENV = (
    "Python's venv module is missing: install it (Debian and Ubuntu: apt-get install python3-venv) and run this again."
)


class Obstacle(Exception):
    """Why the environment cannot be made, in one sentence."""


def say(text: str) -> None:
    """One line of progress."""
    print(f"yimen: {text}", file=sys.stderr, flush=True)


def caches() -> dict[str, str]:
    """The environment for installers; without a usable home folder their caches lie in the clone."""
    environment = {**os.environ, "UV_PYTHON_DOWNLOADS": "never", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    environment.pop("PYTHONPATH", None)
    home = environment.get("HOME", "")
    if not os.access(home or "/nonexistent", os.W_OK | os.X_OK):
        environment |= {"UV_CACHE_DIR": str(ROOT / ".yimen/cache/uv"), "PIP_CACHE_DIR": str(ROOT / ".yimen/cache/pip")}
    return environment


def _works(*arguments: str) -> bool:
    try:
        return subprocess.run(arguments, env=caches(), capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


def make_venv() -> None:
    """An environment with pip in it; what is broken or half made is made again. May run twice."""
    if PYTHON.exists() and _works(str(PYTHON), "-c", "import pip"):
        return
    say(f"making the environment with Python {sys.version.split()[0]} …")
    shutil.rmtree(VENV, ignore_errors=True)
    made = subprocess.run(
        [sys.executable, "-m", "venv", str(VENV)], env=caches(), capture_output=True, text=True, check=False
    )
    if made.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        text = made.stdout + made.stderr
        missing = "ensurepip" in text or "No module named venv" in text
        raise Obstacle(NO_VENV if missing else f"The environment could not be made: {_last_line(text)}")


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "no reason was given."


def has_uv() -> bool:
    """Whether the quick installer is there, or could be brought here."""
    uv = str(VENV / "bin" / "uv")
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(LOCKS / "uv.lock.txt")]
    return _works(uv, "--version") or (_works(*pip) and _works(uv, "--version"))


def install(lock: Path) -> None:
    """Everything in the lock, every file checked against its hash: by uv, or by pip where uv cannot."""
    if has_uv():
        uv = [str(VENV / "bin" / "uv"), "pip", "install", "--quiet", "--python", str(PYTHON), "--require-hashes"]
        # the machine's own certificates first: an authority's network often has its own
        if _works(*uv, "--system-certs", "-r", str(lock)) or _works(*uv, "-r", str(lock)):
            return
    say("uv cannot install here; pip takes a minute or two …")
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(lock)]
    done = subprocess.run(pip, env=caches(), capture_output=True, text=True, check=False)
    if done.returncode:
        raise Obstacle(f"The packages could not be installed: {_last_line(done.stderr)}")


def bring_in_line(name: str) -> None:
    """The environment holds what ``requirements/NAME.lock.txt`` says; the copy of the lock in it is the stamp."""
    lock, stamp = LOCKS / f"{name}.lock.txt", VENV / f"{name}.lock.txt"
    wanted = lock.read_bytes()
    make_venv()
    if stamp.exists() and stamp.read_bytes() == wanted:
        return
    begun = time.monotonic()
    say(f"installing {wanted.count(b'==')} packages …")
    for old in VENV.glob("*.lock.txt"):
        old.unlink()
    install(lock)
    # dev holds everything of base in the same versions: both are in line now
    for done in {name, "base"}:
        shutil.copyfile(LOCKS / f"{done}.lock.txt", VENV / f"{done}.lock.txt")
    say(f"installed in {time.monotonic() - begun:.0f} s")


def main(name: str) -> int:
    """One process at a time makes the environment; the others wait and find it made."""
    try:
        with (ROOT / ".venv.lock").open("w") as guard:
            fcntl.flock(guard, fcntl.LOCK_EX)
            bring_in_line(name)
    except Obstacle as obstacle:
        say(str(obstacle))
        return 1
    except OSError as error:
        say(f"The environment could not be made: {error.strerror} ({error.filename or VENV}).")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
