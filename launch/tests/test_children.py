"""Processes that a command keeps: stopped with all they started, and heard when they die."""

import os
import signal
import sys
from pathlib import Path

import pytest

from launch.children import Stopped, child, stopping_on_signals

STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('here', flush=True); time.sleep(60)"
)


def environment() -> dict[str, str]:
    return {"PATH": "/usr/bin:/bin"}


def test_a_child_is_gone_after_the_block(tmp_path: Path) -> None:
    with child("sleeper", ["sleep", "60"], environment(), tmp_path / "log") as sleeper:
        assert sleeper.alive()

    assert sleeper.process.returncode == -signal.SIGTERM


def test_one_that_does_not_listen_is_killed(tmp_path: Path) -> None:
    with child("stubborn", [sys.executable, "-c", STUBBORN], environment(), tmp_path / "log") as stubborn:
        while "here" not in stubborn.last_words():
            assert stubborn.alive()
        stubborn.stop(patience=0.1)

    assert stubborn.process.returncode == -signal.SIGKILL


def test_its_last_words_are_kept(tmp_path: Path) -> None:
    with child("talker", ["echo", "再见"], environment(), tmp_path / "log") as talker:
        talker.process.wait()

        assert (talker.alive(), talker.last_words()) == (False, "再见")


def test_a_signal_stops_once_and_is_not_heard_while_things_are_stopped() -> None:
    def stopped_twice() -> None:
        with stopping_on_signals():
            try:
                os.kill(os.getpid(), signal.SIGTERM)
            finally:
                os.kill(os.getpid(), signal.SIGTERM)

    with pytest.raises(Stopped):
        stopped_twice()

    assert signal.getsignal(signal.SIGINT) is not signal.SIG_IGN
