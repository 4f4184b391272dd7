"""What staff ask: what waits at my counter, at my post, at my issuing window; one case to act on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from yimen.calendar.queries import asking_calendar, work_calendar
from yimen.calendar.rules import WorkCalendar, working_days_between
from yimen.cases.errors import NotYourCase
from yimen.cases.models import Case, CaseStep, HandOverList
from yimen.cases.queries.doors import AT_ISSUING
from yimen.cases.queries.view import CaseView, view_of
from yimen.cases.rules import normal_case_number
from yimen.cases.terms import CaseState, FilingChannel, StepState
from yimen.catalogue.queries import takes_in, texts, version
from yimen.catalogue.terms import StepKind
from yimen.identity.terms import Duty, Officer, Resident
from yimen.kernel import clock
from yimen.kernel.actors import Actor
from yimen.kernel.errors import NotFound
from yimen.kernel.questions import Question, Rows, ask, rows_of

PAGE = 30
#: Counts stop here: "1,000+" is all a badge needs.
CAP = 1000


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One line of a work list."""

    id: UUID
    case_no: str
    item_name: str
    applicant_name: str
    state: CaseState
    channel: FilingChannel
    filed_at: datetime
    due_on: date | None
    days_left: int | None
    step_code: str = ""
    step_name: str = ""
    step_kind: str = ""
    cursor: str = ""


@dataclass(frozen=True, slots=True)
class DeskCounts:
    """Numbers for the top bar and the home page; each stops at ``CAP``."""

    counter: int = 0
    tasks: int = 0
    late: int = 0
    today: int = 0
    issuing: int = 0
    bags: int = 0


def _row(case: Case, language: str, due_on: date | None, calendar: WorkCalendar, cursor: str = "") -> DeskRow:
    words = texts(version(case.version_id), language)
    return DeskRow(
        id=case.id,
        case_no=case.case_no,
        item_name=words.name,
        applicant_name=case.applicant_name,
        state=CaseState(case.state),
        channel=FilingChannel(case.channel),
        filed_at=case.filed_at,
        due_on=due_on,
        days_left=working_days_between(clock.today(), due_on, calendar) if due_on else None,
        cursor=cursor,
    )


#: What waits at the window, and what else can be found there by number or name.
_WAITING = (CaseState.FILED, CaseState.RECEIVED, CaseState.AWAITING_PAYMENT)
_SEARCHED = (*_WAITING, CaseState.CORRECTION, CaseState.IN_REVIEW)


def _at_window(officer: Officer, *states: CaseState) -> QuerySet[Case]:
    return Case.objects.filter(centre_id=officer.centre_id or 0, state__in=states)


def _counter(officer: Officer) -> QuerySet[Case]:
    return _at_window(officer, *_WAITING)


def counter_list(
    officer: Officer, language: str, *, after: tuple[datetime, UUID] | None = None, words: str = ""
) -> list[DeskRow]:
    """Cases at the officer's centre that wait for the window, oldest first; keyset by (filed_at, id).

    With ``words`` also those that wait for corrections or are being examined: somebody may bring paper for them.
    """
    rows = _at_window(officer, *_SEARCHED) if words else _counter(officer)
    rows = rows.order_by("filed_at", "id")
    if after:
        rows = rows.filter(Q(filed_at__gt=after[0]) | Q(filed_at=after[0], id__gt=after[1]))
    if words:
        rows = rows.filter(Q(case_no=normal_case_number(words)) | Q(applicant_name__contains=words))
    notices = {row.id: row for row in rows[:PAGE]}
    due = dict(
        Case.objects.filter(pk__in=notices, clocks__kind="notice", clocks__stopped_at=None).values_list(
            "id", "clocks__watch_on"
        )
    )
    calendar = work_calendar()
    return [
        _row(case, language, due.get(case.id) or case.due_on, calendar, cursor=f"{case.filed_at.isoformat()}_{case.id}")
        for case in notices.values()
    ]


#: A decision that waits for a fee is a task too, and can still be a refusal.
_OF_TASKS = (CaseState.IN_REVIEW, CaseState.AWAITING_PAYMENT)


def _tasks(officer: Officer) -> QuerySet[CaseStep]:
    """Open steps of the officer's posts."""
    return CaseStep.objects.filter(post__code__in=officer.posts, state=StepState.OPEN, case__state__in=_OF_TASKS)


