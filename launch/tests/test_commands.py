"""The one script at the keyboard: what it says, and its exit codes."""

import shutil
import socket
import subprocess
from pathlib import Path

import pytest

from launch.__main__ import COMMANDS, main
from launch.children import check_port
from launch.folders import ROOT
from launch.say import Obstacle


def the_script(*arguments: str, folder: Path = ROOT, path: str = "/usr/bin:/bin") -> subprocess.CompletedProcess[str]:
    environment = {"PATH": path, "HOME": "/nonexistent"}
    return subprocess.run(
        ["/bin/bash", str(folder / "yimen.sh"), *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_bare_it_prints_every_command() -> None:
    told = the_script()

    assert told.returncode == 0
    assert [name for name in COMMANDS if f"./yimen.sh {name}" not in told.stdout] == []


def test_an_unknown_command_is_one_sentence() -> None:
    told = the_script("dance")

    assert (told.returncode, told.stdout) == (2, "")
    assert told.stderr == 'yimen: there is no command "dance"; ./yimen.sh prints them all.\n'


@pytest.fixture
def empty_clone(tmp_path: Path) -> Path:
    (tmp_path / "launch").mkdir()
    shutil.copy(ROOT / "yimen.sh", tmp_path)
    shutil.copy(ROOT / "launch/environment.py", tmp_path / "launch")
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    (tmp_path / "bin").mkdir()
    for name in ("bash", "dirname", "readlink", "cmp"):
        (tmp_path / "bin" / name).symlink_to(shutil.which(name) or name)
    return tmp_path


def a_python(folder: Path, says: str) -> None:
    script = folder / "bin" / "python3"
    script.write_text(f"#!/bin/bash\n{says}\n")
    script.chmod(0o755)


def test_a_python_too_old_is_one_sentence(empty_clone: Path) -> None:
    a_python(empty_clone, '[ "$1" = --version ] && echo Python 3.9.2 || exit 1')

    told = the_script("demo", folder=empty_clone, path=str(empty_clone / "bin"))

    assert told.returncode == 1
    assert told.stderr == "yimen: Yimen needs Python 3.11 to 3.14, and this machine has Python 3.9.2.\n"


def test_a_machine_without_venv_is_told_what_to_install(empty_clone: Path) -> None:
    a_python(empty_clone, "exit 0")
    (empty_clone / "launch/environment.py").write_text(
        (ROOT / "launch/environment.py")
        .read_text()
        .replace('"-m", "venv"', '"-c", "raise SystemExit(\'no ensurepip\')"')
    )
    real = shutil.which("python3") or "python3"
    a_python(empty_clone, f'exec {real} "$@"')

    told = the_script("demo", folder=empty_clone, path=f"{empty_clone / 'bin'}:/usr/bin:/bin")

    assert told.returncode == 1
    assert told.stderr.splitlines()[-1].startswith("yimen: Python's venv module is missing: install it")
    assert not (empty_clone / ".venv").exists()


@pytest.mark.parametrize(
    "arguments", [["--port", "0"], ["--port", "65536"], ["--port", "x"], ["--keep", "d"], ["--prot", "1"]]
)
def test_what_demo_does_not_understand_is_refused_before_anything_starts(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        main(["demo", *arguments])

    assert refused.value.code == 2


def test_a_taken_port_is_one_sentence() -> None:
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(Obstacle, match=f"Port {port} is taken: choose another with --port N."):
            check_port(port)


def test_an_unknown_measurement_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "nothing-of-the-kind"]) == 1
    assert 'There is no measurement "nothing-of-the-kind"' in capsys.readouterr().err
