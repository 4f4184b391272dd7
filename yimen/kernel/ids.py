"""Keys and numbers: time-ordered keys for rows, check characters for what people read out and type."""

from __future__ import annotations

import os
import time
from uuid import UUID

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def new_id() -> UUID:
    """A random key whose first 48 bits are the millisecond, so that indexes grow at one end (RFC 9562, version 7)."""
    value = (time.time_ns() // 1_000_000) << 80 | int.from_bytes(os.urandom(10))
    value = value & ~(0xF << 76) | 0x7 << 76
    return UUID(int=value & ~(0x3 << 62) | 0x2 << 62)


def check_character(text: str) -> str:
    """The check character of ``text`` by ISO/IEC 7064 MOD 37,36; whatever is no letter or digit is passed over.

    Finds every single wrong character and every swap of neighbours.
    """
    carry = 36
    for char in text.upper():
        if char in ALPHABET:
            carry = ((carry + ALPHABET.index(char)) % 36 or 36) * 2 % 37
    return ALPHABET[(37 - carry) % 36]


def is_checked(text: str) -> bool:
    """Whether the last letter or digit of ``text`` is the check character of what stands before it."""
    kept = [char for char in text.upper() if char in ALPHABET]
    return len(kept) > 1 and check_character("".join(kept[:-1])) == kept[-1]
