"""The supervisor: nobody is left behind, nobody is locked out by a stale file, and Chinese text is seen."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from launch.folders import ROOT, take_lock, throw_away_home
from launch.postgres import answers, port_of_running, running, start
from launch.programs import debian_programs, programs
from launch.say import Obstacle
from launch.tests.builders import a_cluster


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    with throw_away_home() as folder:
        yield folder


def lock_is_free(home: Path, *, wait: float) -> bool:
    try:
        os.close(take_lock(home / "lock", wait=wait))
    except BlockingIOError:
        return False
    return True


def test_a_server_answers_to_the_password_alone_and_is_gone_after_the_block(home: Path) -> None:
    with running(a_cluster(home)) as server:
        url = server.url()
        assert (answers(url), answers(server.url(password="guessed"))) == (True, False)

    assert (answers(url), lock_is_free(home, wait=0)) == (False, True)


def test_the_database_splits_chinese_text(home: Path) -> None:
    with running(a_cluster(home)) as server, psycopg.connect(server.url()) as connection:
        connection.execute("CREATE EXTENSION pg_trgm")
        found = connection.execute("SELECT cardinality(show_trgm('居住证')), lower('Ä')").fetchone()

    assert found == (4, "ä")


def test_a_stale_pid_file_whose_number_lives_again_does_no_harm(home: Path) -> None:
    with running(a_cluster(home)):
        left = (home / "data" / "postmaster.pid").read_text()
    lines = left.splitlines()
    (home / "data" / "postmaster.pid").write_text("\n".join([str(os.getppid()), *lines[1:]]))

    with running(a_cluster(home)) as server:
        assert answers(server.url())


def test_two_commands_do_not_share_the_data(home: Path) -> None:
    with running(a_cluster(home)) as server:
        with pytest.raises(Obstacle, match="in use by another command"):
            start(a_cluster(home), wait=0)
        assert port_of_running(a_cluster(home)) == server.port

    assert port_of_running(a_cluster(home)) is None


def test_lost_secrets_are_said(home: Path) -> None:
    with running(a_cluster(home)):
        pass

    with pytest.raises(Obstacle, match="do not fit the database"):
        start(a_cluster(home, password="another"))

    assert lock_is_free(home, wait=5)


def test_nobody_is_left_when_the_launcher_is_killed(home: Path) -> None:
    story = (
        "from pathlib import Path; from launch.postgres import start; from launch.tests.builders import a_cluster;"
        f"start(a_cluster(Path({str(home)!r}))); print('up', flush=True); input()"
    )
    launcher = subprocess.Popen([sys.executable, "-c", story], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert launcher.stdout
    assert launcher.stdin
    assert launcher.stdout.readline() == b"up\n"
    assert not lock_is_free(home, wait=0)

    launcher.send_signal(signal.SIGKILL)
    launcher.wait()
    launcher.stdout.close()
    launcher.stdin.close()

    assert lock_is_free(home, wait=20)
    with running(a_cluster(home)) as server:
        assert answers(server.url())


def test_data_of_another_version_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "PG_VERSION").write_text("9\n")

    with pytest.raises(Obstacle, match="belong to PostgreSQL 9"):
        start(a_cluster(tmp_path))


def test_programs_are_new_enough() -> None:
    assert programs().major >= 15
    assert debian_programs(9) is None
