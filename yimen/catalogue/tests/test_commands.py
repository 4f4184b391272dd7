"""The commands that others run."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from yimen.catalogue.management.commands.print_item_schema import item_schema
from yimen.catalogue.models import Item, ItemText
from yimen.catalogue.tests.builders import guangdong, item_data, the_house

SCHEMA = Path(__file__).parents[3] / "docs/reference/item.schema.json"


@pytest.fixture
def run():
    def command(name, *args):
        out, err = StringIO(), StringIO()
        call_command(name, *map(str, args), stdout=out, stderr=err)
        return out.getvalue(), err.getvalue()

    return command


def lines(path, *rows):
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows))
    return path


@pytest.mark.django_db
def test_a_list_is_taken_in_and_every_refusal_is_told(run, tmp_path):
    the_house()
    rows = [
        item_data(),
        guangdong(),
        guangdong("G2", statutory_limit=None, materials=[]),
        "",
        "{broken",
        guangdong("G3", promised_limit={"days": 31, "unit": "working_day"}),
        item_data(),
        item_data("BA-102", agency="nobody"),
        guangdong("G4", name="长" * 201),
    ]

    out, err = run("import_items", lines(tmp_path / "items.jsonl", *rows))

    assert out == "new 3, changed 0, unchanged 0, refused 5\n"
    told = {line.split(":")[0]: line for line in err.splitlines() if line.startswith("line ")}
    assert set(told) == {f"line {number}" for number in (3, 5, 6, 7, 8, 9)}
    assert "draft, lacks limit, materials" in told["line 3"]
    assert "G3" in told["line 6"]
    assert "catalogue.promise-longer-than-law" in told["line 6"]
    assert "catalogue.said-twice" in told["line 7"]
    assert "catalogue.agency-unknown" in told["line 8"]
    assert Item.objects.count() == 3


@pytest.mark.django_db
def test_a_list_again_changes_nothing(run, tmp_path):
    file = lines(tmp_path / "items.jsonl", guangdong(), guangdong("G2"))
    run("import_items", file)

    assert run("import_items", file)[0] == "new 0, changed 0, unchanged 2, refused 0\n"


@pytest.mark.django_db
def test_bytes_that_are_no_text_are_refused(run, tmp_path):
    file = tmp_path / "items.jsonl"
    file.write_bytes(b'\xff\xfe\x00\n{"code": "\xff"}\n')

    assert run("import_items", file)[0] == "new 0, changed 0, unchanged 0, refused 2\n"


def test_there_is_no_such_file(run, tmp_path):
    with pytest.raises(CommandError):
        run("import_items", tmp_path / "nothing.jsonl")


@pytest.mark.django_db
def test_search_is_measured_and_nothing_stays(run, tmp_path):
    items = lines(tmp_path / "items.jsonl", guangdong(), guangdong("G2", name="律师执业"), "{broken")
    questions = lines(
        tmp_path / "questions.jsonl",
        {"query": "提价", "codes": ["G1"]},
        {"query": "律师", "codes": ["G2", "G9"]},
        {"query": "飞碟", "codes": ["G1"]},
        {"query": "?", "codes": ["G1"]},
    )

    out, err = run("evaluate_search", items, questions, "--misses")

    assert out.startswith("R@1 0.500 R@5 0.500 MRR 0.500 p95_ms ")
    assert "飞碟: not found" in err
    assert (Item.objects.count(), ItemText.objects.count()) == (0, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("row", ["{", "[]", '{"query": "x"}', ""])
def test_questions_that_are_none_are_named(run, tmp_path, row):
    items = lines(tmp_path / "items.jsonl", guangdong())

    with pytest.raises(CommandError):
        run("evaluate_search", items, lines(tmp_path / "questions.jsonl", row))


def test_the_published_schema_of_an_item_is_current():
    assert SCHEMA.read_text(encoding="utf-8").strip() == item_schema()
