"""Agencies, posts, and who holds them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from yimen.identity.models import Agency, Appointment, Post, Staff
from yimen.identity.queries.when import valid_on
from yimen.identity.terms import Duty
from yimen.kernel.errors import NotFound
from yimen.kernel.questions import Question


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """A department; the review body and the court are printed on refusals."""

    id: int
    code: str
    name: str
    names: dict[str, str]
    short_name: str
    uscc: str
    phone: str
    review_body: str
    court: str
    is_in_hall: bool
    is_online: bool


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post that somebody holds."""

    code: str
    name: str
    names: dict[str, str]
    place: str
    duties: tuple[Duty, ...]
    valid_until: date | None


def is_staff_account(user_id: int) -> bool:
    """Whether a staff record stands behind the account, with or without a post today."""
    return Staff.objects.filter(user_id=user_id).exists()


def staff_posts(staff_ids: Iterable[int], *, on: date) -> dict[int, frozenset[str]]:
    """Codes of the posts that each of these members of staff holds on the day. One query."""
    held = Appointment.objects.filter(valid_on(on), staff_id__in=list(staff_ids), staff__user__is_active=True)
    posts: dict[int, set[str]] = {}
    for staff_id, code in held.values_list("staff_id", "post__code"):
        posts.setdefault(staff_id, set()).add(code)
    return {staff_id: frozenset(codes) for staff_id, codes in posts.items()}


def holders_of(post_code: str, *, on: date) -> list[tuple[int, str, str]]:
    """Who holds the post on the day: key, staff number, name; by staff number. One query."""
    held = Appointment.objects.filter(valid_on(on), post__code=post_code, staff__user__is_active=True)
    return list(held.order_by("staff__staff_no").values_list("staff_id", "staff__staff_no", "staff__name").distinct())


def posts_of(staff_id: int, on: date) -> list[PostRow]:
    """The posts of a member of staff on the day. One query."""
    held = Appointment.objects.filter(valid_on(on), staff_id=staff_id).order_by("post__code")
    return [_post_row(row) for row in held.select_related("post__agency", "post__centre")]


def _post_row(row: Appointment) -> PostRow:
    post = row.post
    place = post.agency.name if post.agency else post.centre.name if post.centre else ""
    return PostRow(
        code=post.code,
        name=post.name,
        names=post.names,
        place=place,
        duties=tuple(Duty(duty) for duty in post.duties),
        valid_until=row.valid_until,
    )


def asking_posts(codes: Iterable[str]) -> Question[dict[str, int]]:
    """Keys of posts by their codes; unknown codes are left out."""
    return Question("SELECT code, id FROM identity_post WHERE code = ANY(%s)", (list(codes),), dict)


def post_id(code: str) -> int:
    """The key of a post.

    Raises: NotFound
    """
    found = Post.objects.filter(code=code).values_list("pk", flat=True).first()
    if found is None:
        raise NotFound
    return found


def agency_row(agency_id: int) -> AgencyRow:
    """One agency.

    Raises: NotFound
    """
    found = Agency.objects.filter(pk=agency_id).first()
    if found is None:
        raise NotFound
    return _agency_row(found)


def find_agency(code: str) -> AgencyRow | None:
    """The agency with this code."""
    found = Agency.objects.filter(code=code).first()
    return _agency_row(found) if found else None


def agencies() -> list[AgencyRow]:
    """Every agency, by code. One query."""
    return [_agency_row(row) for row in Agency.objects.all()]


def _agency_row(row: Agency) -> AgencyRow:
    return AgencyRow(
        id=row.pk,
        code=row.code,
        name=row.name,
        names=row.names,
        short_name=row.short_name or row.name,
        uscc=row.uscc,
        phone=row.phone,
        review_body=row.review_body,
        court=row.court,
        is_in_hall=row.is_in_hall,
        is_online=row.is_online,
    )


@dataclass(frozen=True, slots=True)
class WindowChoice:
    """A window at which a clerk may sit."""

    id: int
    code: str
    centre_name: str


def windows_of(staff_id: int, on: date) -> list[WindowChoice]:
    """The windows at which somebody may sit on the day, by centre and code. One query, along the keys to places."""
    held = Appointment.objects.filter(valid_on(on), staff_id=staff_id, post__centre__windows__is_open=True)
    rows = held.order_by("post__centre__code", "post__centre__windows__code").values_list(
        "post__centre__windows__id", "post__centre__windows__code", "post__centre__name"
    )
    return [WindowChoice(*row) for row in rows.distinct()]
