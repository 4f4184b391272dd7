"""Rooms of the domains that only some processes enter: ``tasks`` and ``reactions``."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule


@cache
def load_rooms(name: str) -> tuple[str, ...]:
    """Import ``yimen.*.name`` of every installed domain that has it, lowest domain first; returns their paths."""
    ours = (config for config in apps.get_app_configs() if config.name.startswith("yimen."))
    found = tuple(f"{config.name}.{name}" for config in ours if module_has_submodule(config.module, name))
    for path in found:
        import_module(path)
    return found
