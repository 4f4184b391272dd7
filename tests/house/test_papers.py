"""What the papers beside the code promise: law tags listed, settings described, lock files that name no host."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

from yimen.settings.env import Environment

ROOT = Path(__file__).resolve().parents[2]
SAYS_LAW = re.compile(r"""(?:Law:\s*|\blaw\s*(?::[^=\n]*)?=\s*["'])([^"'\n]+)""")
#: ``XKF``, ``GB 11643``, ``GB/T 39046``.
TAG = re.compile(r"\b(GB(?:/T)? \d{4,5}|[A-Z]{2,6})(?=[ ,.;(]|$)")


def _listed() -> set[str]:
    rows = (ROOT / "docs/law.md").read_text(encoding="utf-8").splitlines()
    return {row.split("|")[1].strip() for row in rows if row.startswith("| ")} - {"tag"}


def test_every_law_tag_is_listed():
    listed, unknown = _listed(), []
    for path in [*ROOT.glob("yimen/**/*.py"), *ROOT.glob("demo/**/*.py")]:
        if "tests" in path.parts:
            continue
        for said in SAYS_LAW.findall(path.read_text(encoding="utf-8")):
            law = said.split("Raises:")[0].removesuffix(".").strip()
            if law and not any(tag in listed for tag in TAG.findall(law)):
                unknown.append(f"{path.relative_to(ROOT)}: {law}")
            unknown += [
                f"{path.relative_to(ROOT)}: {tag}"
                for tag in re.findall(r"\b([A-Z]{2,6}) arts?\.", law)
                if tag not in listed
            ]
    assert unknown == []


def test_every_setting_is_described():
    described = set(re.findall(r"`(YIMEN_[A-Z_]+)`", (ROOT / "docs/settings.md").read_text(encoding="utf-8")))

    assert {f"YIMEN_{field.name.upper()}" for field in fields(Environment)} == described


def test_lock_files_name_no_host():
    text = "\n".join(path.read_text(encoding="utf-8") for path in ROOT.glob("requirements/*.txt"))

    assert re.findall(r"https?://[^\s\"']+|--index-url\S*|--find-links\S*", text) == []


def test_nothing_names_the_machine_it_was_written_on():
    named = [
        str(path.relative_to(ROOT))
        for folder in ("yimen", "launch", "docs", "demo", "bench", "deploy")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".md", ".html", ".css", ".js", ".json", ".toml", ".sh"}
        and re.search(r"(?<![\w.])/(?:work|farm)/|(?<![\w.])/tmp/(?!yimen)", path.read_text(encoding="utf-8"))
    ]

    assert named == []
