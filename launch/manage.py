"""``./yimen.sh manage …``: Django's commands with everything they need around them. Standard output is theirs alone."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Sequence
from types import FrameType

from launch.folders import ROOT
from launch.installation import Installation, borrowed, manage, migrate
from launch.say import say

#: Commands that work on the tables themselves, as their owner.
OWNERS = {
    "migrate",
    "makemigrations",
    "showmigrations",
    "sqlmigrate",
    "optimizemigration",
    "squashmigrations",
    "dbshell",
}


def run_through(command: Sequence[str], environment: dict[str, str]) -> int:
    """The command with our terminal, our folder and our signals; its exit code is ours."""

    def pass_on(number: int, _frame: FrameType | None) -> None:
        process.send_signal(number)

    # Ctrl-C reaches the whole group of the terminal, so the command hears it by itself
    before = {signal.SIGINT: signal.signal(signal.SIGINT, signal.SIG_IGN)}
    try:
        process = subprocess.Popen(
            command,
            env=environment,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509  one thread
        )
        before[signal.SIGTERM] = signal.signal(signal.SIGTERM, pass_on)
        code = process.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    return code if code >= 0 else 128 - code


def _run(installation: Installation, arguments: Sequence[str]) -> int:
    name = arguments[0] if arguments else "help"
    role = "yimen_owner" if name in OWNERS else "yimen_app"
    return run_through(manage(*arguments), installation.environment(role=role))


def main(arguments: Sequence[str]) -> int:
    """Run one of Django's commands; the server is started for it when it is not running."""
    if not (ROOT / "yimen").is_dir():
        say("This is no clone of Yimen.")
        return 1
    name = arguments[0] if arguments else "help"
    with borrowed() as installation:
        if name not in OWNERS:
            migrate(installation)
        return _run(installation, arguments)
