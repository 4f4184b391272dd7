"""Agencies, posts, staff and who holds which post. Each may run twice: what is there already is brought up to date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from yimen.identity.errors import PostHasTwoHouses
from yimen.identity.models import Agency, Appointment, Post, Staff, User
from yimen.identity.rules import check_name, check_uscc
from yimen.identity.terms import Duty
from yimen.kernel.actors import Actor


@dataclass(frozen=True, slots=True)
class AgencyFacts:
    """What is written down of a department."""

    code: str
    name: str
    region_id: int
    names: dict[str, str] = field(default_factory=dict)
    short_name: str = ""
    uscc: str = ""
    phone: str = ""
    review_body: str = ""
    court: str = ""
    is_in_hall: bool = False
    is_online: bool = False


@transaction.atomic
def register_agency(*, by: Actor, facts: AgencyFacts, now: datetime) -> Agency:  # noqa: ARG001
    """A department under its code.

    Raises: NameMissing, UsccMalformed, OrganisationCodeWrong, CheckCharacterWrong
    """
    columns = {
        "uscc": check_uscc(facts.uscc) if facts.uscc else "",
        "name": check_name(facts.name),
        **{
            name: getattr(facts, name) for name in ("names", "short_name", "region_id", "phone", "review_body", "court")
        },
        "is_in_hall": facts.is_in_hall,
        "is_online": facts.is_online,
    }
    agency, _ = Agency.objects.update_or_create(code=facts.code, defaults=columns)
    return agency


@transaction.atomic
def open_post(
    *,
    by: Actor,  # noqa: ARG001  every action says who acts
    code: str,
    name: str,
    duties: Sequence[Duty],
    names: dict[str, str] | None = None,
    agency_id: int | None = None,
    centre_id: int | None = None,
    now: datetime,  # noqa: ARG001
) -> Post:
    """A post of an agency or of a centre, with its duties.

    Raises: PostHasTwoHouses
    """
    if (agency_id is None) == (centre_id is None):
        raise PostHasTwoHouses
    columns = {
        "name": name,
        "names": names or {},
        "agency_id": agency_id,
        "centre_id": centre_id,
        "duties": [duty.value for duty in duties],
    }
    post, _ = Post.objects.update_or_create(code=code, defaults=columns)
    return post


@transaction.atomic
def register_staff(
    *,
    by: Actor,  # noqa: ARG001  every action says who acts
    staff_no: str,
    name: str,
    username: str,
    password_hash: str,
    now: datetime,  # noqa: ARG001
) -> Staff:
    """A member of staff with an account. Many may be given one password, so it comes hashed.

    Raises: NameMissing
    """
    user, _ = User.objects.update_or_create(username=username, defaults={"password": password_hash})
    staff, _ = Staff.objects.update_or_create(user=user, defaults={"staff_no": staff_no, "name": check_name(name)})
    return staff


@transaction.atomic
def appoint(
    *,
    by: Actor,  # noqa: ARG001  every action says who acts
    staff_id: int,
    post_id: int,
    valid_from: date,
    valid_until: date | None = None,
    now: datetime,  # noqa: ARG001
) -> Appointment:
    """A member of staff holds a post from a day on."""
    appointment, _ = Appointment.objects.update_or_create(
        staff_id=staff_id, post_id=post_id, valid_from=valid_from, defaults={"valid_until": valid_until}
    )
    return appointment
