"""Words to the applicant, or to whoever acts for them, about what has happened to the case."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import groupby
from operator import itemgetter
from uuid import UUID

from django.conf import settings
from django.utils import translation

from yimen.cases.models import Case, Clock
from yimen.cases.terms import ClockKind
from yimen.catalogue.queries import texts, version
from yimen.identity.queries import contact_of
from yimen.kernel import clock
from yimen.notices.actions import send_notice
from yimen.notices.terms import Occasion
from yimen.places.queries import centre_by_id, week_of
from yimen.ui.formats import intervals, money, weekday


def notify(*, case_id: UUID, occasion: Occasion, now: datetime) -> None:
    """Write to the person who follows the case: inbox, and SMS where a number is known. May run twice."""
    case = Case.objects.get(pk=case_id)
    person_id = case.representative_id or case.person_id
    contact = contact_of(person_id=person_id) if person_id else None
    centre = centre_by_id(case.centre_id)
    language = contact.language if contact and contact.user_id else case.language
    send_notice(
        occasion=occasion,
        key=f"{case.id}:{occasion}:{case.corrections.count()}",
        facts={
            "case_no": case.case_no,
            "item_name": texts(version(case.version_id), language).name,
            "applicant_name": case.applicant_name,
            "due_on": _day_of(case, occasion),
            "why": _why(case, occasion),
            "amount": _amount(case, language) if occasion == Occasion.PAYMENT_ASKED else "",
            "hours": _hours(case, language, now) if occasion == Occasion.RESULT_READY else "",
            "centre": centre.names.get(language) or centre.name,
            "address": centre.addresses.get(language) or centre.address,
            "link": f"{settings.BASE_URL}/my/cases/{case.case_no}/",
        },
        language=language,
        user_id=contact.user_id if contact else None,
        phone=case.contact_phone or (contact.phone if contact else ""),
        email=contact.email if contact else "",
        subject_kind="case",
        subject_no=case.case_no,
        now=now,
    )


def _day_of(case: Case, occasion: Occasion) -> str:
    """The day that matters on this occasion; empty while it is not fixed."""
    kinds = {
        Occasion.CORRECTION_ASKED: ClockKind.CORRECTION,
        Occasion.CASE_ACCEPTED: ClockKind.PROMISED,
        Occasion.CASE_FILED: ClockKind.NOTICE,
    }
    kind = kinds.get(occasion)
    row = Clock.objects.filter(case=case, kind=kind).order_by("-id").first() if kind else None
    return row.due_on.isoformat() if row and row.due_on else ""


def _why(case: Case, occasion: Occasion) -> str:
    """The reason of the act; for corrections every line with what is wrong, as the notice has it."""
    notice = case.corrections.order_by("-number").first() if occasion == Occasion.CORRECTION_ASKED else None
    if notice is None:
        return case.reason
    names = {line.code: line.name for line in version(case.version_id).content.materials}
    return "\n".join(f"{names[line['code']]}：{line['flaw']}" for line in notice.lines)


def _amount(case: Case, language: str) -> str:
    with translation.override(language):
        return money(sum(case.payments.values_list("amount_fen", flat=True)))


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
