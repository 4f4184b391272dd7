"""``./yimen.sh bench``: the names of the measurements; with a name, that one beside a throw-away platform."""

from __future__ import annotations

import argparse
import ast
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from launch.children import stopping_on_signals
from launch.demo import Platform, platform
from launch.folders import ROOT
from launch.installation import thrown_away
from launch.keeping import Keeper
from launch.postgres import free_port
from launch.say import Obstacle


def names() -> dict[str, str]:
    """Every measurement and the first line of what it says about itself."""
    files = {file.stem: file for file in (ROOT / "bench").glob("*.py") if not file.stem.startswith("_")}
    files |= {file.parent.name: file for file in (ROOT / "bench").glob("*/__main__.py")}
    return {
        name: (ast.get_docstring(ast.parse(file.read_text("utf-8"))) or "").partition("\n")[0]
        for name, file in sorted(files.items())
    }


def _environment(running: Platform) -> dict[str, str]:
    installation = running.installation
    assert installation.server is not None
    return installation.environment() | {
        "BENCH_URL": installation.base_url,
        "BENCH_DATABASE_URL": installation.logins.app,
        "BENCH_ADMIN_URL": installation.logins.superuser,
        "BENCH_POSTGRES": str(installation.server.cluster.programs.folder),
        "BENCH_SIGN_INS": str(installation.state.sign_ins),
    }


def measure(name: str, arguments: Sequence[str]) -> int:
    """Run one measurement; its exit code. Data are written as durably as in a real hall.

    What dies meanwhile, because a measurement kills it, is brought back, however often.
    """
    with ExitStack() as stack:
        stack.enter_context(stopping_on_signals())
        installation = stack.enter_context(thrown_away(durable=True))
        running = stack.enter_context(platform(installation, port=free_port()))
        command = [sys.executable, "-m", f"bench.{name}", *arguments]
        measurement = subprocess.Popen(command, env=_environment(running), cwd=ROOT)
        return _kept_running(measurement, running)


def _kept_running(measurement: subprocess.Popen[bytes], running: Platform) -> int:
    keeper = Keeper(running.parts(), patient=True)
    try:
        while (code := measurement.poll()) is None:
            keeper.look()
            time.sleep(0.1)
    finally:
        measurement.kill()
        measurement.wait()
    return code


def main(arguments: Sequence[str]) -> int:
    """Bare: the names. ``NAME [--json FILE] …``: that measurement; further arguments go to it."""
    if not arguments:
        for name, sentence in names().items():
            print(f"{name:<20} {sentence}".rstrip())
        return 0
    parser = argparse.ArgumentParser(prog="yimen.sh bench", allow_abbrev=False)
    parser.add_argument("name")
    parser.add_argument("--json", type=Path, metavar="FILE")
    given, rest = parser.parse_known_args(arguments)
    if given.name not in names():
        raise Obstacle(f'There is no measurement "{given.name}"; ./yimen.sh bench prints them all.')
    return measure(given.name, [*(["--json", str(given.json.absolute())] if given.json else []), *rest])
