"""Sealed text: personal numbers are stored encrypted, and found again by a keyed index.

AES-256-GCM with a key ring; the first key seals, every key opens. The index is HMAC-SHA256 with a key derived from the
*last* key of the ring, so that it outlives a change of keys.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models


@cache
def _ring(text: str) -> tuple[dict[int, AESGCM], int, bytes]:
    keys = {
        int(number): base64.b64decode(key)
        for number, _, key in (part.partition(":") for part in text.split(",") if part)
    }
    if not keys or any(len(key) != 32 for key in keys.values()):
        raise ImproperlyConfigured("YIMEN_DATA_KEYS must hold number:base64(32 bytes), newest first")
    numbers = list(keys)
    index_key = hmac.digest(keys[numbers[-1]], b"yimen index", hashlib.sha256)
    return {number: AESGCM(key) for number, key in keys.items()}, numbers[0], index_key


def seal(text: str) -> bytes:
    """The text encrypted: key number (1 byte), nonce (12), ciphertext and tag."""
    ciphers, current, _ = _ring(settings.DATA_KEYS)
    nonce = os.urandom(12)
    return bytes([current]) + nonce + ciphers[current].encrypt(nonce, text.encode(), None)


def unseal(sealed: bytes) -> str:
    """The text again. Raises KeyError for an unknown key, InvalidTag for a forged value."""
    ciphers, _, _ = _ring(settings.DATA_KEYS)
    return ciphers[sealed[0]].decrypt(sealed[1:13], sealed[13:], None).decode()


def keyed_index(text: str) -> bytes:
    """32 bytes by which a sealed value is found again: same text, same bytes; nobody without the key can make them."""
    return hmac.digest(_ring(settings.DATA_KEYS)[2], text.strip().upper().encode(), hashlib.sha256)


class SealedTextField(models.TextField):  # type: ignore[type-arg]
    """A text that lies encrypted in its ``bytea`` column and is a ``str`` in Python; empty stays empty."""

    def db_type(self, connection: object) -> str:  # noqa: ARG002  Django's signature
        """Bytes, whatever the text."""
        return "bytea"

    def get_prep_value(self, value: Any) -> Any:
        """The sealed bytes of a text."""
        return value if value is None else seal(value) if value else b""

    def from_db_value(self, value: Any, _expression: object, _connection: object) -> str | None:
        """The text of sealed bytes."""
        if value is None:
            return None
        return unseal(bytes(value)) if value else ""
