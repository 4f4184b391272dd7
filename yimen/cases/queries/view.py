"""One case as its readers see it: where it stands, by which day and why that day, what was given, what was done."""

from __future__ import annotations

import dataclasses
import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext

from yimen.calendar.queries import WorkCalendar, asking_calendar
from yimen.calendar.rules import Due, ExplainedDay, due, explain, working_days_between
from yimen.calendar.terms import Limit, Unit
from yimen.cases.models import Case, CaseMaterial, CaseStep, Clock
from yimen.cases.queries.steps import asking_steps
from yimen.cases.rules import ENDS
from yimen.cases.terms import CaseState, ClockKind, StepState, Verb, Verdict, Way
from yimen.catalogue.queries import VersionRow, Words, texts, version
from yimen.catalogue.terms import Material, StepKind
from yimen.documents.terms import LetterKind
from yimen.identity.rules import mask_id, mask_phone
from yimen.kernel import clock
from yimen.kernel.forms import Answers, FieldType, FormField, is_shown
from yimen.kernel.questions import Question, Rows, ask, rows_of
from yimen.ledger.queries import LineRow, asking_lines
from yimen.places.queries import CentreRow, asking_centre
from yimen.ui.formats import full_day, money

#: Limits of more days than this are told in words, not drawn day by day.
LONGEST_DRAWN = 60


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file given for a line."""

    id: UUID
    name: str
    media_type: str
    size: int
    pages: int
    is_replaced: bool


@dataclass(frozen=True, slots=True)
class MaterialRow:
    """One line of the checklist with what was given for it and what was found."""

    line: Material
    name: str
    note: str
    way: Way
    verdict: Verdict
    flaw: str
    copies: int
    given_at: datetime | None
    files: tuple[FileRow, ...]


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of the route."""

    code: str
    name: str
    kind: StepKind
    stage: int
    state: StepState
    post_code: str
    due_on: date | None
    opened_at: datetime | None
    done_at: datetime | None
    opinion: str
    text: str
    days: int


@dataclass(frozen=True, slots=True)
class ClockRow:
    """A limit and what is left of it; ``days_left`` is negative when it is over, none while no day is fixed."""

    kind: ClockKind
    count: int
    unit: Unit
    started_on: date
    due_on: date | None
    watch_on: date
    is_running: bool
    days_left: int | None
    days_used: int | None


@dataclass(frozen=True, slots=True)
class LetterRow:
    """An official letter on file."""

    id: UUID
    kind: LetterKind
    number: str
    drawn_up_at: datetime


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One question of the form with what was answered, in words."""

    code: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One line of the ledger in the reader's words. ``step`` is the name of the step, where the verb belongs to one."""

    number: int
    at: datetime
    verb: Verb
    step: str
    actor_kind: str
    actor_label: str
    hash_hex: str


@dataclass(frozen=True, slots=True)
class CaseView:
    """Everything about one case. No personal number is in here but behind masks."""

    id: UUID
    case_no: str
    revision: int
    state: CaseState
    decision: str
    is_ended: bool
    is_deemed_accepted: bool
    version: VersionRow
    item_name: str
    agency_name: str
    centre: CentreRow
    applicant_name: str
    person_id: UUID | None
    organisation_id: UUID | None
    representative_id: UUID | None
    channel: str
    collect: str
    reason: str
    result_no: str
    filed_at: datetime
    received_at: datetime | None
    accepted_at: datetime | None
    decided_at: datetime | None
    handed_over_at: datetime | None
    closed_at: datetime | None
    #: Names of the route's steps in the reader's language, by code; empty where there is no translation.
    route_names: dict[str, str]
    clocks: dict[str, ClockRow]
    materials: tuple[MaterialRow, ...]
    steps: tuple[StepRow, ...]
    letters: tuple[LetterRow, ...]
    answers: tuple[AnswerRow, ...]
    history: tuple[HistoryRow, ...]
    #: The legal calendar by which the clocks were read.
    calendar: WorkCalendar = dataclasses.field(repr=False, compare=False)

    @property
    def clock(self) -> ClockRow | None:
        """The limit that matters now: the one that runs, or the last that ran."""
        order = (ClockKind.CORRECTION, ClockKind.DELIVERY, ClockKind.PROMISED, ClockKind.STATUTORY, ClockKind.NOTICE)
        running = [self.clocks[kind] for kind in order if kind in self.clocks and self.clocks[kind].is_running]
        return running[0] if running else self.clocks.get(ClockKind.PROMISED)


