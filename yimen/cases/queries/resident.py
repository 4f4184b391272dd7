"""What applicants ask: my cases, my drafts, this case, a case by number and PIN."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from hmac import compare_digest
from uuid import UUID

from django.db.models import Q

from yimen.cases.errors import WrongCaseNumber
from yimen.cases.models import Case, Draft
from yimen.cases.queries.view import AnswerRow, CaseView, FileRow, answer_rows, view_of
from yimen.cases.rules import is_needed, normal_case_number, way_at_start
from yimen.cases.terms import CaseState, CollectWay, Way
from yimen.catalogue.queries import VersionRow, texts, version
from yimen.catalogue.terms import Material, Necessity
from yimen.identity.terms import Resident
from yimen.kernel.errors import NotFound
from yimen.kernel.forms import Answers, FormStep

PAGE = 20


@dataclass(frozen=True, slots=True)
class MyCase:
    """One line of "my cases"."""

    case_no: str
    item_name: str
    applicant_name: str
    state: CaseState
    decision: str
    filed_at: datetime
    due_on: date | None
    cursor: str


@dataclass(frozen=True, slots=True)
class MyDraft:
    """One line of "my drafts"."""

    id: UUID
    item_name: str
    changed_at: datetime
    expires_on: date


def _of(by: Resident) -> Q:
    """Their own cases, and those they act in unless the mandate was withdrawn."""
    return Q(person_id=by.person_id) | Q(representative_id=by.person_id, mandate__withdrawn_at=None)


def my_cases(by: Resident, language: str, *, before: tuple[datetime, UUID] | None = None) -> list[MyCase]:
    """Cases of the person and those they act in, newest first, twenty at a time. One query and the versions' texts."""
    rows = Case.objects.filter(_of(by)).order_by("-filed_at", "-id")
    if before:
        rows = rows.filter(Q(filed_at__lt=before[0]) | Q(filed_at=before[0], id__lt=before[1]))
    return [
        MyCase(
            case_no=row.case_no,
            item_name=texts(version(row.version_id), language).name,
            applicant_name=row.applicant_name,
            state=CaseState(row.state),
            decision=row.decision,
            filed_at=row.filed_at,
            due_on=row.due_on,
            cursor=f"{row.filed_at.isoformat()}_{row.id}",
        )
        for row in rows[:PAGE]
    ]


def my_drafts(by: Resident, language: str) -> list[MyDraft]:
    """Filings begun and not sent, last changed first."""
    rows = Draft.objects.filter(user_id=by.user_id).order_by("-changed_at")[:PAGE]
    return [
        MyDraft(row.id, texts(version(row.version_id), language).name, row.changed_at, row.expires_on) for row in rows
    ]


def my_case(by: Resident, case_no: str, language: str) -> CaseView:
    """One's own case.

    Raises: NotFound for anybody else's, and for what does not exist
    """
    case = Case.objects.filter(_of(by), case_no=normal_case_number(case_no)).first()
    if case is None:
        raise NotFound
    return view_of(case, language)


def check_pin(case_no: str, pin: str) -> None:
    """The PIN belongs to the number. The same refusal whether the number or the PIN is wrong.

    Raises: WrongCaseNumber
    """
    case = Case.objects.filter(case_no=normal_case_number(case_no)).first()
    known = case.pin if case else "------"
    if not compare_digest(known.encode(), pin.strip().encode()) or case is None:
        raise WrongCaseNumber


def case_by_number(case_no: str, language: str) -> CaseView:
    """The case of somebody who has shown its PIN before.

    Raises: NotFound
    """
    case = Case.objects.filter(case_no=normal_case_number(case_no)).first()
    if case is None:
        raise NotFound
    return view_of(case, language)


def pin_of(case_id: UUID) -> str:
    """The query PIN: for the confirmation page and the receipt, never for lists."""
    return Case.objects.values_list("pin", flat=True).get(pk=case_id)


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A line of the checklist in a draft: what is asked, and what has been done about it."""

    line: Material
    name: str
    note: str
    when: str
    way: Way
    is_needed: bool
    files: tuple[FileRow, ...]

    @property
    def is_done(self) -> bool:
        """Nothing more has to be done about this line."""
        return self.way != Way.NONE or self.line.necessity == Necessity.DEFERRABLE


@dataclass(frozen=True, slots=True)
class DraftView:
    """A filing as it stands: the pages of the form, the checklist, who applies, where the result is collected."""

    id: UUID
    version: VersionRow
    item_name: str
    form_words: dict[str, str]
    steps: tuple[FormStep, ...]
    steps_done: frozenset[str]
    answers: Answers
    answer_rows: tuple[AnswerRow, ...]
    lines: tuple[DraftLine, ...]
    mandate_id: UUID | None
    centre_id: int | None
    collect: CollectWay
    changed_at: datetime
    expires_on: date

    @property
    def open_parts(self) -> list[str]:
        """Codes of what is still to be done before this can be sent, in the order of the task list."""
        parts = [code for code in ("applicant",) if code not in self.steps_done]
        parts += [step.code for step in self.steps if step.code not in self.steps_done]
        parts += [line.line.code for line in self.lines if not line.is_done]
        return parts + [code for code in ("collection",) if code not in self.steps_done]


def draft_view(by: Resident, draft_id: UUID, language: str) -> DraftView:
    """One's own draft.

    Raises: NotFound. Three queries.
    """
    draft = Draft.objects.filter(pk=draft_id, user_id=by.user_id).first()
    if draft is None:
        raise NotFound
    found = version(draft.version_id)
    words, answers = texts(found, language), json.loads(draft.answers)
    return DraftView(
        id=draft.id,
        version=found,
        item_name=words.name,
        form_words=words.form,
        steps=found.content.form.steps,
        steps_done=frozenset(draft.steps_done),
        answers=answers,
        answer_rows=answer_rows(found, answers, words.form),
        lines=_lines(draft, found, answers, words.materials),
        mandate_id=draft.mandate_id,
        centre_id=draft.centre_id,
        collect=CollectWay(draft.collect),
        changed_at=draft.changed_at,
        expires_on=draft.expires_on,
    )


def _lines(
    draft: Draft, found: VersionRow, answers: Answers, words: dict[str, dict[str, str]]
) -> tuple[DraftLine, ...]:
    files: dict[str, list[FileRow]] = {}
    for row in draft.files.select_related("file").order_by("id"):
        file = row.file
        entry = FileRow(file.id, file.name, file.media_type, file.size, file.pages, is_replaced=False)
        files.setdefault(row.material_code, []).append(entry)
    rows = []
    for line in found.content.materials:
        given = Way.UPLOAD if line.code in files else Way(draft.ways.get(line.code, Way.NONE))
        own = words.get(line.code, {})
        rows.append(
            DraftLine(
                line=line,
                name=own.get("name") or line.name,
                note=own.get("note") or line.note,
                when=own.get("when") or line.when,
                way=way_at_start(line, answers, given),
                is_needed=is_needed(line, answers),
                files=tuple(files.get(line.code, ())),
            )
        )
    return tuple(rows)


def draft_file(by: Resident, draft_id: UUID, file_id: UUID) -> UUID:
    """The file, if it lies in one's own draft.

    Raises: NotFound
    """
    draft = Draft.objects.filter(pk=draft_id, user_id=by.user_id, files__file_id=file_id).exists()
    if not draft:
        raise NotFound
    return file_id
