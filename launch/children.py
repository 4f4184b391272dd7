"""The processes that a command keeps running: started with a log of their own, stopped in order, never left behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from launch.folders import ROOT
from launch.postgres import die_with_parent
from launch.say import Obstacle


class Stopped(BaseException):
    """Somebody asked us to stop: Ctrl-C, or a signal of the machine."""


@contextmanager
def stopping_on_signals() -> Iterator[None]:
    """Within the block SIGINT, SIGTERM and SIGHUP raise Stopped once; what is being stopped is not disturbed again."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        for number in heard:
            signal.signal(number, signal.SIG_IGN)
        raise Stopped

    heard = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, stop) for number in heard}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@dataclass(slots=True)
class Child:
    """One process: what we call it, how it is started, where its words go."""

    name: str
    command: Sequence[str]
    environment: dict[str, str] = field(repr=False)
    log: Path
    process: subprocess.Popen[bytes] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        """Run it, in a group of its own: Ctrl-C in the terminal does not reach it."""
        with self.log.open("ab") as file:
            self.process = subprocess.Popen(
                self.command,
                env=self.environment,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=file,
                start_new_session=True,
                preexec_fn=die_with_parent(signal.SIGTERM),  # noqa: PLW1509  one thread
            )

    def revive(self) -> None:
        """Run it once more after it died; what is left of it goes first, or it would still answer on its port."""
        self._kill_group()
        self.start()

    def alive(self) -> bool:
        """Whether it runs."""
        return self.process.poll() is None

    def farewell(self) -> str:
        """How it ended, and what it said last."""
        return f"{self.name} ended (code {self.process.returncode}); its last words:\n{self.last_words()}"

    def last_words(self, lines: int = 15) -> str:
        """The end of its log."""
        return "\n".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])

    def stop(self, patience: float = 15) -> None:
        """SIGTERM to it, and SIGKILL to its whole group if it does not listen."""
        if self.alive():
            self.process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(patience)
        self._kill_group()
        self.process.wait(10)

    def _kill_group(self) -> None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)


@contextmanager
def child(name: str, command: Sequence[str], environment: dict[str, str], log: Path) -> Iterator[Child]:
    """The process for the length of the block."""
    running = Child(name, command, environment, log)
    try:
        yield running
    finally:
        running.stop()


def check_port(port: int) -> None:
    """Raises Obstacle when somebody listens there. A server with SO_REUSEPORT would not notice by itself."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
            probe.listen()
        except PermissionError:
            raise Obstacle(f"Port {port} is reserved on this machine: choose another with --port N.") from None
        except (OSError, OverflowError):
            raise Obstacle(f"Port {port} is taken: choose another with --port N.") from None