def view_of(case: Case, language: str) -> CaseView:
    """The case in the reader's language. One round trip, with the case in hand."""
    found = version(case.version_id)
    words, today = texts(found, language), clock.today()
    centre, calendar, clocks, materials, files, steps, letters, history = ask(
        asking_centre(case.centre_id),
        asking_calendar(),
        rows_of(Clock, "case_id = %s ORDER BY id", [case.id]),
        rows_of(CaseMaterial, "case_id = %s ORDER BY position", [case.id]),
        _asking_files(case),
        asking_steps(case),
        _asking_letters(case),
        asking_lines(case.case_no),
    )
    return CaseView(
        id=case.id,
        case_no=case.case_no,
        revision=case.revision,
        state=CaseState(case.state),
        decision=case.decision,
        is_ended=CaseState(case.state) in ENDS,
        is_deemed_accepted=case.is_deemed_accepted,
        version=found,
        item_name=words.name,
        agency_name=found.agency_names.get(language) or found.agency_name,
        centre=centre,
        applicant_name=case.applicant_name,
        person_id=case.person_id,
        organisation_id=case.organisation_id,
        representative_id=case.representative_id,
        channel=case.channel,
        collect=case.collect,
        reason=case.reason,
        result_no=case.result_no,
        filed_at=case.filed_at,
        received_at=case.received_at,
        accepted_at=case.accepted_at,
        decided_at=case.decided_at,
        handed_over_at=case.handed_over_at,
        closed_at=case.closed_at,
        route_names=dict(words.route),
        clocks={row.kind: _clock(row, today, calendar) for row in clocks},
        materials=_materials(materials, files, found, words),
        steps=_steps(steps, found, words),
        letters=letters,
        answers=answer_rows(found, json.loads(case.answers), words.form),
        history=_history(history, found, words),
        calendar=calendar,
    )


def _clock(row: Clock, today: date, calendar: WorkCalendar) -> ClockRow:
    until = min(today, clock.local_date(row.stopped_at)) if row.stopped_at else today
    return ClockRow(
        kind=ClockKind(row.kind),
        count=row.count,
        unit=Unit(row.unit),
        started_on=row.started_on,
        due_on=row.due_on,
        watch_on=row.watch_on,
        is_running=row.stopped_at is None,
        days_left=working_days_between(today, row.due_on, calendar) if row.due_on else None,
        days_used=working_days_between(row.started_on, until, calendar) if row.due_on else None,
    )


def _asking_files(case: Case) -> Question[dict[UUID, list[FileRow]]]:
    """The files of a case by the key of their line, in the order in which they came."""

    def read(rows: Rows) -> dict[UUID, list[FileRow]]:
        given: dict[UUID, list[FileRow]] = defaultdict(list)
        for material_id, *file in rows:
            given[material_id].append(FileRow(*file))
        return given

    return Question(
        """
        SELECT given.material_id, file.id, file.name, file.media_type, file.size, file.pages,
               given.replaced_at IS NOT NULL
        FROM cases_casematerial line
        JOIN cases_casefile given ON given.material_id = line.id
        JOIN documents_file file ON file.id = given.file_id
        WHERE line.case_id = %s ORDER BY given.id
        """,
        (case.id,),
        read,
    )


def _asking_letters(case: Case) -> Question[tuple[LetterRow, ...]]:
    return Question(
        """
        SELECT letter.id, letter.kind, letter.number, letter.drawn_up_at
        FROM cases_caseletter filed JOIN documents_letter letter ON letter.id = filed.letter_id
        WHERE filed.case_id = %s ORDER BY letter.drawn_up_at, filed.id
        """,
        (case.id,),
        lambda rows: tuple(LetterRow(pk, LetterKind(kind), number, at) for pk, kind, number, at in rows),
    )


