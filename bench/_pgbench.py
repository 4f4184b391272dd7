"""The yardstick: pgbench running the very statements that one act of ours sends, with keys of its own each time.

Two recordings of the same act on different subjects are laid side by side. What differs is a key: of the subject (taken
from a table of prepared subjects), fresh (counted up by pgbench), or brought by an earlier statement (``\\gset``);
moments and sealed texts may stay as they are. Statements that went out together go out together again, as a pipeline.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from bench._wire import Recording, Statement

_TOKEN = re.compile(r"""\ ?E'(?:[^'\\]|''|\\.)*'|'(?:[^']|'')*'|"[^"]*"|(?<![\w.$])\d+(?![\w.])""", re.DOTALL)
_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
#: The same without dashes, in the shape of our own keys (version 7).
_BARE = r"(?<![0-9a-f])[0-9a-f]{12}7[0-9a-f]{3}[89ab][0-9a-f]{15}(?![0-9a-f])"
#: What must be new in each transaction: keys, case numbers, letter numbers, and our own idempotency keys.
_FRESH = re.compile(
    rf"{_UUID}|{_BARE}|[A-Z]{{2}}\d\d-\d{{4}}-\d{{6}}-[0-9A-Z]|(?:SJ|WS)\d{{14}}[0-9A-Z]|bench-[0-9a-f]{{20}}"
)
#: Where each run of pgbench begins to count.
_BASES = count(1 << 40, 1 << 34)
_DIGITS = "lpad(to_hex(:serial::bigint), 12, '0')"


def program() -> str:
    """pgbench: of the server's own folder, else of the machine."""
    folders = [os.environ.get("BENCH_POSTGRES", ""), *map(str, sorted(Path("/usr/lib/postgresql").glob("*/bin")))]
    found = shutil.which("pgbench", path=os.pathsep.join(filter(None, folders))) or shutil.which("pgbench")
    if not found:
        sys.exit("bench: pgbench is missing: install PostgreSQL's client programs (Debian: postgresql-contrib).")
    return found


@dataclass
class Script:
    """A pgbench script, and what of it could not be told apart from a constant though it differed."""

    text: str = ""
    held: list[str] = field(default_factory=list)
    statements: int = 0


Keys = Mapping[str, str]


def script(one: Recording, other: Recording, keys: tuple[Keys, Keys] = ({}, {}), look_up: str = "") -> Script:
    """The act as a script. ``keys`` name the columns of the two subjects in the table that ``look_up`` reads."""
    found = Script()
    lines = ["\\set count :count + 1", "\\set serial :base + :client_id * 100000000 + :count"]
    if look_up:
        lines += ["\\set n :client_id + :clients * (:count - 1) + :first", f"{look_up} \\gset key_"]
    if [len(trip) for trip in one.trips] != [len(trip) for trip in other.trips]:
        raise ValueError("the two recordings do not run alike")
    maker = _Maker(keys, found)
    for trip, twin in zip(one.trips, other.trips, strict=True):
        is_pipeline = len(trip) > 1
        lines += ["\\startpipeline"] if is_pipeline else []
        for statement, its_twin in zip(trip, twin, strict=True):
            lines.append(maker.line(statement, its_twin, may_keep=not is_pipeline))
        lines += ["\\endpipeline"] if is_pipeline else []
    found.text = maker.with_gsets(lines)
    found.statements = len(one.statements)
    return found


class _Maker:
    """Goes through two recordings statement by statement and remembers what each has brought."""

    def __init__(self, keys: tuple[Keys, Keys], found: Script) -> None:
        self.keys, self.found = keys, found
        self.brought: dict[tuple[str, str], tuple[int, str]] = {}
        self.wanted: dict[int, set[str]] = {}
        self.number = 0

    def line(self, one: Statement, other: Statement, *, may_keep: bool) -> str:
        self.number += 1
        mine, theirs = _TOKEN.findall(one.text), _TOKEN.findall(other.text)
        if _TOKEN.sub("?", one.text) != _TOKEN.sub("?", other.text):
            raise ValueError(f"the two recordings differ in\n{one.text}\n{other.text}")
        pairs = iter(zip(mine, theirs, strict=True))
        text = _TOKEN.sub(lambda _: self._value(*next(pairs)), one.text)
        if may_keep and len(one.rows) == len(other.rows) == 1:
            for name, value, twin in zip(one.columns, one.rows[0], other.rows[0], strict=False):
                if value is not None and twin is not None and value != twin and re.fullmatch(r"\d{1,18}", value):
                    self.brought[value, twin] = (self.number, name)
        # the number at the end stands where \gset may come
        return f"{' '.join(text.split(chr(10)))} @{self.number}@"

    def _value(self, mine: str, theirs: str) -> str:
        if mine == theirs or mine.startswith('"'):
            return _guarded(mine)
        if mine.isdigit():
            return self._number(mine, theirs)
        text, twin = _unquoted(mine), _unquoted(theirs)
        if (text, twin) in self.brought:
            return self._number(text, twin)
        parts = self._parts(text, twin)
        return f"({' || '.join(parts)})" if len(parts) > 1 else parts[0]

    def _number(self, mine: str, theirs: str) -> str:
        for name in self.keys[0]:
            if self.keys[0][name] == mine and self.keys[1][name] == theirs:
                return f":key_{name}::bigint"
        if source := self.brought.get((mine, theirs)):
            self.wanted.setdefault(source[0], set()).add(source[1])
            return f":s{source[0]}_{source[1]}::bigint"
        self.found.held.append(mine)
        return mine

    def _parts(self, text: str, twin: str) -> list[str]:
        """The text in pieces: constants, keys of the subject, fresh keys."""
        known = {value: f":key_{name}::text" for name, value in self.keys[0].items() if not value.isdigit()}
        known |= {
            value.replace("-", ""): f"replace(:key_{name}::text, '-', '')"
            for name, value in self.keys[0].items()
            if re.fullmatch(_UUID, value)
        }
        pattern = "|".join([*map(re.escape, sorted(known, key=len, reverse=True)), _FRESH.pattern])
        parts, at, is_held = [], 0, True
        for hit in re.finditer(pattern, text):
            is_own = hit[0] in known
            if not is_own and hit[0] in twin:
                continue
            parts += [_quoted(text[at : hit.start()])] if hit.start() > at else []
            parts.append(known[hit[0]] if is_own else _fresh(hit[0]))
            at, is_held = hit.end(), False
        parts += [_quoted(text[at:])] if at < len(text) or not parts else []
        if is_held:
            self.found.held.append(text[:60])
        return parts

    def with_gsets(self, lines: Sequence[str]) -> str:
        def end(hit: re.Match[str]) -> str:
            number = int(hit[1])
            return f"\\gset s{number}_" if number in self.wanted else ";"

        return "".join(re.sub(r"@(\d+)@$", end, line).replace(" ;", ";") + "\n" for line in lines)


