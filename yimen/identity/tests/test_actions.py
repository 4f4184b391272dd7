"""Registering, claiming, mandates, looks, telephones, windows, tokens: what they change and when they say no."""

from datetime import date, timedelta

import pytest

from yimen.identity.actions import (
    AgencyFacts,
    appoint,
    choose_language,
    choose_window,
    claim_person,
    confirm_account_phone,
    give_mandate,
    issue_token,
    lead_organisation,
    note_account_phone,
    open_post,
    open_resident_account,
    record_look,
    register_agency,
    register_organisation,
    register_person,
    register_staff,
    revoke_token,
    withdraw_mandate,
)
from yimen.identity.errors import (
    IdNumberMalformed,
    MandateEndsTooEarly,
    MandateWithdrawnAlready,
    NameDoesNotFit,
    NotClaimable,
    NotYourMandate,
    OwnRepresentative,
    PhoneTaken,
    PostHasTwoHouses,
    PrincipalMissing,
    ReasonMissing,
    RepresentativeTaken,
    WindowNotYours,
)
from yimen.identity.models import Look, Organisation, Person, User
from yimen.identity.queries import (
    contact_of,
    find_organisation,
    find_person,
    looks_at,
    may_represent,
    officer_of,
    organisation_row,
    person_row,
    posts_of,
    principals_of,
    token_actor,
    unmasked_person,
    user_by_phone,
)
from yimen.identity.terms import Basis, Duty, IdType, MandateScope, NameLevel
from yimen.identity.tests.builders import (
    NOW,
    TODAY,
    a_centre,
    a_firm,
    a_person,
    a_post,
    a_region,
    a_resident,
    a_staff,
    a_user,
    a_window,
    an_agency,
    citizen_number,
    firm_code,
)
from yimen.kernel.actors import SYSTEM
from yimen.kernel.errors import NotFound, NotValid
from yimen.kernel.models import EventRow
from yimen.ledger.queries import lines

pytestmark = pytest.mark.django_db


def an_officer():
    staff = a_staff(a_post("clerk.BA", Duty.ACCEPT, centre=a_centre()))
    return officer_of(staff.user_id, TODAY)


def register(by=SYSTEM, name="陈示例", number="", phone=""):
    return register_person(by=by, name=name, id_type=IdType.CITIZEN, id_number=number, phone=phone, now=NOW)


# persons


def test_a_person_is_written_down_once():
    number = citizen_number()

    first = register(number=number, phone="138 0000 0001")
    again = register(name=" 陈示例 ", number=f"{number[:6]} {number[6:]}")

    assert (again.pk, Person.objects.count(), first.phone) == (first.pk, 1, "+8613800000001")


def test_number_and_telephone_lie_sealed(django_assert_num_queries):
    from django.db import connection

    person = register(number=citizen_number("19900909", 9), phone="13800000001")

    with connection.cursor() as cursor:
        cursor.execute("SELECT id_number, phone FROM identity_person WHERE id = %s", [person.pk])
        stored = b"".join(bytes(value) for value in cursor.fetchone())
    assert b"19900909" not in stored
    assert b"13800000001" not in stored
    assert unmasked_person(person.pk) == (citizen_number("19900909", 9), "+8613800000001")


def test_the_same_document_under_another_name_is_refused():
    number = citizen_number()
    register(number=number)

    with pytest.raises(NameDoesNotFit):
        register(name="李样本", number=number)


def test_a_number_that_cannot_be_is_refused_before_anything_is_written():
    with pytest.raises(IdNumberMalformed):
        register(number="123")
    assert Person.objects.count() == 0


def test_an_officer_has_seen_the_document_and_puts_down_the_telephone():
    number = citizen_number()
    person = register(number=number, phone="13800000001")
    assert person_row(person.pk).name_level == NameLevel.DECLARED

    register(by=an_officer(), number=number, phone="13800000002")

    row = person_row(person.pk)
    assert (row.name_level, row.phone_masked, row.id_masked) == (
        NameLevel.SEEN,
        "138 **** 0002",
        number[:4] + "*" * 12 + number[-2:],
    )


def test_a_resident_does_not_change_somebody_elses_telephone():
    number = citizen_number()
    person = register(number=number, phone="13800000001")

    register(by=a_resident(), number=number, phone="13800000009")

    assert contact_of(person_id=person.pk).phone == "+8613800000001"


def test_find_person_by_document():
    person = a_person()

    found = find_person(IdType.CITIZEN, f" {person.id_number} ")

    assert found == person_row(person.pk)
    assert find_person(IdType.CITIZEN, citizen_number()) is None
    assert find_person(IdType.CITIZEN, "nonsense") is None
    assert find_person("000", person.id_number) is None


# organisations


