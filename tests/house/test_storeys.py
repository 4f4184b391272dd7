"""What import-linter cannot see: foreign keys go down, tables are their domain's own, only actions write."""

from __future__ import annotations

import ast
import configparser
import re
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
YIMEN = ROOT / "yimen"
#: Words for what has not been named yet.
JUNK = {"utils", "util", "common", "helpers", "helper", "services", "service", "managers", "misc", "lib", "base_views"}
#: Rooms that may write: actions, and what has no case to act on.
WRITERS = {"actions", "migrations", "tests", "management"}
#: Files outside ``actions`` that write for a reason that stands in their first sentence.
WRITING_FILES = {
    "kernel/news.py",
    "kernel/throttle.py",
    "kernel/jobs.py",
    "kernel/events.py",
    "kernel/sweeps.py",
    "identity/models.py",
    "identity/pages/sign_in.py",
}
WRITES = {"save", "create", "bulk_create", "update", "bulk_update", "delete", "get_or_create", "update_or_create"}


def _storeys() -> list[list[str]]:
    linter = configparser.ConfigParser()
    linter.read(ROOT / ".importlinter")
    lines = linter["importlinter:contract:storeys"]["layers"].strip().splitlines()
    return [[name.strip(" ()") for name in line.split("|")] for line in lines]


def _height() -> dict[str, int]:
    storeys = _storeys()
    return {name: len(storeys) - number for number, names in enumerate(storeys) for name in names}


def _sources() -> list[Path]:
    return [path for path in YIMEN.rglob("*.py") if "migrations" not in path.parts and "tests" not in path.parts]


def test_foreign_keys_go_down():
    height = _height()
    wrong = []
    for model in apps.get_models():
        if model.__module__.startswith("yimen."):
            owner = model._meta.app_label
            for field in model._meta.get_fields():
                target = getattr(field, "related_model", None)
                is_own = field.concrete and target is not None and not isinstance(target, str)
                below = target._meta.app_label if is_own else owner
                if below != owner and height.get(below, 0) >= height[owner]:
                    wrong.append(f"{owner}.{model.__name__}.{field.name}")
    assert wrong == []


def test_nobody_reads_the_tables_of_another_domain():
    wrong = []
    for path in _sources():
        own = path.relative_to(YIMEN).parts[0]
        tree = ast.parse(path.read_text(encoding="utf-8"))
        foreign = {
            alias.asname or alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            and (found := re.fullmatch(r"yimen\.(\w+)\.models(\..*)?", node.module or ""))
            and found[1] != own
            for alias in node.names
        }
        wrong += [
            f"{path.relative_to(ROOT)}:{node.lineno} {node.value.id}.objects"
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute)
            and node.attr in ("objects", "_base_manager", "_default_manager")
            and isinstance(node.value, ast.Name)
            and node.value.id in foreign
        ]
    assert wrong == []


def _may_write(path: Path) -> bool:
    inner = path.relative_to(YIMEN)
    rooms = {part.removesuffix(".py") for part in inner.parts[1:]}
    return bool(rooms & WRITERS) or inner.as_posix() in WRITING_FILES or inner.parts[:2] == ("sites", "demo")


def _writes(node: ast.AST) -> bool:
    """A call that writes rows: ``row.save()``, ``Model.objects….update()``; not ``dict.update(…)``."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES):
        return False
    if node.func.attr == "save" and node.args:
        return False  # a picture or a PDF is written to a stream; rows are saved by keywords
    if node.func.attr in ("save", "bulk_create", "bulk_update", "get_or_create", "update_or_create"):
        return True
    return "objects" in {inner.attr for inner in ast.walk(node.func.value) if isinstance(inner, ast.Attribute)}


def test_only_actions_write():
    wrong = []
    for path in _sources():
        if not _may_write(path):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            wrong += [f"{path.relative_to(ROOT)}:{node.lineno}" for node in ast.walk(tree) if _writes(node)]
    assert wrong == []


def test_no_junk_drawers():
    names = [
        path for path in [*YIMEN.rglob("*"), *(ROOT / "launch").rglob("*")] if path.suffix == ".py" or path.is_dir()
    ]

    assert [str(path.relative_to(ROOT)) for path in names if path.stem in JUNK] == []


def test_every_domain_has_a_front_page():
    fronts = {path.parent.name: ast.get_docstring(ast.parse(path.read_text())) for path in YIMEN.glob("*/__init__.py")}

    assert sorted(name for name, said in fronts.items() if not said) == []
