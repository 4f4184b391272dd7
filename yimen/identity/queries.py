"""Questions about people, organisations, agencies and posts. What is personal leaves this file masked, save for sending."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from yimen.identity.models import (
    Agency,
    ApiToken,
    Appointment,
    Look,
    Mandate,
    Organisation,
    Person,
    Post,
    Staff,
    User,
)
from yimen.identity.rules import check_id_number, check_uscc, mask_id, mask_name, mask_phone
from yimen.identity.terms import Basis, Duty, IdType, MandateScope, NameLevel, Officer, Resident
from yimen.kernel import clock
from yimen.kernel.actors import Actor, ActorKind
from yimen.kernel.errors import NotFound, NotValid
from yimen.kernel.sealing import keyed_index


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person as everybody may see them at work."""

    id: UUID
    name: str
    id_type: IdType
    id_masked: str
    phone_masked: str
    language: str
    user_id: int | None
    name_level: NameLevel


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """An organisation; its code is public, its telephone is not."""

    id: UUID
    name: str
    uscc: str
    legal_representative: str
    address: str
    phone_masked: str


@dataclass(frozen=True, slots=True)
class PrincipalRow:
    """Somebody for whom a person may act; ``masked`` is the masked document number or the code of the organisation."""

    mandate_id: UUID
    kind: str
    id: UUID
    name: str
    masked: str
    scope: MandateScope
    basis: str
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class MandateRow:
    """A mandate that a person has given, alone or for an organisation."""

    id: UUID
    representative_name: str
    representative_masked: str
    principal_name: str
    scope: MandateScope
    basis: str
    valid_from: date
    valid_until: date | None
    withdrawn_at: datetime | None
    is_valid: bool


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


@dataclass(frozen=True, slots=True)
class ContactRow:
    """Where words reach somebody. Unsealed: for sending only, never for showing."""

    user_id: int | None
    phone: str
    email: str
    language: str


@dataclass(frozen=True, slots=True)
class LookRow:
    """Somebody looked: when, who (a staff number or a system), at what, why."""

    at: datetime
    actor_kind: str
    actor_label: str
    what: str
    reason: str
    subject_no: str


def _valid_on(on: date) -> Q:
    return Q(valid_from__lte=on) & (Q(valid_until=None) | Q(valid_until__gte=on))


# who acts


def officer_of(user_id: int, on: date) -> Officer | None:
    """The member of staff behind an account with the posts of that day; None without an account or a post. Two queries."""
    staff = Staff.objects.select_related("window").filter(user_id=user_id, user__is_active=True).first()
    return _officer(staff, on) if staff else None


def officer_by_id(staff_id: int, on: date) -> Officer | None:
    """The same by the key of the staff record. Two queries."""
    staff = Staff.objects.select_related("window").filter(pk=staff_id, user__is_active=True).first()
    return _officer(staff, on) if staff else None


def _officer(staff: Staff, on: date) -> Officer | None:
    held = Appointment.objects.filter(_valid_on(on), staff=staff).select_related("post").order_by("post__code")
    posts = [row.post for row in held]
    if not posts:
        return None
    centres = [post.centre_id for post in posts if post.centre_id]
    window = staff.window if staff.window and staff.window.centre_id in centres else None
    return Officer(
        kind=ActorKind.OFFICER,
        id=str(staff.pk),
        label=staff.staff_no,
        name=staff.name,
        agency_id=next((post.agency_id for post in posts if post.agency_id), None),
        centre_id=window.centre_id if window else next(iter(centres), None),
        window_id=window.pk if window else None,
        duties=frozenset(Duty(duty) for post in posts for duty in post.duties),
        posts=frozenset(post.code for post in posts),
    )


def is_staff_account(user_id: int) -> bool:
    """Whether a staff record stands behind the account, with or without a post today."""
    return Staff.objects.filter(user_id=user_id).exists()


def resident_of(user_id: int) -> Resident | None:
    """The person behind an account; None before they have said who they are. One query."""
    person_id = User.objects.filter(pk=user_id, is_active=True).values_list("person_id", flat=True).first()
    if person_id is None:
        return None
    return Resident(kind=ActorKind.RESIDENT, id=str(user_id), label="resident", user_id=user_id, person_id=person_id)