def test_an_organisation_is_written_down_once():
    code = firm_code()

    first = register_organisation(by=SYSTEM, name="深圳示例店", uscc=code, phone="0755-85908590", now=NOW)
    again = register_organisation(by=SYSTEM, name="深圳示例店", uscc=code.lower(), now=NOW)

    assert (again.pk, Organisation.objects.count()) == (first.pk, 1)
    assert find_organisation(code) == organisation_row(first.pk)
    assert find_organisation("nonsense") is None
    with pytest.raises(NameDoesNotFit):
        register_organisation(by=SYSTEM, name="别的店", uscc=code, now=NOW)


def test_the_legal_representative_registers_a_firm_and_may_act_for_it():
    chen, code = a_resident("陈示例"), firm_code()

    mandate = lead_organisation(by=chen, name="深圳示例店", uscc=code, now=NOW)
    again = lead_organisation(by=chen, name="深圳示例店", uscc=code, now=NOW)

    (row,) = principals_of(chen.person_id, TODAY)
    assert (row.name, row.masked, row.basis, row.scope) == (
        "深圳示例店",
        code,
        Basis.LEGAL_REPRESENTATIVE,
        MandateScope.ALL,
    )
    assert again == mandate
    assert [line.verb for line in lines(f"organisation:{mandate.organisation_id}")] == ["give_mandate"]


def test_a_firm_has_one_legal_representative():
    chen, li, code = a_resident("陈示例"), a_resident("李样本"), firm_code()
    lead_organisation(by=chen, name="深圳示例店", uscc=code, now=NOW)

    with pytest.raises(RepresentativeTaken):
        lead_organisation(by=li, name="深圳示例店", uscc=code, now=NOW)
    with pytest.raises(RepresentativeTaken):
        lead_organisation(by=a_resident("陈示例"), name="深圳示例店", uscc=code, now=NOW)


# claiming


def claim(user, name="陈示例", number="", **more):
    fields = {"id_type": IdType.CITIZEN, "language": "zh-hans", "now": NOW, **more}
    return claim_person(user_id=user.pk, name=name, id_number=number, **fields)


def test_who_signs_up_becomes_a_person():
    user = a_user(phone="13800000001")

    person = claim(user, number=citizen_number(), language="en")

    row = person_row(person.pk)
    assert (row.user_id, row.language, row.name_level, row.phone_masked) == (
        user.pk,
        "en",
        NameLevel.DECLARED,
        "138 **** 0001",
    )


def test_a_person_known_from_a_window_is_joined_by_the_telephone_put_down_there():
    known = a_person("陈示例", phone="13800000001")

    person = claim(a_user(phone="13800000001"), number=known.id_number)

    assert person.pk == known.pk


@pytest.mark.parametrize(
    ("phone", "is_verified", "name"),
    [
        ("13800000002", True, "陈示例"),
        ("13800000001", False, "陈示例"),
        ("", False, "陈示例"),
        ("13800000001", True, "李样本"),
    ],
)
def test_every_obstacle_to_joining_gets_the_same_answer(phone, is_verified, name):
    known = a_person("陈示例", phone="13800000001")
    user = a_user(phone=phone, is_verified=is_verified)

    with pytest.raises(NotClaimable):
        claim(user, name=name, number=known.id_number)

    user.refresh_from_db()
    assert user.person is None


def test_a_person_with_an_account_is_not_joined_twice():
    chen = a_resident(phone="13800000001")
    person = Person.objects.get(pk=chen.person_id)

    with pytest.raises(NotClaimable):
        claim(a_user(), number=person.id_number)
    with pytest.raises(NotClaimable):
        claim(User.objects.get(pk=chen.user_id), number=citizen_number())
    with pytest.raises(NotClaimable):
        claim(a_staff().user, number=citizen_number())


# telephones


def test_a_telephone_counts_only_when_its_code_came_back():
    user = a_user()

    note_account_phone(user_id=user.pk, phone="13800000001")
    assert user_by_phone("+8613800000001") is None
    confirm_account_phone(user_id=user.pk, phone="13800000001", now=NOW)

    assert user_by_phone("+8613800000001") == user
    assert contact_of(user_id=user.pk).phone == "+8613800000001"


def test_somebody_elses_telephone_keeps_nobody_out():
    squatter, owner = a_user(), a_user()
    note_account_phone(user_id=squatter.pk, phone="13800000001")

    confirm_account_phone(user_id=owner.pk, phone="13800000001", now=NOW)

    assert user_by_phone("+8613800000001") == owner
    with pytest.raises(PhoneTaken):
        confirm_account_phone(user_id=squatter.pk, phone="13800000001", now=NOW)


