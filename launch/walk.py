"""The main job, done over HTTP as the people who do it: each step with its time, the first that fails ends the walk."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from launch.browser import Answer, NotThere, Person
from launch.say import say


class WentWrong(Exception):
    """What was not as it should be, in one sentence."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that somebody did."""

    who: str
    what: str
    seconds: float
    ok: bool
    why: str = ""


@dataclass(slots=True)
class Walk:
    """One walk through a running installation. ``sign_ins`` is what ``load_demo`` wrote; letters go to ``keep_in``."""

    base_url: str
    sign_ins: Mapping[str, object] = field(default_factory=dict)
    keep_in: Path | None = None
    steps: list[Step] = field(default_factory=list)

    @contextmanager
    def step(self, who: str, what: str) -> Iterator[None]:
        """Do something as somebody; whatever goes wrong inside is told as the reason of this step."""
        begun = time.perf_counter()
        try:
            yield
        except Exception as error:
            why = str(error) or type(error).__name__
            self._tell(Step(who, what, time.perf_counter() - begun, ok=False, why=why))
            raise WentWrong(f"{who} {what}: {why}") from error
        self._tell(Step(who, what, time.perf_counter() - begun, ok=True))

    def _tell(self, step: Step) -> None:
        self.steps.append(step)
        print(f"{'ok  ' if step.ok else 'FAIL'} {step.seconds:6.2f} s  {step.who}: {step.what}", flush=True)
        if step.why:
            print(f"              {step.why}", flush=True)

    def person(self, *, language: str = "zh-hans", token: str = "") -> Person:
        """Somebody with a browser of their own, or another system with its token."""
        return Person(self.base_url, language=language, token=token)

    def keep(self, name: str, content: bytes) -> None:
        """Leave a letter, a receipt or a proof for outside tools."""
        if self.keep_in:
            self.keep_in.mkdir(parents=True, exist_ok=True)
            (self.keep_in / name).write_bytes(content)

    def report(self, *, ok: bool) -> None:
        """``report.json``: every step with its time."""
        told = {"ok": ok, "base_url": self.base_url, "steps": [asdict(step) for step in self.steps]}
        self.keep("report.json", json.dumps(told, ensure_ascii=False, indent=2).encode())


def expect(answer: Answer, *words: str, status: int = 200) -> Answer:
    """The answer again, if it has this status and says these words. Raises WentWrong."""
    if answer.status != status:
        raise WentWrong(f"{answer.url} answered {answer.status} instead of {status}")
    for word in words:
        if word not in answer.text:
            raise WentWrong(f"{answer.url} does not say {word!r}")
    return answer


def _look_around(walk: Walk) -> None:
    """Before anybody does anything: the installation is well, and a stranger sees the home page."""
    with walk.step("machine", "asks whether the installation is well"):
        expect(walk.person().get("/health"), '"ok"')
    with walk.step("stranger", "opens the home page"):
        expect(walk.person().get("/"))


def take(walk: Walk, *parts: Callable[[Walk], None]) -> bool:
    """Look around, then walk through all parts; True if every step went well. The report is written either way."""
    begun = time.perf_counter()
    ok = False
    try:
        for part in (_look_around, *parts):
            part(walk)
        ok = True
    except (WentWrong, NotThere) as wrong:
        say(str(wrong))
    finally:
        walk.report(ok=ok)
    print(f"{'ok' if ok else 'failed'}: {len(walk.steps)} steps in {time.perf_counter() - begun:.1f} s", flush=True)
    return ok