def token_actor(token: str, now: datetime) -> tuple[Actor, frozenset[str]] | None:
    """Who a token of another system acts as, and its scopes; None if it is unknown, expired or revoked."""
    row = ApiToken.objects.filter(hash=token_hash(token), revoked_at=None).first()
    if row is None or (row.expires_at is not None and row.expires_at <= now):
        return None
    actor: Actor | None = Actor(kind=ActorKind.INTEGRATOR, id=str(row.pk), label=row.name[:60])
    if row.staff_id is not None:
        actor = officer_by_id(row.staff_id, clock.local_date(now))
    return (actor, frozenset(row.scopes)) if actor else None


def token_hash(token: str) -> bytes:
    """What is kept of a token: SHA-256. It is long and random, so that no slower hash is needed."""
    return hashlib.sha256(token.encode()).digest()


def staff_posts(staff_ids: Iterable[int], *, on: date) -> dict[int, frozenset[str]]:
    """Codes of the posts that each of these members of staff holds on the day. One query."""
    held = Appointment.objects.filter(_valid_on(on), staff_id__in=list(staff_ids), staff__user__is_active=True)
    posts: dict[int, set[str]] = {}
    for staff_id, code in held.values_list("staff_id", "post__code"):
        posts.setdefault(staff_id, set()).add(code)
    return {staff_id: frozenset(codes) for staff_id, codes in posts.items()}


def holders_of(post_code: str, *, on: date) -> list[tuple[int, str, str]]:
    """Who holds the post on the day: key, staff number, name; by staff number. One query."""
    held = Appointment.objects.filter(_valid_on(on), post__code=post_code, staff__user__is_active=True)
    return list(held.order_by("staff__staff_no").values_list("staff_id", "staff__staff_no", "staff__name").distinct())


def posts_of(staff_id: int, on: date) -> list[PostRow]:
    """The posts of a member of staff on the day. One query."""
    held = Appointment.objects.filter(_valid_on(on), staff_id=staff_id).order_by("post__code")
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


def post_id(code: str) -> int:
    """The key of a post. Raises: NotFound"""
    found = Post.objects.filter(code=code).values_list("pk", flat=True).first()
    if found is None:
        raise NotFound
    return found


# people and organisations


def person_row(person_id: UUID) -> PersonRow:
    """One person. Raises: NotFound"""
    person = Person.objects.select_related("user").filter(pk=person_id).first()
    if person is None:
        raise NotFound
    return _person_row(person)


def find_person(id_type: str, id_number: str) -> PersonRow | None:
    """The person with this document; None too if the number cannot be one."""
    try:
        kept = check_id_number(id_type, id_number)
    except (NotValid, ValueError):
        return None
    found = Person.objects.select_related("user").filter(id_type=id_type, id_index=keyed_index(kept)).first()
    return _person_row(found) if found else None


def _person_row(person: Person) -> PersonRow:
    user = getattr(person, "user", None)
    return PersonRow(
        id=person.pk,
        name=person.name,
        id_type=IdType(person.id_type),
        id_masked=mask_id(person.id_number),
        phone_masked=mask_phone((user.phone if user else "") or person.phone),
        language=person.language,
        user_id=user.pk if user else None,
        name_level=NameLevel(person.name_level),
    )


def unmasked_person(person_id: UUID) -> tuple[str, str]:
    """Document number and telephone in full. Whoever asks calls ``record_look`` in the same transaction. Raises: NotFound"""
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        raise NotFound
    return person.id_number, person.phone


def organisation_row(organisation_id: UUID) -> OrganisationRow:
    """One organisation. Raises: NotFound"""
    found = Organisation.objects.filter(pk=organisation_id).first()
    if found is None:
        raise NotFound
    return _organisation_row(found)


def find_organisation(uscc: str) -> OrganisationRow | None:
    """The organisation with this code; None too if it cannot be one."""
    try:
        kept = check_uscc(uscc)
    except NotValid:
        return None
    found = Organisation.objects.filter(uscc=kept).first()
    return _organisation_row(found) if found else None


def _organisation_row(found: Organisation) -> OrganisationRow:
    return OrganisationRow(
        id=found.pk,
        name=found.name,
        uscc=found.uscc,
        legal_representative=found.legal_representative,
        address=found.address,
        phone_masked=mask_phone(found.phone),
    )


def contact_of(*, user_id: int | None = None, person_id: UUID | None = None) -> ContactRow | None:
    """Where words reach a user or a person; the verified telephone of the account goes first. One query."""
    if user_id is not None:
        user = User.objects.select_related("person").filter(pk=user_id).first()
        return _contact(user, user.person) if user else None
    person = Person.objects.select_related("user").filter(pk=person_id).first()
    return _contact(getattr(person, "user", None), person) if person else None


