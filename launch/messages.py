"""Words in four languages: one catalogue file per domain and language, one compiled file per language.

``yimen/locale/<language>/<domain>.po`` are the sources; ``update`` brings them in line with the code, ``compile_all``
writes ``<language>/LC_MESSAGES/django.mo``. English stands in the code itself and needs no file.
"""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
LOCALE = ROOT / "yimen" / "locale"
#: zh-Hans is complete for everything; Japanese and Korean for whatever a visitor can meet.
LANGUAGES = ("zh_Hans", "ja", "ko")
_METHODS = [
    ("**/tests/**", "ignore"),
    ("**/migrations/**", "ignore"),
    ("**/jinja2/**.*", "jinja2"),
    ("**.py", "python"),
]
_KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}


def domains() -> list[str]:
    """Every folder under ``yimen`` that may hold words."""
    return sorted(p.name for p in (ROOT / "yimen").iterdir() if (p / "__init__.py").exists())


def extract(domain: str) -> Catalog:
    """What the code of one domain says, with the places where it says it."""
    catalog = Catalog(project="Yimen", charset="utf-8", header_comment="", fuzzy=False)
    folder = ROOT / "yimen" / domain
    jinja = {"silent": "false", "newstyle_gettext": "true", "trimmed": "true", "extensions": "jinja2.ext.do"}
    options = {"**/jinja2/**.*": jinja}
    found = extract_from_dir(folder, _METHODS, options, _KEYWORDS, strip_comment_tags=True)
    for path, _line, message, comments, context in found:
        catalog.add(message, locations=[(f"{domain}/{path}", 0)], auto_comments=comments, context=context)
    return catalog


def _read(path: Path, language: str) -> Catalog:
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update() -> dict[str, int]:
    """Bring every file in line with the code; returns how many words still lack a translation, by language."""
    missing = dict.fromkeys(LANGUAGES, 0)
    for domain in domains():
        found = extract(domain)
        for language in LANGUAGES:
            path = LOCALE / language / f"{domain}.po"
            if not list(found)[1:]:
                path.unlink(missing_ok=True)
                continue
            old = _read(path, language)
            new = Catalog(locale=language, charset="utf-8", header_comment="", fuzzy=False)
            for message in found:
                if not message.id:
                    continue
                known = old.get(message.id, message.context)
                text = known.string if known else ""
                new.add(
                    message.id,
                    text or (("",) if message.pluralizable else ""),
                    context=message.context,
                    locations=sorted({(name, 0) for name, _ in message.locations}),
                )
                if not (all(text) if isinstance(text, tuple | list) else text):
                    missing[language] += 1
            buffer = BytesIO()
            write_po(buffer, new, sort_output=True, width=120, include_lineno=False, omit_header=False)
            text_of_file = re.sub(
                rb'"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Generated-By|Language-Team|Report-Msgid-Bugs-To|Project-Id-Version)[^\n]*\n',
                b"",
                buffer.getvalue(),
            )
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text_of_file)
    return missing


def untranslated(language: str) -> list[tuple[str, str]]:
    """(domain, message) of every word without a translation."""
    rows = []
    for domain in domains():
        known = _read(LOCALE / language / f"{domain}.po", language)
        for message in extract(domain):
            if message.id:
                found = known.get(message.id, message.context)
                text = found.string if found else ""
                if not (all(text) if isinstance(text, tuple | list) else text):
                    rows.append((domain, message.id if isinstance(message.id, str) else message.id[0]))
    return rows


def compile_all() -> None:
    """Write the compiled file of each language; words of all domains together."""
    for language in LANGUAGES:
        whole = Catalog(locale=language, charset="utf-8")
        for path in sorted((LOCALE / language).glob("*.po")):
            for message in _read(path, language):
                texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
                if message.id and all(texts):
                    whole.add(message.id, message.string, context=message.context)
        target = LOCALE / language / "LC_MESSAGES" / "django.mo"
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as file:
            write_mo(file, whole)


if __name__ == "__main__":
    import sys

    if "compile" in sys.argv:
        compile_all()
    else:
        for name, count in update().items():
            print(f"{name}: {count} without a translation")
        compile_all()
