"""Every named address of the house, for the tests that walk them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


def named(patterns: list[Any] | None = None, prefix: str = "", route: str = "") -> Iterator[tuple[str, str, Any]]:
    """(name with its namespace, route, view) of each address."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from named(pattern.url_patterns, space, here)
        elif isinstance(pattern, URLPattern):
            yield prefix + (pattern.name or ""), here, pattern.callback