def _materials(
    rows: list[CaseMaterial], files: dict[UUID, list[FileRow]], found: VersionRow, words: Words
) -> tuple[MaterialRow, ...]:
    lines_by_code = {line.code: line for line in found.content.materials}
    return tuple(
        MaterialRow(
            line=lines_by_code[row.code],
            name=words.materials.get(row.code, {}).get("name") or lines_by_code[row.code].name,
            note=words.materials.get(row.code, {}).get("note") or lines_by_code[row.code].note,
            way=Way(row.way),
            verdict=Verdict(row.verdict),
            flaw=row.flaw,
            copies=row.copies,
            given_at=row.given_at,
            files=tuple(files.get(row.id, ())),
        )
        for row in rows
    )


def _steps(rows: list[CaseStep], found: VersionRow, words: Words) -> tuple[StepRow, ...]:
    days = {step.code: step.limit.count for step in found.content.route}
    return tuple(
        StepRow(
            code=row.code,
            name=words.route.get(row.code) or row.name,
            kind=StepKind(row.kind),
            stage=row.stage,
            state=StepState(row.state),
            post_code=row.post_code,
            due_on=row.due_on,
            opened_at=row.opened_at,
            done_at=row.done_at,
            opinion=row.opinion,
            text=row.text,
            days=days.get(row.code, 0),
        )
        for row in rows
    )


def _history(lines: list[LineRow], found: VersionRow, words: Words) -> tuple[HistoryRow, ...]:
    names = {step.code: words.route.get(step.code) or step.name for step in found.content.route}
    return tuple(
        HistoryRow(
            number=line.number,
            at=line.at,
            verb=Verb(line.verb),
            step=names.get(str(line.facts.get("step", "")), ""),
            actor_kind=line.actor_kind,
            actor_label=line.actor_label,
            hash_hex=line.hash_hex,
        )
        for line in lines
    )


#: Numbers of persons are shown to nobody in full.
_MASKS = {FieldType.ID_NUMBER: mask_id, FieldType.PHONE: mask_phone}


def answer_rows(found: VersionRow, answers: Answers, words: dict[str, str]) -> tuple[AnswerRow, ...]:
    """The answers in words, in the order of the form; what was not asked is left out, numbers of persons are masked."""
    rows = []
    for field in found.content.form.field_list():
        given = answers.get(field.code)
        if given in (None, "", []) or not is_shown(field, answers):
            continue
        values = [given] if isinstance(given, str) else given or []
        text = "、".join(_in_words(field, value, words) for value in values)
        rows.append(AnswerRow(field.code, words.get(field.code) or field.label, text))
    return tuple(rows)


def _in_words(field: FormField, value: str, words: dict[str, str]) -> str:
    """One answer as people read it: the label of an option, a day, an amount; numbers of persons are masked."""
    if field.type in _MASKS:
        return _MASKS[field.type](value)
    if field.type == FieldType.YES_NO:
        return gettext("Yes") if value == "yes" else gettext("No")
    if field.type == FieldType.DATE:
        return full_day(date.fromisoformat(value))
    if field.type == FieldType.MONEY:
        return money(int(Decimal(value) * 100))
    labels = {option.value: words.get(f"{field.code}.{option.value}") or option.label for option in field.options}
    return labels.get(value, value)


def why_this_day(view: CaseView) -> list[ExplainedDay]:
    """Every day of the limit that matters now, with what it counts for; empty for limits too long to draw."""
    row = view.clock
    if row is None or row.count > LONGEST_DRAWN:
        return []
    return list(explain(row.started_on, Limit(row.count, row.unit), view.calendar))


def would_be_due(view: CaseView) -> Due | None:
    """The promised day if the case were accepted today; none where the item promises none."""
    return due(clock.today(), view.version.promised, view.calendar) if view.version.promised else None
