"""Words to the applicant, or to whoever acts for them, about what has happened to the case."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import groupby
from operator import itemgetter
from uuid import UUID

from django.conf import settings
from django.utils import translation

from yimen.cases.actions.acting import may_act
from yimen.cases.models import Case, Clock
from yimen.cases.terms import CaseState, ClockKind, Way
from yimen.catalogue.queries import texts, version
from yimen.identity.queries import contact_of, legal_representative_of
from yimen.kernel import clock
from yimen.notices.actions import send_notice
from yimen.notices.terms import Occasion
from yimen.places.queries import centre_by_id, week_of
from yimen.ui.formats import intervals, money, weekday

#: Whose last day is spoken of on which occasion: the first of these limits that the case has.
_DAY_OF = {
    Occasion.CASE_FILED: (ClockKind.NOTICE,),
    Occasion.CASE_ACCEPTED: (ClockKind.PROMISED, ClockKind.STATUTORY),
    Occasion.CORRECTION_ASKED: (ClockKind.CORRECTION,),
    Occasion.CORRECTION_DUE: (ClockKind.CORRECTION,),
    Occasion.CASE_TERMINATED: (ClockKind.CORRECTION,),
    Occasion.PAYMENT_ASKED: (ClockKind.PROMISED, ClockKind.STATUTORY),
}
#: Occasions on which every line of the notice of corrections is said again.
_SAYS_LINES = {Occasion.CORRECTION_ASKED, Occasion.CORRECTION_DUE, Occasion.CASE_TERMINATED}
#: So many days before corrections are due, the applicant is reminded.
REMINDED_DAYS = (5, 1)


def remind_of_corrections(*, now: datetime) -> int:
    """Remind everybody whose corrections are due within five days, and again within one. May run twice.

    Nobody is reminded on the day on which they were asked. Returns how many cases were looked at.
    """
    today = clock.local_date(now)
    running = Clock.objects.filter(kind=ClockKind.CORRECTION, stopped_at=None, case__state=CaseState.CORRECTION)
    soon = running.filter(
        started_on__lt=today, due_on__gte=today, due_on__lte=today + timedelta(days=max(REMINDED_DAYS))
    )
    rows = [(case_id, due_on) for case_id, due_on in soon.values_list("case_id", "due_on") if due_on]
    for case_id, due_on in rows:
        days = min(days for days in REMINDED_DAYS if (due_on - today).days <= days)
        notify(case_id=case_id, occasion=Occasion.CORRECTION_DUE, again=f"-{days}", now=now)
    return len(rows)


def notify(*, case_id: UUID, occasion: Occasion, again: str = "", now: datetime) -> None:
    """Write to the person who follows the case: inbox, and SMS where a number is known. May run twice.

    ``again`` sets apart what is said more than once on the same occasion.
    """
    case = Case.objects.get(pk=case_id)
    person_id, is_on_record = _reader(case, now)
    contact = contact_of(person_id=person_id) if person_id else None
    centre = centre_by_id(case.centre_id)
    language = contact.language if contact and contact.user_id else case.language
    centre_name = centre.names.get(language) or centre.name
    send_notice(
        occasion=occasion,
        key=f"{case.id}:{occasion}:{_round(case, occasion)}{again}",
        facts={
            "case_no": case.case_no,
            "item_name": texts(version(case.version_id), language).name,
            "applicant_name": case.applicant_name,
            "due_on": _day_of(case, occasion),
            "why": _why(case, occasion),
            "amount": _amount(case, language) if occasion == Occasion.PAYMENT_ASKED else "",
            "hours": _hours(case, language, now) if occasion == Occasion.RESULT_READY else "",
            "centre": "" if occasion == Occasion.CASE_TERMINATED and not _has_paper(case) else centre_name,
            "address": centre.addresses.get(language) or centre.address,
            "link": f"{settings.BASE_URL}/my/cases/{case.case_no}/",
        },
        language=language,
        user_id=contact.user_id if contact else None,
        phone=(is_on_record and case.contact_phone) or (contact.phone if contact else ""),
        email=contact.email if contact else "",
        subject_kind="case",
        subject_no=case.case_no,
        now=now,
    )


def _reader(case: Case, now: datetime) -> tuple[UUID | None, bool]:
    """Who is written to, and whether the contact on record is theirs: whoever acts, for as long as they may."""
    acting = case.representative_id
    if acting is None or may_act(acting, case, now):
        return acting or case.person_id, True
    if case.organisation_id:
        return legal_representative_of(case.organisation_id, clock.local_date(now)), False
    return case.person_id, False


def _round(case: Case, occasion: Occasion) -> int:
    """Which time it is: corrections begin a new round of everything, a waiver one of asking for the fee."""
    waived = case.payments.exclude(waived_at=None).count() if occasion == Occasion.PAYMENT_ASKED else 0
    return case.corrections.count() + waived


def _day_of(case: Case, occasion: Occasion) -> str:
    """The day that matters on this occasion; empty while it is not fixed."""
    rows = Clock.objects.filter(case=case, kind__in=_DAY_OF.get(occasion, ())).order_by("id")
    by_kind = {row.kind: row for row in rows}
    row = next((by_kind[kind] for kind in _DAY_OF.get(occasion, ()) if kind in by_kind), None)
    return row.due_on.isoformat() if row and row.due_on else ""


def _why(case: Case, occasion: Occasion) -> str:
    """The reason of the act; for corrections every line with what is wrong, as the notice has it."""
    notice = case.corrections.order_by("-number").first() if occasion in _SAYS_LINES else None
    if notice is None:
        return case.reason
    names = {line.code: line.name for line in version(case.version_id).content.materials}
    return "\n".join(f"{names[line['code']]}：{line['flaw']}" for line in notice.lines)


def _has_paper(case: Case) -> bool:
    """Whether paper of the case lies at the window, to be given back."""
    return case.materials.filter(way=Way.PAPER, given_at__isnull=False).exists()


def _amount(case: Case, language: str) -> str:
    with translation.override(language):
        return money(sum(case.payments.filter(waived_at=None).values_list("amount_fen", flat=True)))


def _hours(case: Case, language: str, now: datetime) -> str:
    """The usual week of the centre in words, days alike taken together; days on which it is closed are left out."""
    today = clock.local_date(now)
    monday = today - timedelta(days=today.weekday())
    days = [(monday + timedelta(days=number - 1), rows) for number, rows in week_of(case.centre_id, today)]
    with translation.override(language):
        runs = [(list(run), rows) for rows, run in groupby(days, key=itemgetter(1)) if rows]
        return "; ".join(f"{_days(run[0][0], run[-1][0])} {intervals(rows)}" for run, rows in runs)


def _days(first: date, last: date) -> str:
    return weekday(first) if first == last else f"{weekday(first)}–{weekday(last)}"