def test_a_new_telephone_becomes_the_persons_too():
    chen = a_resident(phone="13800000001")

    confirm_account_phone(user_id=chen.user_id, phone="13800000002", now=NOW)

    assert unmasked_person(chen.person_id)[1] == "+8613800000002"
    assert contact_of(person_id=chen.person_id).phone == "+8613800000002"
    assert contact_of(user_id=0) is None


def test_language_is_chosen_among_those_that_there_are():
    chen = a_resident()

    choose_language(by=chen, language="ko")

    assert contact_of(user_id=chen.user_id).language == "ko"
    with pytest.raises(NotValid):
        choose_language(by=chen, language="tlh")


# mandates


def give(by, to, **more):
    principal = more or {"person_id": by.person_id}
    return give_mandate(by=by, representative_id=to.person_id, now=NOW, **principal)


def test_a_mandate_lets_somebody_act_until_it_is_withdrawn():
    mother, son = a_resident("王演示"), a_resident("李样本")

    mandate = give(mother, son)
    assert may_represent(son.person_id, person_id=mother.person_id, on=TODAY) == mandate.pk
    withdraw_mandate(by=mother, mandate_id=mandate.pk, now=NOW)

    assert may_represent(son.person_id, person_id=mother.person_id, on=TODAY) is None
    chain = lines(f"person:{mother.person_id}")
    assert [(line.verb, line.actor_label) for line in chain] == [
        ("give_mandate", "resident"),
        ("withdraw_mandate", "resident"),
    ]
    assert "王演示" not in str(chain)
    assert "李样本" not in str(chain)
    assert [row.kind for row in EventRow.objects.order_by("id")] == [
        "identity.MandateGiven",
        "identity.MandateWithdrawn",
    ]


def test_a_mandate_has_days_and_a_scope():
    mother, son = a_resident("王演示"), a_resident("李样本")
    give(mother, son, person_id=mother.person_id, scope=MandateScope.COLLECT, valid_until=TODAY)
    asked = {"representative_id": son.person_id, "person_id": mother.person_id}

    assert may_represent(**asked, on=TODAY, scope=MandateScope.COLLECT)
    assert may_represent(**asked, on=TODAY) is None
    assert may_represent(**asked, on=TODAY + timedelta(days=1), scope=MandateScope.COLLECT) is None
    assert may_represent(**asked, on=TODAY - timedelta(days=1), scope=MandateScope.COLLECT) is None
    assert may_represent(son.person_id, on=TODAY) is None


def test_nobody_gives_a_mandate_for_others():
    mother, son, thief = a_resident("王演示"), a_resident("李样本"), a_resident("贼某")
    firm = a_firm()

    with pytest.raises(NotYourMandate):
        give(thief, thief, person_id=mother.person_id)
    with pytest.raises(NotYourMandate):
        give(thief, thief, organisation_id=firm.pk)
    mandate = give(mother, son)
    with pytest.raises(NotYourMandate):
        withdraw_mandate(by=thief, mandate_id=mandate.pk, now=NOW)


def test_who_leads_a_firm_gives_its_mandates_and_who_holds_one_lays_it_down():
    chen, li = a_resident("陈示例"), a_resident("李样本")
    firm = lead_organisation(by=chen, name="深圳示例店", uscc=firm_code(), now=NOW).organisation

    mandate = give(chen, li, organisation_id=firm.pk)
    assert may_represent(li.person_id, organisation_id=firm.pk, on=TODAY) == mandate.pk
    withdraw_mandate(by=li, mandate_id=mandate.pk, now=NOW)

    assert may_represent(li.person_id, organisation_id=firm.pk, on=TODAY) is None
    with pytest.raises(MandateWithdrawnAlready):
        withdraw_mandate(by=chen, mandate_id=mandate.pk, now=NOW)


def test_an_officer_and_the_system_write_mandates_down_for_others():
    mother, son = a_resident("王演示"), a_resident("李样本")

    mandate = give_mandate(
        by=an_officer(), representative_id=son.person_id, person_id=mother.person_id, basis=Basis.GUARDIAN, now=NOW
    )

    assert (mandate.basis, mandate.valid_from) == (Basis.GUARDIAN, TODAY)


def test_mandates_that_make_no_sense_are_refused():
    chen = a_resident()
    stranger = a_person("李样本").pk

    with pytest.raises(PrincipalMissing):
        give_mandate(by=chen, representative_id=stranger, now=NOW)
    with pytest.raises(OwnRepresentative):
        give(chen, chen)
    with pytest.raises(MandateEndsTooEarly):
        give(chen, a_resident("李样本"), person_id=chen.person_id, valid_until=date(2016, 6, 24))
    with pytest.raises(NotFound):
        give_mandate(by=SYSTEM, representative_id=stranger, person_id=firm_less_key(), now=NOW)
    with pytest.raises(NotFound):
        give_mandate(by=SYSTEM, representative_id=firm_less_key(), person_id=stranger, now=NOW)
    with pytest.raises(NotFound):
        withdraw_mandate(by=chen, mandate_id=firm_less_key(), now=NOW)


