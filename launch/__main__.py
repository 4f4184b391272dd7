"""``python -m launch COMMAND``: what ``yimen.sh`` hands over to."""

from __future__ import annotations

import argparse
import errno
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from launch.children import Stopped
from launch.say import Obstacle, say


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError("a port is a number from 1 to 65535")
    return int(text)


def _demo(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="yimen.sh demo", allow_abbrev=False)
    parser.add_argument("--port", type=_port, help="where the pages are served (8000)")
    parser.add_argument("--check", action="store_true", help="do the main job on a throw-away database, then stop")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="with --check: leave letters, proof and report in DIR")
    given = parser.parse_args(arguments)
    if given.keep and not given.check:
        parser.error("--keep goes with --check")
    from launch import demo

    if given.check:
        return demo.check(port=given.port, keep=given.keep and given.keep.absolute())
    return demo.run(port=given.port or 8000)


def _bench(arguments: Sequence[str]) -> int:
    from launch import bench

    return bench.main(arguments)


def _manage(arguments: Sequence[str]) -> int:
    from launch import manage

    return manage.main(arguments)


def _test(arguments: Sequence[str]) -> int:
    from launch import test

    return test.main(arguments)


def _check(arguments: Sequence[str]) -> int:
    from launch import check

    return check.check(arguments)


def _fix(arguments: Sequence[str]) -> int:
    from launch import check

    return check.fix(arguments)


def _messages(_arguments: Sequence[str]) -> int:
    from launch import messages

    for language, count in messages.update().items():
        say(f"{language}: {count} without a translation")
    messages.compile_all()
    return 0


def _lock(_arguments: Sequence[str]) -> int:
    from launch import check

    return check.lock()


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "demo": _demo,
    "test": _test,
    "check": _check,
    "fix": _fix,
    "bench": _bench,
    "manage": _manage,
    "messages": _messages,
    "lock": _lock,
}


def main(arguments: Sequence[str]) -> int:
    """The command's exit code; every obstacle becomes one sentence."""
    try:
        return COMMANDS[arguments[0]](arguments[1:])
    except Obstacle as obstacle:
        say(str(obstacle))
        return 1
    except (Stopped, KeyboardInterrupt):
        return 130
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EROFS, errno.EPERM):
            raise
        say(f"{error.strerror}: {error.filename or 'a file of this installation'}.")
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
