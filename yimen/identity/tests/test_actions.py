"""Registering, claiming, telephones: what they change and when they say no."""

import pytest

from yimen.identity.actions import (
    choose_language,
    claim_person,
    confirm_account_phone,
    lead_organisation,
    note_account_phone,
    register_organisation,
    register_person,
)
from yimen.identity.errors import (
    IdNumberMalformed,
    NameDoesNotFit,
    NotClaimable,
    PhoneTaken,
    RepresentativeTaken,
)
from yimen.identity.models import Organisation, Person, User
from yimen.identity.queries import (
    contact_of,
    find_organisation,
    find_person,
    officer_of,
    organisation_row,
    person_row,
    principals_of,
    unmasked_person,
    user_by_phone,
)
from yimen.identity.terms import Basis, Duty, IdType, MandateScope, NameLevel
from yimen.identity.tests.builders import (
    NOW,
    TODAY,
    a_centre,
    a_person,
    a_post,
    a_resident,
    a_staff,
    a_user,
    citizen_number,
    firm_code,
)
from yimen.kernel.actors import SYSTEM
from yimen.kernel.errors import NotValid
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