def task_list(
    officer: Officer,
    language: str,
    *,
    after: tuple[date, int] | None = None,
    kind: str = "",
    item_code: str = "",
    words: str = "",
    due_until: date | None = None,
) -> list[DeskRow]:
    """Open steps of the officer's posts, most urgent first; keyset by (due_on, id). One round trip."""
    where = {
        "step.kind = %(kind)s": kind,
        "kase.item_id = (SELECT id FROM catalogue_item WHERE code = %(item)s)": item_code,
        "(kase.case_no = %(number)s OR strpos(kase.applicant_name, %(words)s) > 0)": words,
        "step.due_on <= %(until)s": due_until,
        "(step.due_on, step.id) > (%(after_on)s, %(after_id)s)": after,
    }
    after_on, after_id = after or (None, None)
    values = {
        "posts": list(officer.posts),
        "states": [str(state) for state in _OF_TASKS],
        "kind": kind,
        "item": item_code,
        "number": normal_case_number(words),
        "words": words,
        "until": due_until,
        "after_on": after_on,
        "after_id": after_id,
    }
    conditions = " AND ".join(sql for sql, given in where.items() if given)
    rows, calendar = ask(_asking_tasks(conditions, values), asking_calendar())
    return [_task(row, language, calendar) for row in rows]


def _asking_tasks(conditions: str, values: Mapping[str, object]) -> Question[Rows]:
    more = f" AND {conditions}" if conditions else ""
    used = {key: value for key, value in values.items() if key in {"posts", "states"} or f"%({key})s" in more}
    return Question(
        f"""
        SELECT kase.id, kase.case_no, kase.version_id, kase.applicant_name, kase.state, kase.channel, kase.filed_at,
               kase.due_on, step.id, step.code, step.name, step.kind, step.due_on
        FROM cases_casestep step JOIN cases_case kase ON kase.id = step.case_id
        WHERE step.post_id IN (SELECT id FROM identity_post WHERE code = ANY(%(posts)s))
          AND step.state = '{StepState.OPEN}' AND kase.state = ANY(%(states)s){more}
        ORDER BY step.due_on NULLS LAST, step.id LIMIT {PAGE}
        """,
        used,
        list,
    )


def _task(row: tuple[Any, ...], language: str, calendar: WorkCalendar) -> DeskRow:
    """One line of ``_asking_tasks``; what is due first counts, the step or the case."""
    pk, case_no, version_id, applicant, state, channel, filed_at, case_due, step_id, code, name, kind, step_due = row
    words, due_on = texts(version(version_id), language), _sooner(step_due, case_due)
    return DeskRow(
        id=pk,
        case_no=case_no,
        item_name=words.name,
        applicant_name=applicant,
        state=CaseState(state),
        channel=FilingChannel(channel),
        filed_at=filed_at,
        due_on=due_on,
        days_left=working_days_between(clock.today(), due_on, calendar) if due_on else None,
        step_code=code,
        step_name=words.route.get(code) or name,
        step_kind=kind,
        cursor=f"{step_due}_{step_id}",
    )


def _sooner(one: date | None, other: date | None) -> date | None:
    return min((day for day in (one, other) if day), default=None)


def _issuing(officer: Officer) -> QuerySet[Case]:
    return Case.objects.filter(
        centre_id=officer.centre_id or 0, state__in=[CaseState.GRANTED, CaseState.REFUSED, CaseState.READY]
    )


def issuing_list(
    officer: Officer, language: str, *, words: str = "", after: tuple[datetime, UUID] | None = None
) -> list[DeskRow]:
    """Results to be made or handed over at the officer's centre, longest decided first; keyset by (decided_at, id)."""
    rows = _issuing(officer).order_by("decided_at", "id")
    if words:
        rows = rows.filter(Q(case_no=normal_case_number(words)) | Q(applicant_name__contains=words))
    if after:
        rows = rows.filter(Q(decided_at__gt=after[0]) | Q(decided_at=after[0], id__gt=after[1]))
    calendar = work_calendar()
    return [
        _row(case, language, None, calendar, cursor=f"{case.decided_at and case.decided_at.isoformat()}_{case.id}")
        for case in rows[:PAGE]
    ]


