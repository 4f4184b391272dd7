"""The frame of pages: languages, size of type, refusals for people and for programs, what phones ask for."""

from __future__ import annotations

import json

import pytest
from django.conf import settings
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings

from yimen.kernel.errors import NotValid, Refusals, TooMany
from yimen.sites.errors import our_fault
from yimen.sites.frame import grouped
from yimen.sites.problems import problem_of
from yimen.sites.refusals import RefusalMiddleware


def test_language_is_remembered_and_leads_back(client: Client):
    answer = client.get("/language/", {"to": "ja", "next": "/items/?q=card"})

    assert (answer.status_code, answer["Location"]) == (302, "/items/?q=card")
    assert answer.cookies["yimen_language"].value == "ja"


@pytest.mark.parametrize(
    "there", ["//evil.example", "https://evil.example/", "javascript:alert(1)", "/\\evil.example", ""]
)
def test_nobody_is_sent_to_another_site(client: Client, there):
    assert client.get("/language/", {"to": "en", "next": there})["Location"] == "/"


def test_unknown_language_sets_nothing(client: Client):
    assert "yimen_language" not in client.get("/language/", {"to": "xx", "next": "/"}).cookies


def test_large_type_is_switched_on_and_off(client: Client):
    assert client.get("/elder/", {"on": "1"}).cookies["yimen_elder"].value == "1"
    assert client.get("/elder/", {"on": "0"}).cookies["yimen_elder"]["max-age"] == 0


def test_offline_page_and_worker_need_no_database(client: Client):
    assert client.get("/offline/").status_code == 200
    worker = client.get("/sw.js")
    assert (worker["Content-Type"].split(";")[0], worker["Cache-Control"]) == ("text/javascript", "no-cache")


def test_fault_of_ours_is_told_without_a_database():
    answer = our_fault(RequestFactory().get("/items/"))

    assert (answer.status_code, "ym-refusal" in answer.content.decode()) == (500, True)


@pytest.mark.parametrize("path", ["/centres/", "/api/v1/centres"])
def test_a_database_that_is_away_is_no_fault_of_the_page(path):
    """Whoever asks is told to ask again, not that something is broken."""
    try:
        raise OperationalError("the connection is lost")
    except OperationalError:
        answer = our_fault(RequestFactory().get(path))

    assert (answer.status_code, answer["Retry-After"]) == (503, "5")


def test_what_somebody_sees_who_signed_in_is_kept_by_nobody(client: Client, db):
    """On a shared machine "back" shows nothing after signing out; strangers' pages may be kept as before."""
    before = client.get("/offline/")
    client.cookies[settings.SESSION_COOKIE_NAME] = "of-somebody"
    after, token = client.get("/offline/"), Client().get("/api/v1/centres", headers={"Authorization": "Bearer x"})

    assert "Cache-Control" not in before
    assert [answer["Cache-Control"] for answer in (after, token)] == ["private, no-store"] * 2


def test_unknown_address_of_the_api_is_a_problem_document(client: Client):
    answer = client.get("/api/v1/nothing")

    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert json.loads(answer.content)["code"] == "http.404"


def test_wrong_method_names_the_right_ones(client: Client):
    answer = client.delete("/api/v1/calendar/years")

    assert (answer.status_code, answer["Allow"], answer["Content-Type"]) == (405, "GET", "application/problem+json")


def test_several_refusals_are_told_at_once():
    told = json.loads(problem_of(Refusals([NotValid(field="name"), NotValid(field="phone")])).content)

    assert (told["status"], [one["field"] for one in told["errors"]]) == (422, ["name", "phone"])


def test_program_is_refused_with_a_document():
    middleware = RefusalMiddleware(lambda request: HttpResponse())

    answer = middleware.process_exception(RequestFactory().get("/api/v1/items"), TooMany(minutes=15))

    assert answer is not None
    assert (answer.status_code, json.loads(answer.content)["code"]) == (429, "kernel.too-many")


def test_bugs_are_not_refusals():
    middleware = RefusalMiddleware(lambda request: HttpResponse())

    assert middleware.process_exception(RequestFactory().get("/"), ValueError()) is None


def test_due_day_of_the_contract(client: Client, db):
    answer = client.get("/api/v1/calendar/due", {"from": "2016-06-25", "working_days": 20})

    assert answer.json()["due_on"] == "2016-07-22"


def test_every_operation_says_how_it_refuses(client: Client):
    paths = client.get("/api/v1/openapi.json").json()["paths"]

    answers = [operation["responses"] for operations in paths.values() for operation in operations.values()]
    assert answers
    assert all("application/problem+json" in answer["default"]["content"] for answer in answers)


@override_settings(DEMO=True)
def test_robots_stay_out_of_the_demo(client: Client):
    assert client.get("/robots.txt").content.decode().splitlines()[1] == "Disallow: /"


def test_days_with_the_same_hours_stand_in_one_line(settings):
    from datetime import time

    from django.utils import translation

    day, short = [(time(9), time(12))], [(time(9), time(11))]
    with translation.override("en"):
        week = grouped([(1, day), (2, day), (3, []), (4, day), (5, short), (6, []), (7, [])])

    assert week == [("Mon to Tue", "9:00–12:00"), ("Thu", "9:00–12:00"), ("Fri", "9:00–11:00")]
