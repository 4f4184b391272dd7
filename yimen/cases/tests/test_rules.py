"""What is allowed, without a database."""

from datetime import date
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yimen.calendar.terms import Limit, Unit
from yimen.calendar.tests.builders import a_calendar
from yimen.cases.errors import (
    MaterialsMissing,
    MaterialsNotChecked,
    MoveNotAllowed,
    NothingToCorrect,
    NotYourCase,
    SamePersonTwice,
    SurveyNeedsTwo,
)
from yimen.cases.rules import (
    ENDS,
    MOVES,
    Standing,
    Who,
    beginning,
    case_number,
    check_acceptable,
    check_correctable,
    check_hand,
    check_nothing_missing,
    check_surveyors,
    hand_of,
    move_for,
    normal_case_number,
    stage_to_open,
    start_limit,
    verbs_from,
    way_at_start,
)
from yimen.cases.terms import CaseState, ClockKind, Verb, Verdict, Way
from yimen.catalogue.terms import Material
from yimen.identity.terms import Duty, Officer, Resident
from yimen.kernel.actors import SYSTEM, ActorKind
from yimen.kernel.ids import is_checked

ME = uuid4()


def a_clerk(**changes):
    given = {"duties": frozenset({Duty.ACCEPT}), "centre_id": 1, **changes}
    return Officer(ActorKind.OFFICER, given.pop("id", "7"), "0007", **given)


def a_resident():
    return Resident(kind=ActorKind.RESIDENT, id="3", label="resident", user_id=3, person_id=ME)


def test_every_state_but_the_ends_can_be_left_and_no_end_can():
    assert {state for state in CaseState if not verbs_from(state)} == set(ENDS)


def test_every_state_can_be_reached_from_a_beginning():
    reached = {beginning(Verb.FILE).to, beginning(Verb.TAKE_IN).to}
    while more := {move.to for move in MOVES if reached & set(move.frm)} - reached:
        reached |= more
    assert reached == set(CaseState)


def test_no_pair_of_state_and_verb_is_declared_twice():
    pairs = [(state, move.verb) for move in MOVES for state in move.frm]
    assert len(pairs) == len(set(pairs))


def test_a_closed_case_is_not_accepted():
    with pytest.raises(MoveNotAllowed):
        move_for(CaseState.CLOSED, Verb.ACCEPT)


def test_the_clerk_of_the_centre_accepts_and_one_of_another_does_not():
    move, standing = move_for(CaseState.RECEIVED, Verb.ACCEPT), Standing(centre_id=1, person_ids=frozenset())

    check_hand(move, a_clerk(), standing)

    with pytest.raises(NotYourCase):
        check_hand(move, a_clerk(centre_id=2), standing)


def test_who_accepted_does_not_decide():
    decider = a_clerk(duties=frozenset({Duty.DECIDE}), posts=frozenset({"market.decider"}))
    posts = frozenset({"market.decider"})
    standing = Standing(1, frozenset(), posts, posts, {"7": frozenset({Duty.ACCEPT})})

    with pytest.raises(SamePersonTwice):
        check_hand(move_for(CaseState.IN_REVIEW, Verb.GRANT), decider, standing)


def test_the_system_and_the_applicant_have_their_own_hands():
    standing = Standing(1, frozenset({ME}))

    assert hand_of(SYSTEM, standing) == {Who.SYSTEM}
    assert hand_of(a_resident(), standing) == {Who.APPLICANT}
    assert hand_of(a_resident(), Standing(1, frozenset())) == frozenset()


@pytest.mark.parametrize("people", [[1], [1, 1], []])
def test_a_survey_needs_two_different_people(people):
    with pytest.raises(SurveyNeedsTwo):
        check_surveyors(people, needed=2)


def test_all_that_is_missing_is_said_at_once():
    lines = [(Material(code="a", name="甲"), Way.NONE), (Material(code="b", name="乙"), Way.NONE)]

    with pytest.raises(MaterialsMissing) as refused:
        check_nothing_missing(lines)

    assert refused.value.params == {"names": "甲、乙"}


@pytest.mark.parametrize(
    ("line", "given", "way"),
    [
        (Material(code="a", name="甲", necessity="exempt"), Way.NONE, Way.EXEMPT),
        (Material(code="a", name="甲", source="form"), Way.NONE, Way.FORM),
        (
            Material(code="a", name="甲", necessity="optional", when="代办", condition={"field": "x", "is": "yes"}),
            Way.NONE,
            Way.NOT_NEEDED,
        ),
        (Material(code="a", name="甲"), Way.PAPER, Way.PAPER),
        (Material(code="a", name="甲"), Way.NONE, Way.NONE),
    ],
)
def test_how_a_line_counts_at_filing(line, given, way):
    assert way_at_start(line, {"x": "no"}, given) == way


def test_nothing_is_said_before_every_line_was_judged():
    lines = [("甲", Way.PAPER, Verdict.GOOD), ("乙", Way.PAPER, Verdict.OPEN)]

    with pytest.raises(MaterialsNotChecked):
        check_acceptable(lines)
    with pytest.raises(MaterialsNotChecked):
        check_correctable(lines)


def test_a_flawed_line_keeps_the_case_from_being_accepted():
    with pytest.raises(MaterialsMissing):
        check_acceptable([("甲", Way.PAPER, Verdict.FLAWED)])


def test_a_notice_without_a_flaw_is_none():
    with pytest.raises(NothingToCorrect):
        check_correctable([("甲", Way.PAPER, Verdict.GOOD)])


def test_a_limit_into_an_unpublished_year_keeps_its_count():
    limit = start_limit(ClockKind.PROMISED, Limit(30, Unit.WORKING_DAY), date(2026, 11, 23), a_calendar(last=2026))

    assert (limit.due_on, limit.watch_on) == (None, date(2027, 1, 4))


def test_stages_open_one_after_another():
    assert stage_to_open([(1, True), (2, False), (2, True), (3, False)]) == 2
    assert stage_to_open([(1, True)]) is None


def test_case_number_as_on_the_receipt():
    number = case_number("BA", date(2016, 9, 24), 417)

    assert number.startswith("BA16-0924-000417-")
    assert is_checked(number)


@given(st.integers(1, 999_999), st.dates(date(2016, 1, 1), date(2099, 12, 31)))
def test_a_number_typed_without_dashes_finds_its_form_again(serial, day):
    number = case_number("BA", day, serial)

    assert normal_case_number(number.replace("-", "").lower()) == number
    assert normal_case_number(f" {number} ") == number


@given(st.text(max_size=40))
def test_whatever_is_typed_is_some_text(text):
    assert isinstance(normal_case_number(text), str)
