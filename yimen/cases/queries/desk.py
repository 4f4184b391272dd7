"""What staff ask: what waits at my counter, at my post, at my issuing window; one case to act on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet

from yimen.calendar.queries import work_calendar
from yimen.calendar.rules import WorkCalendar, working_days_between
from yimen.cases.errors import NotYourCase
from yimen.cases.models import Case, CaseStep, HandOverList
from yimen.cases.queries.view import CaseView, view_of
from yimen.cases.rules import normal_case_number
from yimen.cases.terms import CaseState, FilingChannel, StepState
from yimen.catalogue.queries import takes_in, texts, version
from yimen.catalogue.terms import StepKind
from yimen.identity.terms import Duty, Officer, Resident
from yimen.kernel import clock
from yimen.kernel.actors import Actor
from yimen.kernel.errors import NotFound
from yimen.kernel.questions import Question, Rows, rows_of

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


def _row(
    case: Case,
    language: str,
    due_on: date | None,
    calendar: WorkCalendar,
    step: CaseStep | None = None,
    cursor: str = "",
) -> DeskRow:
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
        step_code=step.code if step else "",
        step_name=(words.route.get(step.code) or step.name) if step else "",
        step_kind=step.kind if step else "",
        cursor=cursor,
    )


def _counter(officer: Officer) -> QuerySet[Case]:
    return Case.objects.filter(
        centre_id=officer.centre_id or 0, state__in=[CaseState.FILED, CaseState.RECEIVED, CaseState.AWAITING_PAYMENT]
    )


def counter_list(
    officer: Officer, language: str, *, after: tuple[datetime, UUID] | None = None, words: str = ""
) -> list[DeskRow]:
    """Cases at the officer's centre that wait to be accepted, oldest first; keyset by (filed_at, id)."""
    rows = _counter(officer).order_by("filed_at", "id")
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


def _tasks(officer: Officer) -> QuerySet[CaseStep]:
    return CaseStep.objects.filter(post__code__in=officer.posts, state=StepState.OPEN, case__state=CaseState.IN_REVIEW)


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
    """Open steps of the officer's posts, most urgent first; keyset by (due_on, id). One query and the texts."""
    steps = _tasks(officer).select_related("case").order_by(F("due_on").asc(nulls_last=True), "id")
    if kind:
        steps = steps.filter(kind=kind)
    if item_code:
        steps = steps.filter(case__item__code=item_code)
    if words:
        steps = steps.filter(Q(case__case_no=normal_case_number(words)) | Q(case__applicant_name__contains=words))
    if due_until:
        steps = steps.filter(due_on__lte=due_until)
    if after:
        steps = steps.filter(Q(due_on__gt=after[0]) | Q(due_on=after[0], id__gt=after[1]))
    calendar = work_calendar()
    return [
        _row(step.case, language, _sooner(step.due_on, step.case.due_on), calendar, step, f"{step.due_on}_{step.id}")
        for step in steps[:PAGE]
    ]


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
        issuing=_capped(_issuing(officer)) if Duty.ISSUE in officer.duties else 0,
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
            case.state == CaseState.FILED and takes_in(case.item_id, officer.centre_id)
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