def payment_list(officer: Officer, language: str, *, words: str = "") -> list[DeskRow]:
    """Cases at the officer's centre that wait for their fee, those due first; search finds what stands further down."""
    rows = _at_window(officer, CaseState.AWAITING_PAYMENT).order_by(F("due_on").asc(nulls_last=True), "id")
    if words:
        rows = rows.filter(Q(case_no=normal_case_number(words)) | Q(applicant_name__contains=words))
    calendar = work_calendar()
    return [_row(case, language, case.due_on, calendar) for case in rows[:PAGE]]


def desk_counts(officer: Officer) -> DeskCounts:
    """What waits for this officer. At most five capped counts."""
    today = clock.today()
    tasks = _tasks(officer)
    has_tasks = bool(officer.duties & {Duty.REVIEW, Duty.SURVEY, Duty.DECIDE})
    return DeskCounts(
        counter=_capped(_counter(officer)) if Duty.ACCEPT in officer.duties else 0,
        tasks=_capped(tasks) if has_tasks else 0,
        late=_capped(tasks.filter(due_on__lt=today)) if has_tasks else 0,
        today=_capped(tasks.filter(due_on=today)) if has_tasks else 0,
        issuing=_capped(_at_window(officer, *AT_ISSUING)) if Duty.ISSUE in officer.duties else 0,
        bags=_capped(HandOverList.objects.filter(agency_id=officer.agency_id, received_at=None))
        if officer.agency_id and has_tasks
        else 0,
    )


def _capped(rows: QuerySet[Case] | QuerySet[CaseStep] | QuerySet[HandOverList]) -> int:
    return len(rows.order_by().values_list("pk", flat=True)[:CAP])


def desk_case(officer: Officer, case_no: str, language: str) -> CaseView:
    """A case on the desk of somebody who has a part in it.

    Raises: NotFound, NotYourCase
    """
    found = rows_of(Case, "case_no = %s", [normal_case_number(case_no)]).answer()
    if not found:
        raise NotFound
    if not _has_a_part(officer, found[0]):
        raise NotYourCase
    return view_of(found[0], language)


def case_id(case_no: str) -> UUID:
    """The key of the case with this number, for an act that checks by itself who may.

    Raises: NotFound
    """
    number = normal_case_number(case_no)
    rows: Rows = Question("SELECT id FROM cases_case WHERE case_no = %s", (number,), list).answer()
    if not rows:
        raise NotFound
    found: UUID = rows[0][0]
    return found


def case_for_system(by: Actor, case_no: str, language: str) -> CaseView:
    """A case for the resident or the system that filed it.

    Raises: NotFound
    """
    cases = Case.objects.filter(case_no=normal_case_number(case_no))
    if isinstance(by, Resident):
        cases = cases.filter(Q(person_id=by.person_id) | Q(representative_id=by.person_id))
    else:
        cases = cases.filter(filed_by=f"{by.kind}:{by.id}")
    case = cases.first()
    if case is None:
        raise NotFound
    return view_of(case, language)


def _has_a_part(officer: Officer, case: Case) -> bool:
    """Staff see the cases of their agency or centre, those their centre could take in, and all if they supervise."""
    if Duty.SUPERVISE in officer.duties:
        return True
    if officer.agency_id is not None and officer.agency_id == case.agency_id:
        return True
    if officer.centre_id is not None:
        return officer.centre_id == case.centre_id or (
            case.state in {CaseState.FILED, CaseState.CORRECTION} and takes_in(case.item_id, officer.centre_id)
        )
    posts = CaseStep.objects.filter(case=case, post__code__in=officer.posts)
    return posts.exists()


def own_steps(officer: Officer, view: CaseView, *kinds: StepKind) -> list[str]:
    """Codes of the open steps of this case that are the officer's."""
    return [
        step.code
        for step in view.steps
        if step.state == StepState.OPEN and step.post_code in officer.posts and (not kinds or step.kind in kinds)
    ]


def case_with_key(key: str) -> str:
    """Number of the case that was filed with this idempotency key by whomever; empty where there is none."""
    return Case.objects.filter(idempotency_key=key).values_list("case_no", flat=True).first() or ""


def open_steps_of(case_id: UUID) -> list[tuple[StepKind, str]]:
    """Kind and post of every open step of a case."""
    rows = CaseStep.objects.filter(case_id=case_id, state=StepState.OPEN).select_related("post")
    return [(StepKind(row.kind), row.post.code) for row in rows]