def _fresh(text: str) -> str:
    """The same kind of key with a serial number in it."""
    if re.fullmatch(_UUID, text):
        return f"({_quoted(text[:24])} || {_DIGITS})::text"
    if re.fullmatch(_BARE, text):
        return f"({_quoted(text[:20])} || {_DIGITS})::text"
    keep = 10 if re.match(r"[A-Z]{2}\d\d-", text) else 8
    return f"({_quoted(text[:keep])} || {_DIGITS})::text"


def _unquoted(token: str) -> str:
    token = token.strip()
    if token.startswith("E'"):
        text = token[2:-1].replace("''", "'")
        return re.sub(r"\\(x[0-9a-f]{2}|.)", lambda hit: chr(int(hit[1][1:], 16)) if hit[1][0] == "x" else hit[1], text)
    return token[1:-1].replace("''", "'")


def _quoted(text: str) -> str:
    """A literal in which pgbench finds no variables: colons are written by number."""
    inner = text.replace("\\", "\\\\").replace("'", "''").replace(":", "\\x3a").replace("\n", "\\n")
    return f"E'{inner}'" if "\\" in inner else f"'{inner}'"


def _guarded(token: str) -> str:
    if token.startswith('"') or token.isdigit():
        return token
    kept = _quoted(_unquoted(token))
    return f" {kept}" if token.startswith(" ") or kept.startswith("E") else kept


@dataclass(frozen=True, slots=True)
class Found:
    """What pgbench says."""

    rate: float
    failed: int
    done: int


class Yardstick:
    """Scripts of the same act, run again and again, each time one by chance; serial numbers go on from run to run."""

    def __init__(self, *scripts: Script, database: str, clients: int = 4, mode: str = "prepared") -> None:
        self.scripts, self.database, self.clients, self.mode = scripts, database, clients, mode
        self.folder = TemporaryDirectory(prefix="yimen-bench-")
        self.files = [Path(self.folder.name) / f"act-{number}.sql" for number in range(len(scripts))]
        for file, one in zip(self.files, scripts, strict=True):
            file.write_text(one.text, encoding="utf-8")

    def run(self, seconds: float, *, first: int = 0, transactions: int = 0) -> Found:
        """Run it for so long, or so many transactions for each client. Ends the measurement when pgbench fails."""
        facts = {"base": next(_BASES), "count": 0, "first": first, "clients": self.clients}
        command = [program(), "-n", "-M", self.mode, "-c", str(self.clients), "-j", "1"]
        command += [word for file in self.files for word in ("-f", str(file))]
        command += ["-t", str(transactions)] if transactions else ["-T", str(max(1, round(seconds)))]
        command += [word for name, value in facts.items() for word in ("-D", f"{name}={value}")]
        environment = {**os.environ, "PGOPTIONS": "-c role=yimen_app -c search_path=public -c timezone=UTC"}
        ended = subprocess.run(
            [*command, self.database], capture_output=True, text=True, check=False, env=environment, timeout=600
        )
        rate = re.search(r"tps = ([\d.]+)", ended.stdout)
        done = re.search(r"transactions actually processed: (\d+)", ended.stdout)
        if ended.returncode or not rate or not done:
            sys.exit(f"bench: pgbench failed: {ended.stderr.strip()[-1500:]}\nscript: {self.kept()}")
        failed = re.search(r"failed transactions: (\d+)", ended.stdout)
        return Found(float(rate[1]), int(failed[1]) if failed else 0, int(done[1]))

    def kept(self) -> Path:
        """The script where it outlives us, for reading."""
        return Path(shutil.copy(self.files[0], Path(self.folder.name).with_suffix(".sql")))
