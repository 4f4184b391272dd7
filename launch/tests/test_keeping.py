"""Parts that die: brought back, and given up when they die again and again."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from launch.children import Child, child
from launch.folders import throw_away_home
from launch.keeping import OFTEN, Keeper
from launch.postgres import answers, running
from launch.tests.builders import a_cluster


def killed(process: Child) -> None:
    os.kill(process.process.pid, signal.SIGKILL)
    process.process.wait()


def test_who_dies_is_brought_back_and_given_up_when_it_dies_again_and_again(tmp_path: Path) -> None:
    with child("sleeper", ["sleep", "60"], {"PATH": "/usr/bin:/bin"}, tmp_path / "log") as sleeper:
        keeper, told = Keeper([sleeper]), []
        for _ in range(OFTEN):
            killed(sleeper)
            told.append((keeper.look().partition(";")[0], sleeper.alive()))

    assert told == [("", True), ("", True), ("sleeper ended (code -9)", False)]


def test_somebody_who_kills_on_purpose_is_never_given_up(tmp_path: Path) -> None:
    with child("sleeper", ["sleep", "60"], {"PATH": "/usr/bin:/bin"}, tmp_path / "log") as sleeper:
        keeper = Keeper([sleeper], patient=True)
        for _ in range(OFTEN + 2):
            killed(sleeper)
            assert (keeper.look(), sleeper.alive()) == ("", True)


def test_what_the_dead_left_behind_goes_before_it_comes_back(tmp_path: Path) -> None:
    """A process that it started would go on answering on its port."""
    command = ["sh", "-c", "sleep 60 & echo $!; wait"]
    with child("parent", command, {"PATH": "/usr/bin:/bin"}, tmp_path / "log") as parent:
        while not (words := parent.last_words().split()):
            time.sleep(0.01)
        killed(parent)
        Keeper([parent]).look()
        while Path(f"/proc/{words[0]}/cmdline").exists() and Path(f"/proc/{words[0]}/cmdline").read_bytes():
            time.sleep(0.01)

        assert parent.alive()


def test_postgresql_comes_back_on_its_port_with_its_data() -> None:
    with throw_away_home() as home, running(a_cluster(home)) as server:
        url = server.url()
        server.process.kill()
        server.process.wait()

        assert (answers(url), Keeper([server]).look(), answers(url)) == (False, "", True)
