"""``./yimen.sh bench``: the names of the measurements; with a name, that one beside a throw-away platform."""

from __future__ import annotations

import argparse
import ast
import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from launch.children import stopping_on_signals
from launch.demo import Platform, platform
from launch.folders import ROOT
from launch.installation import thrown_away
from launch.postgres import free_port
from launch.say import Obstacle


def names() -> dict[str, str]:
    """Every measurement and the first line of what it says about itself."""
    files = [file for file in sorted((ROOT / "bench").glob("*.py")) if not file.stem.startswith("_")]
    return {
        file.stem: (ast.get_docstring(ast.parse(file.read_text("utf-8"))) or "").partition("\n")[0] for file in files
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
    """Run one measurement; its exit code. Data are written as durably as in a real hall."""
    with ExitStack() as stack:
        stack.enter_context(stopping_on_signals())
        installation = stack.enter_context(thrown_away(durable=True))
        running = stack.enter_context(platform(installation, port=free_port()))
        command = [sys.executable, "-m", f"bench.{name}", *arguments]
        return subprocess.run(command, env=_environment(running), cwd=ROOT, check=False).returncode


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
