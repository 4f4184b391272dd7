"""Mandates: who gives them, how long they hold, what they leave in the ledger."""

from datetime import date, timedelta

import pytest

from yimen.identity.actions import (
    give_mandate,
    lead_organisation,
    withdraw_mandate,
)
from yimen.identity.errors import (
    MandateEndsTooEarly,
    MandateWithdrawnAlready,
    NotYourMandate,
    OwnRepresentative,
    PrincipalMissing,
)
from yimen.identity.queries import (
    may_represent,
    officer_of,
)
from yimen.identity.terms import Basis, Duty, MandateScope
from yimen.identity.tests.builders import (
    NOW,
    TODAY,
    a_centre,
    a_firm,
    a_person,
    a_post,
    a_resident,
    a_staff,
    firm_code,
)
from yimen.kernel.actors import SYSTEM
from yimen.kernel.errors import NotFound
from yimen.kernel.ids import new_id
from yimen.kernel.models import EventRow
from yimen.ledger.queries import lines

pytestmark = pytest.mark.django_db


def an_officer():
    staff = a_staff(a_post("clerk.BA", Duty.ACCEPT, centre=a_centre()))
    return officer_of(staff.user_id, TODAY)


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
        give_mandate(by=SYSTEM, representative_id=stranger, person_id=new_id(), now=NOW)
    with pytest.raises(NotFound):
        give_mandate(by=SYSTEM, representative_id=new_id(), person_id=stranger, now=NOW)
    with pytest.raises(NotFound):
        withdraw_mandate(by=chen, mandate_id=new_id(), now=NOW)
