"""Who acts on which day, and what leaves masked."""

from datetime import date

import pytest

from yimen.identity.queries import (
    agencies,
    agency_row,
    contact_of,
    find_agency,
    holders_of,
    is_staff_account,
    looks_at,
    mandates_given,
    officer_by_id,
    officer_of,
    organisation_row,
    organisations_led_by,
    person_row,
    post_id,
    posts_of,
    principals_of,
    resident_of,
    same_bytes,
    staff_posts,
    unmasked_person,
    windows_of,
)
from yimen.identity.terms import Duty
from yimen.identity.tests.builders import (
    TODAY,
    a_centre,
    a_firm,
    a_person,
    a_post,
    a_resident,
    a_staff,
    a_user,
    a_window,
    an_agency,
)
from yimen.kernel.errors import NotFound
from yimen.kernel.ids import new_id

pytestmark = pytest.mark.django_db


def a_reviewer(**more):
    return a_staff(a_post("market.reviewer", Duty.REVIEW, agency=an_agency()), **more)


def test_officer_has_the_duties_of_all_posts_of_the_day(django_assert_num_queries):
    centre, agency = a_centre(), an_agency()
    posts = [a_post("clerk.BA", Duty.ACCEPT, centre=centre), a_post("market.surveyor", Duty.SURVEY, agency=agency)]
    staff = a_staff(*posts)

    with django_assert_num_queries(1):
        officer = officer_of(staff.user_id, TODAY)

    assert (officer.id, officer.label, officer.name) == (str(staff.pk), staff.staff_no, "林窗口")
    assert officer.duties == {Duty.ACCEPT, Duty.SURVEY}
    assert officer.posts == {"clerk.BA", "market.surveyor"}
    assert (officer.agency_id, officer.centre_id, officer.window_id) == (agency.pk, centre.pk, None)
    assert officer_by_id(staff.pk, TODAY) == officer


@pytest.mark.parametrize(
    ("day", "is_officer"),
    [(date(2016, 5, 31), False), (date(2016, 6, 1), True), (date(2016, 6, 30), True), (date(2016, 7, 1), False)],
)
def test_a_post_counts_from_its_first_to_its_last_day(day, is_officer):
    staff = a_reviewer(since=date(2016, 6, 1), until=date(2016, 6, 30))

    assert (officer_of(staff.user_id, day) is not None) == is_officer
    assert bool(staff_posts([staff.pk], on=day)) == is_officer
    assert bool(holders_of("market.reviewer", on=day)) == is_officer
    assert bool(posts_of(staff.pk, day)) == is_officer


def test_an_account_that_is_closed_is_no_officer():
    staff = a_reviewer()
    staff.user.is_active = False
    staff.user.save()

    assert (officer_of(staff.user_id, TODAY), officer_by_id(staff.pk, TODAY), staff_posts([staff.pk], on=TODAY)) == (
        None,
        None,
        {},
    )


def test_the_window_counts_only_in_a_centre_of_an_own_post():
    centre, other = a_centre("BA"), a_centre("BA-SJ")
    staff = a_staff(a_post("clerk.BA", Duty.ACCEPT, centre=centre), a_post("clerk.BA-SJ", Duty.ACCEPT, centre=other))
    staff.window = a_window(other)
    staff.save()
    assert (officer_of(staff.user_id, TODAY).centre_id, officer_of(staff.user_id, TODAY).window_id) == (
        other.pk,
        staff.window_id,
    )

    staff.appointments.filter(post__code="clerk.BA-SJ").delete()

    assert (officer_of(staff.user_id, TODAY).centre_id, officer_of(staff.user_id, TODAY).window_id) == (centre.pk, None)


def test_windows_are_those_of_the_own_centres():
    centre = a_centre("BA")
    a_window(a_centre("BA-SJ"))
    window, closed = a_window(centre, "A02"), a_window(centre, "A03")
    closed.is_open = False
    closed.save()
    staff = a_staff(a_post("clerk.BA", Duty.ACCEPT, centre=centre), a_post("issuer.BA", Duty.ISSUE, centre=centre))

    assert [(row.id, row.code, row.centre_name) for row in windows_of(staff.pk, TODAY)] == [
        (window.pk, "A02", centre.name)
    ]


def test_residents_and_staff_are_different_accounts():
    chen, staff, newcomer = a_resident(), a_reviewer(), a_user()

    assert resident_of(chen.user_id) == chen
    assert (resident_of(staff.user_id), resident_of(newcomer.pk), officer_of(chen.user_id, TODAY)) == (None, None, None)
    assert [is_staff_account(key) for key in (chen.user_id, staff.user_id, newcomer.pk)] == [False, True, False]


def test_what_is_not_there_is_said_to_be_so():
    for question in (person_row, unmasked_person, organisation_row):
        with pytest.raises(NotFound):
            question(new_id())
    with pytest.raises(NotFound):
        agency_row(0)
    with pytest.raises(NotFound):
        post_id("nowhere")
    assert (contact_of(person_id=new_id()), contact_of(), find_agency("nowhere")) == (None, None, None)
    assert (looks_at(new_id()), principals_of(None, TODAY), mandates_given(new_id(), TODAY)) == ([], [], [])
    assert organisations_led_by(new_id(), TODAY) == []


def test_agencies_are_listed_by_code():
    an_agency("police"), an_agency("civil")

    assert [(row.code, row.short_name) for row in agencies()] == [("civil", "civil局"), ("police", "police局")]
    assert find_agency("civil") == agencies()[0] == agency_row(agencies()[0].id)


def test_post_has_a_key():
    post = a_post("market.decider", Duty.DECIDE, agency=an_agency())

    assert post_id("market.decider") == post.pk


def test_a_person_at_work_is_seen_masked():
    person = a_person(phone="13800001234")

    row = person_row(person.pk)

    assert (row.id_masked, row.phone_masked, row.user_id) == (
        f"4403{'*' * 12}{person.id_number[-2:]}",
        "138 **** 1234",
        None,
    )


def test_an_unverified_telephone_is_not_written_to():
    user = a_user(a_person(phone="13800000001"), phone="13800000002", is_verified=False)

    assert contact_of(user_id=user.pk).phone == "+8613800000001"


def test_a_firm_shows_its_code_and_hides_its_telephone():
    firm = a_firm()
    firm.phone = "+8675585908590"
    firm.save()

    assert (organisation_row(firm.pk).uscc, organisation_row(firm.pk).phone_masked) == (firm.uscc, "0755 **** 90")


def test_nothing_is_not_the_same_as_nothing():
    assert not any([same_bytes(None, None), same_bytes(b"a", None), same_bytes(b"a", b"b")])
    assert same_bytes(b"a", memoryview(b"a"))
