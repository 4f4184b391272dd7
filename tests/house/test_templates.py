"""Templates: each one used, nothing inline that the content policy would refuse."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted([*ROOT.glob("yimen/*/jinja2/**/*.*"), *ROOT.glob("yimen/*/templates/**/*.*")])
INLINE = re.compile(
    r"""\sstyle\s*=|<style\b|\son[a-z]+\s*=\s*["']|javascript:"""
    r"""|<script(?![^>]*(?:\bsrc=|application/json))[^>]*>""",
    re.IGNORECASE,
)
#: Named by software that we do not call ourselves.
CALLED_BY_OTHERS = ("account/", "mfa/", "allauth/", "socialaccount/", "usersessions/", "admin/", "429.html")


def _name(path: Path) -> str:
    parts = path.parts
    start = max(parts.index(word) for word in ("jinja2", "templates") if word in parts)
    return "/".join(parts[start + 1 :])


def test_nothing_is_inline():
    # the comments at the top of parts.html and the like may name what they forbid
    bare = {path: re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL) for path in TEMPLATES}

    assert {_name(path): INLINE.findall(text) for path, text in bare.items() if INLINE.search(text)} == {}


def test_every_template_is_used():
    sources = "\n".join(
        path.read_text(encoding="utf-8")
        for path in [*ROOT.glob("yimen/**/*.py"), *TEMPLATES]
        if "tests" not in path.parts and "migrations" not in path.parts
    )
    names = {_name(path) for path in TEMPLATES}

    assert sorted(name for name in names if f'"{name}"' not in sources and not name.startswith(CALLED_BY_OTHERS)) == []
