"""Forms as data: what is asked, what is refused, what is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from yimen.kernel.errors import NotValid, Refusals
from yimen.kernel.forms import FieldType, FormField, FormSpec, FormStep, Option, check_answers, check_step, prefilled

YES_NO_THEN_NAME = FormSpec.model_validate(
    {
        "steps": [
            {
                "code": "who",
                "title": "Who",
                "fields": [
                    {"code": "agent", "label": "By somebody else", "type": "yes_no"},
                    {
                        "code": "agent_name",
                        "label": "Name",
                        "show_if": {"field": "agent", "is": "yes"},
                        "prefill": "person.name",
                    },
                ],
            },
            {
                "code": "shop",
                "title": "Shop",
                "fields": [
                    {"code": "area", "label": "Area", "type": "number", "min": 1, "max": 1000},
                    {
                        "code": "wares",
                        "label": "Wares",
                        "type": "choices",
                        "required": False,
                        "options": [{"value": "a", "label": "A"}, {"value": "b", "label": "B"}],
                    },
                ],
            },
        ]
    }
)


def field(kind, **more):
    return FormSpec(steps=(FormStep(code="s", title="S", fields=(FormField(code="f", label="F", type=kind, **more),)),))


def refused(spec, answers, checks=None):
    with pytest.raises(Refusals) as error:
        check_answers(spec, answers, checks=checks or {})
    return [(one.field, one.code) for one in error.value.refusals]


def test_a_hidden_field_is_neither_required_nor_kept():
    answers = {"agent": "no", "agent_name": "Li", "area": "20"}

    assert check_answers(YES_NO_THEN_NAME, answers, checks={}) == {"agent": "no", "area": "20"}


def test_everything_wrong_is_said_at_once():
    assert refused(YES_NO_THEN_NAME, {"agent": "yes", "area": "0", "wares": ["c"], "colour": "red"}) == [
        ("", "kernel.unknown-field"),
        ("agent_name", "kernel.answer-missing"),
        ("area", "kernel.number-out-of-range"),
        ("wares", "kernel.not-a-choice"),
    ]


def test_one_step_is_checked_alone_and_sees_the_answers_of_the_others():
    spec = FormSpec.model_validate(
        {
            "steps": [
                {"code": "one", "title": "1", "fields": [{"code": "agent", "label": "A", "type": "yes_no"}]},
                {
                    "code": "two",
                    "title": "2",
                    "fields": [{"code": "name", "label": "N", "show_if": {"field": "agent", "is": "yes"}}],
                },
            ]
        }
    )

    assert check_step(spec.steps[1], {"agent": "no", "name": "Li"}, checks={}) == {}
    assert check_step(spec.steps[1], {"agent": "yes", "name": " Li "}, checks={}) == {"name": "Li"}


def test_what_we_know_fills_open_fields_only():
    known = {"person.name": "Chen"}

    assert prefilled(YES_NO_THEN_NAME.steps[0], {}, known) == {"agent_name": "Chen"}
    assert prefilled(YES_NO_THEN_NAME.steps[0], {"agent_name": "Li"}, known) == {}


@pytest.mark.parametrize(
    ("kind", "text", "kept"),
    [
        ("number", "1,200.50", "1200.5"),
        ("number", "0", "0"),
        ("money", "12", "12.00"),
        ("date", "2016-06-25", "2016-06-25"),
        ("yes_no", "yes", "yes"),
        ("text", "  a b ", "a b"),
    ],
)
def test_answers_are_kept_in_normal_form(kind, text, kept):
    assert check_answers(field(kind), {"f": text}, checks={}) == {"f": kept}


@pytest.mark.parametrize(
    ("kind", "given", "code"),
    [
        ("number", "NaN", "not-a-number"),
        ("number", "1e999", "not-a-number"),
        ("number", "ten", "not-a-number"),
        ("money", "1.005", "not-an-amount"),
        ("money", "-1", "not-an-amount"),
        ("money", "x", "not-an-amount"),
        ("date", "2016-02-30", "not-a-day"),
        ("yes_no", "maybe", "not-a-choice"),
        ("text", "", "answer-missing"),
        ("text", None, "answer-missing"),
        ("text", "x" * 201, "answer-too-long"),
        ("text", "a\0b", "answer-unreadable"),
        ("text", ["a"], "answer-unreadable"),
        ("text", {"a": 1}, "answer-unreadable"),
    ],
)
def test_wrong_answers_are_refused_by_name(kind, given, code):
    assert refused(field(kind), {"f": given}) == [("f", f"kernel.{code}")]


def test_choices_are_kept_in_the_order_of_the_form():
    options = (Option(value="a", label="A"), Option(value="b", label="B"))

    assert check_answers(field("choices", options=options), {"f": ["b", "a", "b"]}, checks={}) == {"f": ["a", "b"]}
    assert refused(field("choices", options=options), {"f": []}) == [("f", "kernel.answer-missing")]
    assert refused(field("choice", options=options), {"f": "c"}) == [("f", "kernel.not-a-choice")]


def test_checks_of_the_house_may_refuse_and_may_tidy_up():
    def check(text):
        if text == "bad":
            raise NotValid
        return text.upper()

    checks = {FieldType.PHONE: check}

    assert check_answers(field("phone"), {"f": "abc"}, checks=checks) == {"f": "ABC"}
    assert refused(field("phone"), {"f": "bad"}, checks) == [("f", "kernel.not-valid")]


def test_a_field_is_shown_by_one_of_several_choices():
    spec = FormSpec.model_validate(
        {
            "steps": [
                {
                    "code": "s",
                    "title": "S",
                    "fields": [
                        {"code": "w", "label": "W", "type": "choices", "options": [{"value": "x", "label": "X"}]},
                        {"code": "n", "label": "N", "show_if": {"field": "w", "is": "x"}},
                    ],
                }
            ]
        }
    )

    assert refused(spec, {"w": ["x"]}) == [("n", "kernel.answer-missing")]


@pytest.mark.parametrize(
    "fields",
    [
        [{"code": "a", "label": "A", "show_if": {"field": "b", "is": "yes"}}, {"code": "b", "label": "B"}],
        [{"code": "a", "label": "A", "type": "choice"}],
    ],
)
def test_a_form_that_cannot_be_filled_in_is_refused(fields):
    with pytest.raises(ValidationError):
        FormSpec.model_validate({"steps": [{"code": "s", "title": "S", "fields": fields}]})


_ANYTHING = st.one_of(st.none(), st.text(max_size=20), st.lists(st.text(max_size=5), max_size=3), st.integers())


@given(kind=st.sampled_from(list(FieldType)), given_=_ANYTHING)
def test_whatever_is_given_is_kept_or_refused_and_what_is_kept_is_kept_again(kind, given_):
    options = (Option(value="a", label="A"),) if kind in {FieldType.CHOICE, FieldType.CHOICES} else ()
    spec = field(kind, options=options)
    try:
        kept = check_answers(spec, {"f": given_}, checks={})
    except Refusals:
        return
    assert check_answers(spec, kept, checks={}) == kept
