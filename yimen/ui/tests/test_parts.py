"""The parts of pages: what they print, and that nothing given to them gets out unescaped."""

from __future__ import annotations

from datetime import date

from django.template import engines
from django.utils import translation


def _render(template: str, **values: object) -> str:
    with translation.override("en"):
        return engines["jinja2"].from_string('{% import "ui/parts.html" as ui %}' + template).render(values).strip()


def test_text_field_escapes_what_was_typed_and_points_at_its_error():
    html = _render('{{ ui.text("phone", "Mobile", value=typed, error="One digit is missing") }}', typed='"><script>')

    assert "<script>" not in html
    assert 'aria-describedby="phone-error"' in html
    assert 'id="phone"' in html


def test_errors_link_to_their_fields_and_an_empty_list_prints_nothing():
    html = _render("{{ ui.errors(found) }}", found=[{"field": "phone", "text": "One digit is missing"}])

    assert '<a href="#phone">One digit is missing</a>' in html
    assert _render("{{ ui.errors([]) }}") == ""


def test_first_radio_has_the_name_as_id_so_that_errors_reach_it():
    html = _render(
        '{{ ui.radios("way", "How?", [("post", "By post"), ("counter", "Here", "with your card")], "counter") }}'
    )

    assert 'id="way"' in html
    assert html.count("checked") == 1


def test_clock_is_late_soon_or_calm():
    kinds = [_render("{{ ui.due(day, left) }}", day=date(2016, 10, 12), left=left) for left in (-3, 0, 2, 5)]

    assert ["late" in html for html in kinds] == [True, False, False, False]
    assert ["soon" in html for html in kinds] == [False, True, True, False]


def test_clock_of_an_unpublished_year_says_what_it_waits_for():
    html = _render("{{ ui.due(none, none, missing_year=2027) }}")

    assert "the day is fixed when the 2027 holiday notice is out" in html


def test_day_boxes_mark_the_wrong_ones_only():
    html = _render(
        '{{ ui.day_boxes("born", "Born", ("2001", "", "5"), error="The month is missing", wrong=["month"]) }}'
    )

    assert html.count("govuk-input--error") == 1
    assert 'id="born-year"' in html


def test_step_of_the_route_carries_its_length_as_a_class():
    assert 'class="d-60 is-now p-40"' in _render('{{ ui.step("Review", 200, state="now", part=41) }}')
