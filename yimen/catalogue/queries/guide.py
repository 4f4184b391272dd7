"""The guide of an item as a resident reads it: what, who, bring, how long, how much, where, result, and what then."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, time

from yimen.calendar.terms import Limit
from yimen.catalogue.errors import ItemNotFound
from yimen.catalogue.queries.lists import ItemLine, asking_item_lines
from yimen.catalogue.queries.versions import VersionRow, Words, texts, version
from yimen.catalogue.rules import Bring, bring_of, stages_of
from yimen.catalogue.terms import Fee, Material, Result, VersionState
from yimen.kernel.questions import Question, Rows, ask
from yimen.places.queries import CentreLine, CentreRow, asking_centres, line_of, opening_times_of
from yimen.places.terms import Tier

#: Halls whose door is shown on a guide; the others are counted.
HALLS = 8


@dataclass(frozen=True, slots=True)
class GuideMaterial:
    """One line of the checklist in the reader's words, and what the reader has to do about it."""

    line: Material
    bring: Bring
    name: str
    when: str
    note: str


@dataclass(frozen=True, slots=True)
class GuideStep:
    """One stage behind the counter: its steps, and its days within the promise (None: in other units)."""

    name: str
    days: int
    first_day: int | None
    last_day: int | None
    limit: Limit


@dataclass(frozen=True, slots=True)
class GuideCentre:
    """A hall that takes the item in, and whether its door is open now."""

    code: str
    name: str
    names: dict[str, str]
    address: str
    addresses: dict[str, str]
    is_open_now: bool
    today: tuple[tuple[time, time], ...]
    opens_next: datetime | None


@dataclass(frozen=True, slots=True)
class GuideFee:
    """A fee with its name in the reader's language."""

    fee: Fee
    name: str


@dataclass(frozen=True, slots=True)
class GuideResult:
    """What comes out, with its name in the reader's language."""

    result: Result
    name: str


@dataclass(frozen=True, slots=True)
class Guide:
    """Everything on the page of an item."""

    version: VersionRow
    words: Words
    is_offered: bool
    materials: tuple[GuideMaterial, ...]
    steps: tuple[GuideStep, ...]
    fees: tuple[GuideFee, ...]
    results: tuple[GuideResult, ...]
    halls: tuple[GuideCentre, ...]
    #: Centres by tier that take it in, those shown included.
    centre_counts: dict[str, int]
    goes_with: tuple[ItemLine, ...]

    @property
    def fee_fen(self) -> int:
        """What it costs at most."""
        return sum(one.fee.amount_fen for one in self.fees)

    @property
    def can_file_online(self) -> bool:
        """Whether an application can be filed here now: offered, ready for it, with windows and a route behind it."""
        content = self.version.content
        return self.is_offered and content.readiness.file_online and bool(self.centre_counts) and bool(content.route)


def guide(code: str, language: str, now: datetime) -> Guide:
    """The guide of the version in force. Three round trips. Raises: ItemNotFound."""
    version_id, state, point_ids = _asking_in_force(code).answer()
    found = version(version_id)
    words = texts(found, language)
    rows, goes_with = ask(asking_centres(point_ids), asking_item_lines(found.content.goes_with, language))
    return Guide(
        version=found,
        words=words,
        is_offered=state == VersionState.PUBLISHED,
        materials=tuple(_material(line, words) for line in found.content.materials),
        steps=tuple(_steps(found, words)),
        fees=tuple(GuideFee(fee, words.fees.get(fee.name) or fee.name) for fee in found.content.fees),
        results=tuple(map(GuideResult, found.content.results, words.results)),
        halls=tuple(_halls(rows, now)),
        centre_counts=_counts(rows),
        goes_with=tuple(goes_with),
    )


def _asking_in_force(code: str) -> Question[tuple[int, str, list[int]]]:
    """Key and state of the version that is shown, and the keys of the centres that take the item in.

    Raises: ItemNotFound, when it is read
    """

    def read(rows: Rows) -> tuple[int, str, list[int]]:
        if not rows:
            raise ItemNotFound
        return rows[0][0], rows[0][1], rows[0][2]

    return Question(
        """
        SELECT item.current_id, version.state,
               ARRAY(SELECT centre_id FROM catalogue_servicepoint WHERE item_id = item.id)
        FROM catalogue_item item JOIN catalogue_itemversion version ON version.id = item.current_id
        WHERE item.code = %s AND version.state = ANY(%s)
        """,
        (code, [str(VersionState.PUBLISHED), str(VersionState.SUSPENDED)]),
        read,
    )


def _material(line: Material, words: Words) -> GuideMaterial:
    own = words.materials.get(line.code, {})
    names = (own.get("name") or line.name, own.get("when") or line.when, own.get("note") or line.note)
    return GuideMaterial(line, bring_of(line), *names)


def _steps(found: VersionRow, words: Words) -> list[GuideStep]:
    stages = stages_of(found.content.route)
    unit = found.promised.unit if found.promised else None
    is_even = all(limit.unit == unit for limit in (stage.limit for stage in stages))
    steps, day = [], 0
    for stage in stages:
        count = stage.limit.count
        names = " · ".join(words.route.get(step.code) or step.name for step in stage.steps)
        first, last = (day + 1, day + count) if is_even and count else (None, None)
        steps.append(GuideStep(names, count, first, last, stage.limit))
        day += count
    return steps


def _halls(rows: list[CentreRow], now: datetime) -> list[GuideCentre]:
    shown = [row for row in rows if row.tier != Tier.COMMUNITY][:HALLS] or rows[:HALLS]
    if not shown:
        return []
    times = opening_times_of([row.id for row in shown])
    return [_hall(line_of(row, times[row.id], now)) for row in shown]


def _hall(line: CentreLine) -> GuideCentre:
    row = line.centre
    return GuideCentre(
        row.code, row.name, row.names, row.address, row.addresses, line.is_open_now, line.today, line.opens_next
    )


def _counts(rows: list[CentreRow]) -> dict[str, int]:
    counts: dict[str, int] = defaultdict(int)
    for row in rows:
        counts[row.tier] += 1
    return dict(counts)
