"""Addresses for templates: by name where it exists, and the same page with one word of its query changed."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse


@lru_cache(maxsize=4096)
def url(name: str, **kwargs: Any) -> str:
    """The address of that name. What an address is never changes while a process runs.

    Raises: NoReverseMatch
    """
    return reverse(name, kwargs=kwargs)


@lru_cache(maxsize=4096)
def url_or_none(name: str, **kwargs: Any) -> str | None:
    """The address of that name, or None where this installation has no such page: then there is no link to it."""
    try:
        return reverse(name, kwargs=kwargs)
    except NoReverseMatch:
        return None


def with_query(request: HttpRequest, **changes: str | None) -> str:
    """The page's address with some words of the query set anew; None takes a word away."""
    words = request.GET.copy()
    for key, value in changes.items():
        if value is None:
            words.pop(key, None)
        else:
            words[key] = value
    return f"{request.path}?{urlencode(list(words.lists()), doseq=True)}" if words else request.path
