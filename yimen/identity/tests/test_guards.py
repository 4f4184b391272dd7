"""Who comes in, who is sent to sign in, who is refused."""

import json

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from ninja import NinjaAPI

from yimen.identity.actions import issue_token
from yimen.identity.errors import NoPostToday, NoSuchDuty, ResidentsOnly, ScopeMissing, StaffOnly
from yimen.identity.guards import (
    Guard,
    account_page,
    officer_page,
    public_page,
    resident_page,
    token_auth,
)
from yimen.identity.queries import officer_of, resident_of
from yimen.identity.terms import Duty
from yimen.identity.tests.builders import NOW, a_post, a_resident, a_staff, a_user, an_agency, an_institution
from yimen.kernel.actors import SYSTEM, ActorKind
from yimen.kernel.clock import today
from yimen.kernel.errors import NotAllowed

pytestmark = pytest.mark.django_db


@public_page
def open_to_all(request):
    return HttpResponse("all")


@account_page
def mine(request):
    return HttpResponse("account")


@resident_page
def space(request, word="space"):
    return HttpResponse(f"{word} {request.resident.name}")


@officer_page(Duty.REVIEW, Duty.DECIDE)
def tasks(request):
    return HttpResponse(request.officer.label)


@officer_page()
def desk(request):
    return HttpResponse("desk")


def asked(rf, page, user, **more):
    request = rf.get("/there/?a=1")
    request.user = user
    return page(request, **more)


def a_reviewer():
    return a_staff(a_post("market.reviewer", Duty.REVIEW, agency=an_agency()))


def user_of(resident):
    from yimen.identity.models import User

    return User.objects.get(pk=resident.user_id)


def test_every_guarded_page_says_who_may_open_it():
    assert [page.guard for page in (open_to_all, mine, space, tasks, desk)] == [
        Guard("public"),
        Guard("account"),
        Guard("resident"),
        Guard("officer", frozenset({Duty.REVIEW, Duty.DECIDE})),
        Guard("officer"),
    ]
    assert (space.__name__, open_to_all.__name__) == ("space", "open_to_all")


@pytest.mark.parametrize("page", [mine, space, tasks, desk])
def test_who_has_not_signed_in_is_sent_to_the_door_and_back(rf, page):
    answer = asked(rf, page, AnonymousUser())

    assert (answer.status_code, answer.url) == (302, "/accounts/login/?next=/there/%3Fa%3D1")


def test_residents_come_into_their_space(rf):
    chen = a_resident("陈示例")

    assert asked(rf, space, user_of(chen), word="hello").content.decode() == "hello 陈示例"
    assert asked(rf, mine, user_of(chen)).content == b"account"
    assert asked(rf, open_to_all, AnonymousUser()).content == b"all"
    for page in (tasks, desk):
        with pytest.raises(StaffOnly):
            asked(rf, page, user_of(chen))


def test_who_has_not_said_who_they_are_says_so_first(rf):
    answer = asked(rf, space, a_user())

    assert (answer.status_code, answer.url) == (302, "/my/who/")


def test_officers_come_in_by_duty(rf):
    reviewer = a_reviewer()
    clerk = a_staff(a_post("admin", Duty.ADMINISTER, agency=an_agency()))

    assert asked(rf, tasks, reviewer.user).content.decode() == reviewer.staff_no
    assert asked(rf, desk, clerk.user).content == b"desk"
    with pytest.raises(NoSuchDuty) as caught:
        asked(rf, tasks, clerk.user)
    assert caught.value.params["duties"] == " / ".join(str(duty.label) for duty in (Duty.REVIEW, Duty.DECIDE))
    with pytest.raises(ResidentsOnly):
        asked(rf, space, reviewer.user)


def test_who_holds_no_post_today_is_told_so(rf):
    with pytest.raises(NoPostToday):
        asked(rf, desk, a_staff().user)


def test_outside_the_demo_staff_need_a_second_step(rf, settings):
    settings.DEMO = False
    reviewer = a_reviewer()
    answer = asked(rf, desk, reviewer.user)
    assert (answer.status_code, answer.url) == (302, "/accounts/2fa/")

    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(reviewer.user, generate_totp_secret())

    assert asked(rf, desk, reviewer.user).content == b"desk"


# the API


@pytest.fixture
def ask(rf):
    """An API of one endpoint for anybody, one for officers; answers (status, kind and label)."""
    api = NinjaAPI(urls_namespace="guards")

    def who(request):
        return {"kind": request.auth.kind, "label": request.auth.label}

    api.get("/any", auth=token_auth("cases:read"))(who)
    api.post("/any", auth=token_auth("cases:read"))(who)
    api.get("/officers", auth=token_auth("cases:read", kinds=frozenset({ActorKind.OFFICER})))(who)
    views = {pattern.pattern._route: pattern.callback for pattern in api.urls[0]}

    def ask(path="any", user=None, method="get", **headers):
        request = getattr(rf, method)(f"/{path}", **headers)
        request.user = user or AnonymousUser()
        request.COOKIES["yimen_session"] = "there"
        answer = views[path](request)
        return answer.status_code, json.loads(answer.content)

    return ask


def bearer(token):
    return {"HTTP_AUTHORIZATION": f"Bearer {token}"}


def test_a_token_acts_as_its_member_of_staff_or_as_the_system_it_is(ask):
    reviewer = a_reviewer()
    staffed = issue_token(by=SYSTEM, name="department", scopes=["cases:read"], staff_id=reviewer.pk, now=NOW)
    bare = issue_token(by=SYSTEM, name="reader", scopes=["cases:read"], now=NOW)

    assert ask(**bearer(staffed)) == (200, {"kind": "officer", "label": reviewer.staff_no})
    assert ask(**bearer(bare)) == (200, {"kind": "integrator", "label": "reader"})
    with pytest.raises(NotAllowed):
        ask("officers", **bearer(bare))


def test_without_a_token_or_with_a_wrong_one_nobody_comes_in(ask):
    assert ask()[0] == 401
    assert ask(**bearer("yimen_wrong"))[0] == 401
    assert ask(HTTP_AUTHORIZATION="Basic eA==")[0] == 401
    assert ask(method="post")[0] == 401


def test_a_token_does_not_reach_beyond_its_scopes(ask):
    token = issue_token(by=SYSTEM, name="reader", scopes=["calendar:read"], now=NOW)

    with pytest.raises(ScopeMissing):
        ask(**bearer(token))


def test_sessions_of_people_come_in_too_and_change_only_with_their_csrf_token(ask):
    an_institution()
    chen, reviewer = a_resident(), a_reviewer()

    assert ask(user=user_of(chen))[1] == {"kind": "resident", "label": "resident"}
    assert ask(user=reviewer.user)[1] == {"kind": "officer", "label": reviewer.staff_no}
    assert ask(user=user_of(chen), method="post")[0] == 403
    assert ask(user=a_user())[0] == 401
    with pytest.raises(NotAllowed):
        ask("officers", user=user_of(chen))


def test_outside_the_demo_the_session_of_staff_needs_a_second_step(ask, settings):
    settings.DEMO = False

    with pytest.raises(NotAllowed):
        ask(user=a_reviewer().user)


def test_today_is_the_day_that_counts():
    reviewer = a_reviewer()

    assert officer_of(reviewer.user_id, today()).duties == {Duty.REVIEW}
    assert resident_of(reviewer.user_id) is None
