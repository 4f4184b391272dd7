"""People, firms, staff and what they hold, as tests need them."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime
from typing import Any

from yimen.identity.models import Agency, Appointment, Organisation, Person, Post, Staff, User
from yimen.identity.rules import (
    check_phone,
    id_check_character,
    organisation_check_character,
    uscc_check_character,
)
from yimen.identity.terms import Duty, IdType, Resident
from yimen.kernel.actors import ActorKind
from yimen.kernel.sealing import keyed_index
from yimen.places.models import Centre, Institution, Region, Window, Zone

NOW = datetime(2016, 6, 25, 2, 0, tzinfo=UTC)
TODAY = date(2016, 6, 25)
_count = itertools.count(1)


def citizen_number(born: str = "19880101", sequence: int | None = None) -> str:
    """A number with a valid check character."""
    body = f"440306{born}{(sequence or next(_count)) % 1000:03d}"
    return body + id_check_character(body)


def firm_code(number: int | None = None) -> str:
    """A code with valid check characters."""
    body = f"{number or next(_count):08d}"
    head = f"91440306{body}{organisation_check_character(body)}"
    return head + uscc_check_character(head)


def a_region() -> Region:
    return Region.objects.get_or_create(
        code="440306",
        valid_from=date(1992, 11, 11),
        defaults={"name": "宝安区", "level": "district", "path": "44/4403/440306"},
    )[0]


def an_institution() -> Institution:
    """Who runs the installation; the frame of every page names it."""
    return Institution.objects.get_or_create(
        name="示例政务服务中心", defaults={"region": a_region(), "case_prefix": "BA", "hotline": "85908590"}
    )[0]


def a_centre(code: str = "BA") -> Centre:
    found = Centre.objects.filter(code=code).first()
    return found or Centre.objects.create(
        code=code, name=f"中心{code}", tier="district", region=a_region(), address="示例路1号"
    )


def a_window(centre: Centre, code: str = "A01") -> Window:
    zone, _ = Zone.objects.get_or_create(centre=centre, code="A", defaults={"name": "受理区"})
    return Window.objects.create(zone=zone, centre=centre, code=code)


def an_agency(code: str = "market") -> Agency:
    return Agency.objects.get_or_create(code=code, defaults={"name": f"{code}局", "region": a_region()})[0]


def a_post(code: str, *duties: Duty, agency: Agency | None = None, centre: Centre | None = None) -> Post:
    columns: dict[str, Any] = {"name": code, "duties": list(duties), "agency": agency, "centre": centre}
    return Post.objects.get_or_create(code=code, defaults=columns)[0]


def a_staff(*posts: Post, since: date = date(2016, 1, 1), until: date | None = None, username: str = "") -> Staff:
    number = next(_count)
    user = User.objects.create_user(username or f"staff{number}", "a long pass phrase")
    staff = Staff.objects.create(user=user, staff_no=f"BA{number:04d}", name="林窗口")
    for post in posts:
        Appointment.objects.create(staff=staff, post=post, valid_from=since, valid_until=until)
    return staff


def a_person(name: str = "陈示例", id_number: str = "", phone: str = "") -> Person:
    number = id_number or citizen_number()
    reached = check_phone(phone) if phone else ""
    return Person.objects.create(
        name=name,
        id_type=IdType.CITIZEN,
        id_number=number,
        id_index=keyed_index(number),
        phone=reached,
        phone_index=keyed_index(reached) if reached else None,
        created_at=NOW,
    )


def a_user(person: Person | None = None, *, phone: str = "", is_verified: bool = True, username: str = "") -> User:
    reached = check_phone(phone) if phone else ""
    return User.objects.create_user(
        username or f"user{next(_count)}",
        "a long pass phrase",
        person=person,
        phone=reached,
        phone_index=keyed_index(reached) if reached and is_verified else None,
        phone_verified_at=NOW if reached and is_verified else None,
    )


def a_resident(name: str = "陈示例", phone: str = "") -> Resident:
    person = a_person(name, phone=phone)
    user = a_user(person, phone=phone)
    return Resident(
        kind=ActorKind.RESIDENT, id=str(user.pk), label="resident", name=name, user_id=user.pk, person_id=person.pk
    )


def a_firm(name: str = "深圳示例小满餐饮店", led_by: str = "") -> Organisation:
    return Organisation.objects.create(name=name, uscc=firm_code(), legal_representative=led_by, created_at=NOW)
