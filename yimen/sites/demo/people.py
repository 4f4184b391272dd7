"""Agencies, posts, staff, residents, firms and mandates of the demo, from ``demo/baoan/people.json``; may run twice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction

from yimen.identity.actions import (
    AgencyFacts,
    appoint,
    give_mandate,
    issue_token,
    lead_organisation,
    open_post,
    open_resident_account,
    register_agency,
    register_person,
    register_staff,
)
from yimen.identity.queries import may_represent, resident_of
from yimen.identity.terms import Duty, MandateScope, Resident
from yimen.kernel import clock
from yimen.kernel.actors import SYSTEM
from yimen.places.queries import centre, centres, institution

Data = dict[str, Any]


@transaction.atomic
def load_people(data: Data, now: datetime) -> Data:
    """Load everybody; the centres of ``places.json`` are there already.

    Returns what ``sign-ins.json`` holds: ``sign_ins`` (role, name, username, password, note) and ``tokens`` (name,
    scopes, token).
    """
    password = make_password(data["password"])
    agencies = {row["code"]: _agency(row, now) for row in data["agencies"]}
    staff = _Staff(data, password, now)
    for agency, key in agencies.items():
        for post in data["agency_posts"]:
            staff.fill(f"{agency}.{post['suffix']}", post, post["people"], agency_id=key)
    for post in data["single_posts"]:
        staff.fill(post["code"], post, 1, agency_id=agencies["service"])
    for row in centres():
        for post in data["centre_posts"]:
            staff.fill(f"{post['prefix']}.{row.code}", post, post["people"][row.tier], centre_id=row.id)
    residents = {row["username"]: _resident(row, password, now) for row in data["residents"]}
    _firms_and_mandates(data, residents, now)
    people = {**staff.people, **{row["username"]: (row["name"], row["note"]) for row in data["residents"]}}
    return {
        "sign_ins": [_sign_in(row, people, data["password"]) for row in data["sign_ins"]],
        "tokens": [_token(row, staff, now) for row in data["tokens"]],
    }


def write_sign_ins(found: Data, path: Path) -> None:
    """The sign-ins and tokens as JSON, for their owner alone."""
    path.touch(mode=0o600)
    path.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _agency(row: Data, now: datetime) -> int:
    own = row["region_of_centre"]
    facts = AgencyFacts(
        code=row["code"],
        name=row["name"],
        short_name=row["short_name"],
        names=row["names"],
        region_id=centre(own).region_id if own else institution().region_id,
        uscc=row["uscc"],
        phone=row["phone"],
        review_body=row["review_body"],
        court=row["court"],
        is_in_hall=row["in_hall"],
        is_online=row["online"],
    )
    return register_agency(by=SYSTEM, facts=facts, now=now).pk


class _Staff:
    """Posts and who holds them: names are a family name and the word of the post, numbers are counted up."""

    def __init__(self, data: Data, password: str, now: datetime) -> None:
        self.data, self.password, self.now = data, password, now
        self.since = date.fromisoformat(data["since"])
        self.people: dict[str, tuple[str, str]] = {}
        self.keys: dict[str, int] = {}

    def fill(self, code: str, post: Data, count: int, **house: int) -> None:
        """Open a post and appoint ``count`` people to it."""
        duties = [Duty(duty) for duty in post["duties"]]
        key = open_post(
            by=SYSTEM, code=code, name=post["name"], names=post["names"], duties=duties, now=self.now, **house
        ).pk
        for username in _usernames(code, count):
            appoint(
                by=SYSTEM, staff_id=self._hire(username, code, post), post_id=key, valid_from=self.since, now=self.now
            )

    def _hire(self, username: str, code: str, post: Data) -> int:
        number = len(self.people)
        surnames = self.data["surnames"]
        name = f"{surnames[number % len(surnames)]}{post['says']}(演示)"
        row = register_staff(
            by=SYSTEM,
            staff_no=f"BA{number + 1:04d}",
            name=name,
            username=username,
            password_hash=self.password,
            now=self.now,
        )
        self.people[username], self.keys[username] = (name, code), row.pk
        return row.pk


def _usernames(code: str, count: int) -> Iterator[str]:
    """``market-reviewer-1``, ``clerk-ba-xa-01-2``."""
    for number in range(1, count + 1):
        yield f"{code.replace('.', '-').lower()}-{number}"


def _resident(row: Data, password: str, now: datetime) -> Resident:
    person = register_person(
        by=SYSTEM, name=row["name"], id_type=row["id_type"], id_number=row["id_number"], phone=row["phone"], now=now
    )
    user = open_resident_account(
        by=SYSTEM,
        username=row["username"],
        password_hash=password,
        person_id=person.pk,
        phone=row["phone"],
        language=row["language"],
        now=now,
    )
    resident = resident_of(user.pk)
    assert resident is not None
    return resident


def _firms_and_mandates(data: Data, residents: dict[str, Resident], now: datetime) -> None:
    firms: dict[str, tuple[Resident, UUID]] = {}
    for row in data["organisations"]:
        leader = residents[row["led_by"]]
        held = lead_organisation(by=leader, name=row["name"], uscc=row["uscc"], address=row["address"], now=now)
        assert held.organisation_id is not None
        firms[row["name"]] = (leader, held.organisation_id)
    for row in data["mandates"]:
        giver, firm = firms.get(row["from"]) or (residents[row["from"]], None)
        _mandate(giver, firm, residents[row["to"]], MandateScope(row["scope"]), now)


def _mandate(giver: Resident, firm: UUID | None, holder: Resident, scope: MandateScope, now: datetime) -> None:
    assert holder.person_id is not None
    person = None if firm else giver.person_id
    today = clock.local_date(now)
    if may_represent(holder.person_id, person_id=person, organisation_id=firm, on=today, scope=scope) is None:
        give_mandate(
            by=giver,
            representative_id=holder.person_id,
            person_id=person,
            organisation_id=firm,
            scope=scope,
            now=now,
        )


def _sign_in(row: Data, people: dict[str, tuple[str, str]], password: str) -> Data:
    name, note = people[row["username"]]
    return {"role": row["role"], "name": name, "username": row["username"], "password": password, "note": note}


def _token(row: Data, staff: _Staff, now: datetime) -> Data:
    key = staff.keys[row["staff"]] if row["staff"] else None
    token = issue_token(by=SYSTEM, name=row["name"], scopes=row["scopes"], staff_id=key, now=now)
    return {"name": row["name"], "scopes": row["scopes"], "token": token}
