"""Names of files, places of bytes, numbers of letters."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from pathlib import Path

from yimen.documents.terms import LetterKind
from yimen.kernel.ids import check_character

#: The longest name that is kept, with its ending.
MAX_NAME = 120

_FORBIDDEN = re.compile(r'[<>:"|?*]+')


def safe_name(name: str, ending: str) -> str:
    """The last part of the given name without signs that mean something to a disk, a header or a reader's eye.

    Control and direction signs are dropped (``cod\u202egpj.exe`` is no picture); the ending is that of the content.
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(char for char in last if unicodedata.category(char)[0] != "C")
    stem = _FORBIDDEN.sub("_", plain.rsplit(".", 1)[0] if "." in plain else plain).strip(" .")
    return f"{stem[: MAX_NAME - len(ending) - 1] or 'file'}.{ending}"


def storage_place(root: Path, sha256: bytes) -> Path:
    """Where the bytes with this hash lie."""
    text = sha256.hex()
    return root / "files" / text[:2] / text[2:4] / text


def letter_number(kind: LetterKind, day: date, serial: int) -> str:
    """``SJ20261123000042K``: receipts SJ (收件), all others WS (文书); day, serial, check character."""
    prefix = "SJ" if kind in {LetterKind.RECEIPT, LetterKind.CORRECTION_RECEIPT} else "WS"
    text = f"{prefix}{day:%Y%m%d}{serial:06d}"
    return text + check_character(text)


def normal_number(text: str) -> str:
    """A number as somebody typed it, without spaces and dashes, in capitals and narrow signs."""
    return re.sub(r"[\s\-—–·]+", "", unicodedata.normalize("NFKC", text)).upper()