def _contact(user: User | None, person: Person | None) -> ContactRow:
    phone = user.phone if user and user.phone_verified_at else ""
    return ContactRow(
        user_id=user.pk if user else None,
        phone=phone or (person.phone if person else ""),
        email=user.email if user else "",
        language=person.language if person else "zh-hans",
    )


def looks_at(person_id: UUID, limit: int = 50) -> list[LookRow]:
    """Who looked at a person's data, newest first."""
    rows = Look.objects.filter(person_id=person_id).order_by("-at", "-id")[:limit]
    return [LookRow(row.at, row.actor_kind, row.actor_label, row.what, row.reason, row.subject_no) for row in rows]


# mandates


def principals_of(person_id: UUID | None, on: date) -> list[PrincipalRow]:
    """For whom this person may act on the day; organisations last, each principal once per mandate. One query."""
    held = Mandate.objects.filter(_valid_on(on), representative_id=person_id, withdrawn_at=None)
    rows = held.select_related("person", "organisation").order_by("organisation__name", "given_at")
    return [_principal_row(row) for row in rows]


def _principal_row(row: Mandate) -> PrincipalRow:
    principal = row.person or row.organisation
    assert principal is not None  # noqa: S101  the table's constraint says so
    return PrincipalRow(
        mandate_id=row.pk,
        kind="person" if row.person_id else "organisation",
        id=principal.pk,
        name=principal.name,
        masked=mask_id(row.person.id_number) if row.person else row.organisation.uscc if row.organisation else "",
        scope=MandateScope(row.scope),
        basis=row.basis,
        valid_until=row.valid_until,
    )


def may_represent(
    representative_id: UUID,
    *,
    person_id: UUID | None = None,
    organisation_id: UUID | None = None,
    on: date,
    scope: MandateScope = MandateScope.FILE,
) -> UUID | None:
    """The mandate by which somebody may do what ``scope`` says for a person or an organisation on the day, if there is one."""
    if (person_id is None) == (organisation_id is None):
        return None
    held = Mandate.objects.filter(
        _valid_on(on),
        representative_id=representative_id,
        person_id=person_id,
        organisation_id=organisation_id,
        withdrawn_at=None,
        scope__in=[scope, MandateScope.ALL],
    )
    return held.order_by("given_at").values_list("pk", flat=True).first()


def mandates_given(person_id: UUID, on: date) -> list[MandateRow]:
    """Mandates given by the person, and by organisations whose legal representative the person is; newest first."""
    firms = organisations_led_by(person_id, on)
    given = Mandate.objects.filter(Q(person_id=person_id) | Q(organisation_id__in=[firm.id for firm in firms]))
    rows = given.exclude(basis=Basis.LEGAL_REPRESENTATIVE).select_related("representative", "person", "organisation")
    return [_mandate_row(row, on) for row in rows.order_by("-given_at")[:100]]


def _mandate_row(row: Mandate, on: date) -> MandateRow:
    principal = row.person or row.organisation
    is_begun = row.valid_from <= on
    return MandateRow(
        id=row.pk,
        representative_name=mask_name(row.representative.name),
        representative_masked=mask_id(row.representative.id_number),
        principal_name=principal.name if principal else "",
        scope=MandateScope(row.scope),
        basis=row.basis,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        withdrawn_at=row.withdrawn_at,
        is_valid=row.withdrawn_at is None and is_begun and (row.valid_until is None or row.valid_until >= on),
    )


def organisations_led_by(person_id: UUID, on: date) -> list[OrganisationRow]:
    """Organisations whose legal representative this person is, by name. One query."""
    led = Mandate.objects.filter(
        _valid_on(on), representative_id=person_id, basis=Basis.LEGAL_REPRESENTATIVE, withdrawn_at=None
    ).exclude(organisation=None)
    rows = [row.organisation for row in led.select_related("organisation").order_by("organisation__name")]
    return [_organisation_row(row) for row in rows if row]


# agencies


def agency_row(agency_id: int) -> AgencyRow:
    """One agency. Raises: NotFound"""
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


def same_bytes(one: bytes | None, other: bytes | None) -> bool:
    """Whether two keyed indexes are the same, in constant time; nothing is never the same as nothing."""
    return one is not None and other is not None and hmac.compare_digest(bytes(one), bytes(other))
