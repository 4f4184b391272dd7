"""A week of work in the demo's hall, one case a month old: every state, each act by the hands of its posts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from yimen.cases import actions
from yimen.cases.actions import Filing, GivenMaterial
from yimen.cases.models import Case
from yimen.cases.queries import case_by_number, case_with_key, open_steps_of
from yimen.cases.rules import is_needed
from yimen.cases.terms import CaseState, ClockKind, FilingChannel, Opinion, Verdict, Way
from yimen.catalogue.queries import VersionRow, points, version_for_filing
from yimen.catalogue.terms import Material, MaterialSource, Necessity, StepKind
from yimen.identity.queries import find_organisation, find_person, holders_of, officer_by_id, person_row, resident_of
from yimen.identity.terms import Officer, Resident
from yimen.kernel import clock
from yimen.kernel.actors import Actor
from yimen.kernel.forms import Answers, FieldType, FormField, is_shown
from yimen.places.queries import centre, centre_by_id
from yimen.sites.demo.papers import as_upload

Data = dict[str, Any]

#: How far a case is taken; each word includes those before it.
STAGES = ("filed", "received", "accepted", "examined", "decided", "ready", "handed_over")


@dataclass(frozen=True)
class Story:
    """One case of the demo: what, whose, how it came in, when, and how far it has come."""

    item: str
    #: User name of the resident who files, or stands at the window.
    who: str
    channel: str
    days_ago: int
    upto: str
    #: Name of the firm for which they do; empty for themselves.
    firm: str = ""
    centre: str = ""
    ending: str = ""
    hour: int = 10


def load_cases(stories: list[Data], people: Data, now: datetime) -> Iterator[str]:
    """Play every story that has not been played; yields its case number."""
    residents = {row["username"]: row for row in people["residents"]}
    codes = {row["name"]: row["uscc"] for row in people["organisations"]}
    for number, line in enumerate(stories):
        key = f"demo-{number:04d}"
        if not case_with_key(key):
            story = Story(**line)
            yield _Play(story, residents[story.who], codes.get(story.firm, ""), key, now).run().case_no


class _Play:
    """One story as it is played: every act by somebody who may, at a moment of the days before today."""

    def __init__(self, story: Story, resident: Data, uscc: str, key: str, now: datetime) -> None:
        self.story, self.resident, self.uscc, self.key, self.now = story, resident, uscc, key, now
        begin = clock.local(now).date() - timedelta(days=story.days_ago)
        self.at = datetime.combine(begin, time(story.hour, 5), clock.LEGAL_ZONE)
        self.version = version_for_filing(story.item)
        person = find_person(resident["id_type"], resident["id_number"])
        assert person is not None, story
        self.person_id, self.user_id = person.id, person.user_id
        self.centre = centre(story.centre) if story.centre else centre_by_id(points(self.version.item_id)[0])
        self.case: Case

    def run(self) -> Case:
        """File, then go on stage by stage as far as the story goes."""
        self.case = self._file()
        wanted = STAGES.index(self.story.upto)
        for stage in STAGES[1 : wanted + 1]:
            getattr(self, f"_{stage}")()
        ending = {
            "correction": self._correction,
            "terminated": self._terminated,
            "turned_away": self._turned_away,
            "unpaid": self._unpaid,
            "withdrawn": self._withdrawn,
        }
        if self.story.ending in ending:
            ending[self.story.ending]()
        return self.case

    def _later(self, **span: int) -> datetime:
        """A moment after the last one, and never after now."""
        self.at = min(self.at + timedelta(**(span or {"minutes": 7})), self.now)
        return self.at

    def _officer(self, post: str, nth: int = 0) -> Officer:
        staff = holders_of(post, on=clock.local_date(self.now))
        officer = officer_by_id(staff[nth % len(staff)][0], clock.local_date(self.now))
        assert officer is not None, post
        return officer

    def _clerk(self) -> Officer:
        return self._officer(f"clerk.{self.centre.code}")

    def _file(self) -> Case:
        firm = find_organisation(self.uscc) if self.uscc else None
        is_window = self.story.channel == FilingChannel.WINDOW
        by: Actor = self._clerk() if is_window else self._resident()
        answers = sample_answers(self.version)
        filing = Filing(
            item_code=self.story.item,
            channel=FilingChannel(self.story.channel),
            centre_id=self.centre.id,
            idempotency_key=self.key,
            person_id=None if firm else self.person_id,
            organisation_id=firm.id if firm else None,
            representative_id=self.person_id if firm else None,
            answers=answers,
            materials={line.code: self._given(line.name, is_window) for line in self._lines(answers)},
            contact_name=person_row(self.person_id).name,
        )
        return actions.file_case(by=by, filing=filing, now=self.at)

    def _resident(self) -> Resident:
        assert self.user_id is not None
        resident = resident_of(self.user_id)
        assert resident is not None
        return resident

    def _lines(self, answers: Answers) -> list[Material]:
        """The lines that have to be given by hand in this case."""
        return [
            line
            for line in self.version.content.materials
            if is_needed(line, answers) and line.source != MaterialSource.FORM and line.necessity != Necessity.EXEMPT
        ]

    def _given(self, name: str, is_window: bool) -> GivenMaterial:
        if is_window:
            return GivenMaterial(way=Way.PAPER, copies=1)
        return GivenMaterial(uploads=(as_upload(name, person_row(self.person_id).name),))

    def _received(self) -> None:
        if self.case.state == CaseState.FILED:
            self.case = actions.receive_case(
                by=self._clerk(), case_id=self.case.id, papers=[], now=self._later(hours=1)
            )

    def _judge(self, flawed: str = "") -> None:
        for row in self.case.materials.exclude(way__in=[Way.EXEMPT, Way.NOT_NEEDED]):
            verdict = Verdict.FLAWED if row.code == flawed else Verdict.GOOD
            actions.judge_material(
                by=self._clerk(),
                case_id=self.case.id,
                code=row.code,
                verdict=verdict,
                flaw="复印件不清楚，请换一份能看清全部文字的。" if verdict == Verdict.FLAWED else "",
                now=self._later(),
            )

    def _accepted(self) -> None:
        self._judge()
        self.case = actions.accept_case(by=self._clerk(), case_id=self.case.id, now=self._later())

    def _examined(self) -> None:
        while step := self._open_step(StepKind.REVIEW, StepKind.SIGN, StepKind.SURVEY):
            kind, post = step
            by, now = self._officer(post), self._later(hours=5)
            if kind == StepKind.SURVEY:
                other = self._officer(post, 1)
                self.case = actions.record_survey(
                    by=by,
                    case_id=self.case.id,
                    people=[int(other.id)],
                    opinion=Opinion.PASS,
                    text="两人到场，按核查表逐项核对，均符合要求。",
                    now=now,
                )
            else:
                self.case = actions.give_opinion(
                    by=by,
                    case_id=self.case.id,
                    opinion=Opinion.PASS,
                    text="材料齐全，符合受理条件，建议通过。",
                    now=now,
                )

    def _open_step(self, *kinds: StepKind) -> tuple[StepKind, str] | None:
        """Kind and post of the next open step of these kinds."""
        return next((row for row in open_steps_of(self.case.id) if row[0] in kinds), None)

    def _decided(self) -> None:
        step = self._open_step(StepKind.DECIDE)
        assert step is not None
        by = self._officer(step[1])
        if self.version.content.fees:
            self._unpaid()
            self.case = actions.confirm_payment(
                by=self._clerk(), case_id=self.case.id, receipt_no=f"YS{self.key[-4:]}", now=self._later(hours=2)
            )
        if self.story.ending == "refused":
            self.case = actions.refuse_case(
                by=by,
                case_id=self.case.id,
                reason="现场情况与申请不符，不具备法定条件。",
                legal_basis="《中华人民共和国行政许可法》第三十八条第二款",
                now=self._later(hours=3),
            )
        else:
            self.case = actions.grant_case(
                by=by, case_id=self.case.id, text="经审查，符合法定条件，准予。", now=self._later(hours=3)
            )

    def _unpaid(self) -> None:
        step = self._open_step(StepKind.DECIDE)
        assert step is not None
        by, now = self._officer(step[1]), self._later(hours=1)
        self.case = actions.ask_payment(by=by, case_id=self.case.id, now=now)

    def _ready(self) -> None:
        by = self._officer(f"issuer.{self.centre.code}")
        self.case = actions.make_result(by=by, case_id=self.case.id, now=self._later(hours=1))

    def _handed_over(self) -> None:
        by = self._officer(f"issuer.{self.centre.code}")
        self.case = actions.hand_over_result(
            by=by,
            case_id=self.case.id,
            id_type=self.resident["id_type"],
            id_number=self.resident["id_number"],
            now=self._later(hours=2),
        )

    def _correction(self) -> None:
        first = self.case.materials.exclude(way__in=[Way.EXEMPT, Way.NOT_NEEDED, Way.FORM]).first()
        self._judge(first.code if first else "")
        self.case = actions.ask_correction(by=self._clerk(), case_id=self.case.id, now=self._later())

    def _terminated(self) -> None:
        """Corrections were asked for and did not come; the night after their last day the case ends."""
        self._correction()
        limit = case_by_number(self.case.case_no, "zh-hans").clocks[ClockKind.CORRECTION]
        night = datetime.combine(limit.due_on or limit.watch_on, time(0, 17), clock.LEGAL_ZONE) + timedelta(days=1)
        self.at = min(night, self.now)
        self.case = actions.terminate_case(case_id=self.case.id, now=self.at)

    def _turned_away(self) -> None:
        self.case = actions.turn_away_case(
            by=self._clerk(),
            case_id=self.case.id,
            reason="申请事项不属于本机关职权范围。",
            legal_basis="《中华人民共和国行政许可法》第三十二条第一款第二项",
            correct_agency="深圳市交通运输委员会",
            now=self._later(),
        )

    def _withdrawn(self) -> None:
        self.case = actions.withdraw_case(
            by=self._resident(), case_id=self.case.id, reason="暂时不办了。", now=self._later(hours=3)
        )


def sample_answers(version: VersionRow) -> Answers:
    """Plausible answers to every question that is asked, by its type."""
    answers: Answers = {}
    for field in version.content.form.field_list():
        if is_shown(field, answers):
            answers[field.code] = _sample(field)
    return answers


_SAMPLES: dict[FieldType, str] = {
    FieldType.PHONE: "13800000001",
    FieldType.ID_NUMBER: "440306198801010018",
    FieldType.USCC: "92440306999001016D",
    FieldType.DATE: "2016-05-20",
    FieldType.ADDRESS: "宝安区西乡街道示例路 18 号",
    FieldType.YES_NO: "no",
    FieldType.TEXTAREA: "演示内容，均为虚构。",
}


def _sample(field: FormField) -> str | list[str]:
    if field.options:
        return [field.options[0].value] if field.type == FieldType.CHOICES else field.options[0].value
    if field.type in {FieldType.NUMBER, FieldType.MONEY}:
        return f"{int(max(field.min or 0, 1))}"
    known = {"person.name": "陈示例", "organisation.name": "深圳示例小满餐饮店"}
    return known.get(field.prefill) or _SAMPLES.get(field.type, "示例")[: field.max_length]
