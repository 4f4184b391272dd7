"""Staff and their posts, windows, looks, and the keys of other systems."""

from datetime import date, timedelta

import pytest

from yimen.identity.actions import (
    AgencyFacts,
    appoint,
    choose_window,
    issue_token,
    open_post,
    open_resident_account,
    record_look,
    register_agency,
    register_staff,
    revoke_token,
)
from yimen.identity.errors import (
    PostHasTwoHouses,
    ReasonMissing,
    WindowNotYours,
)
from yimen.identity.models import Look
from yimen.identity.queries import (
    contact_of,
    looks_at,
    officer_of,
    posts_of,
    token_actor,
)
from yimen.identity.terms import Duty
from yimen.identity.tests.builders import (
    NOW,
    TODAY,
    a_centre,
    a_person,
    a_post,
    a_region,
    a_resident,
    a_staff,
    a_window,
    an_agency,
)
from yimen.kernel.actors import SYSTEM
from yimen.kernel.errors import NotFound

pytestmark = pytest.mark.django_db


def an_officer():
    staff = a_staff(a_post("clerk.BA", Duty.ACCEPT, centre=a_centre()))
    return officer_of(staff.user_id, TODAY)


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