def firm_less_key():
    from yimen.kernel.ids import new_id

    return new_id()


# looks


def test_who_looks_says_why_and_the_person_reads_it():
    chen, officer = a_resident(), an_officer()

    record_look(
        by=officer,
        person_id=chen.person_id,
        what="id_number",
        reason=" compare with the card ",
        subject_no="BA-1",
        now=NOW,
    )

    (look,) = looks_at(chen.person_id)
    assert (look.actor_label, look.what, look.reason, look.subject_no) == (
        officer.label,
        "id_number",
        "compare with the card",
        "BA-1",
    )
    with pytest.raises(ReasonMissing):
        record_look(by=officer, person_id=chen.person_id, what="phone", reason="  ", now=NOW)
    assert Look.objects.count() == 1


# staff


def test_a_clerk_sits_at_a_window_of_an_own_centre():
    centre, other = a_centre("BA"), a_centre("BA-SJ")
    window, elsewhere = a_window(centre), a_window(other)
    staff = a_staff(a_post("clerk.BA", Duty.ACCEPT, centre=centre))

    choose_window(by=officer_of(staff.user_id, TODAY), window_id=window.pk, now=NOW)
    assert officer_of(staff.user_id, TODAY).window_id == window.pk
    with pytest.raises(WindowNotYours):
        choose_window(by=officer_of(staff.user_id, TODAY), window_id=elsewhere.pk, now=NOW)
    choose_window(by=officer_of(staff.user_id, TODAY), window_id=None, now=NOW)

    assert officer_of(staff.user_id, TODAY).window_id is None


def test_agencies_posts_and_staff_are_brought_up_to_date_when_written_again():
    for name in ("市场局", "市场监管局"):
        agency = register_agency(
            by=SYSTEM, facts=AgencyFacts(code="market", name=name, region_id=a_region().pk), now=NOW
        )
        post = open_post(
            by=SYSTEM, code="market.reviewer", name="审查岗", duties=[Duty.REVIEW], agency_id=agency.pk, now=NOW
        )
        staff = register_staff(by=SYSTEM, staff_no="BA1", name="林审查", username="lin", password_hash="!", now=NOW)
        appoint(by=SYSTEM, staff_id=staff.pk, post_id=post.pk, valid_from=date(2016, 1, 1), now=NOW)

    (held,) = posts_of(staff.pk, TODAY)
    assert (held.code, held.place, held.duties) == ("market.reviewer", "市场监管局", (Duty.REVIEW,))
    with pytest.raises(PostHasTwoHouses):
        open_post(by=SYSTEM, code="x", name="x", duties=[], agency_id=agency.pk, centre_id=a_centre().pk, now=NOW)


def test_an_account_is_opened_for_a_person_on_record():
    person = a_person()

    user = open_resident_account(
        by=SYSTEM, username="chen", password_hash="!", person_id=person.pk, phone="13800000001", language="ja", now=NOW
    )

    assert (user.person_id, contact_of(user_id=user.pk).language) == (person.pk, "ja")


# tokens


def test_a_token_opens_its_scopes_until_it_ends():
    staff = a_staff(a_post("market.reviewer", Duty.REVIEW, agency=an_agency()))
    later = NOW + timedelta(hours=1)

    token = issue_token(
        by=SYSTEM, name="department", scopes=["cases:read"], staff_id=staff.pk, expires_at=later, now=NOW
    )

    actor, scopes = token_actor(token, NOW)
    assert (actor, scopes) == (officer_of(staff.user_id, TODAY), frozenset({"cases:read"}))
    assert token_actor(token, later) is None
    assert token_actor("yimen_wrong", NOW) is None


def test_a_token_that_is_revoked_or_replaced_opens_nothing():
    first = issue_token(by=SYSTEM, name="reader", scopes=[], now=NOW)
    second = issue_token(by=SYSTEM, name="reader", scopes=[], now=NOW)
    assert (token_actor(first, NOW), token_actor(second, NOW)[0].label) == (None, "reader")

    revoke_token(by=SYSTEM, name="reader", now=NOW)

    assert token_actor(second, NOW) is None
    with pytest.raises(NotFound):
        revoke_token(by=SYSTEM, name="nobody", now=NOW)


def test_a_token_of_somebody_without_a_post_opens_nothing():
    token = issue_token(by=SYSTEM, name="gone", scopes=[], staff_id=a_staff().pk, now=NOW)

    assert token_actor(token, NOW) is None
