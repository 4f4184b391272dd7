"""Every page and endpoint is in the permission table, and its guard says the same as the table."""

from __future__ import annotations

from tests.house.addresses import named
from yimen.sites.api.v1 import api
from yimen.sites.permissions import ANYBODY, FAMILIES, PERMISSIONS, SCOPES


def _pages() -> list[tuple[str, object]]:
    rows = [(name, view) for name, _route, view in named() if not name.startswith("api-1:")]
    return [(name, view) for name, view in rows if not name.startswith(tuple(FAMILIES))]


def test_every_address_has_a_name():
    assert [route for name, route, _view in named() if not name.split(":")[-1] and not route.startswith("admin/")] == []


def test_every_page_is_listed_and_nothing_else_is():
    names = {name for name, _view in _pages()}

    assert sorted(names - set(PERMISSIONS)) == []
    assert sorted(set(PERMISSIONS) - names) == []


def test_guards_say_what_the_table_says():
    guards = {name: getattr(view, "guard", ANYBODY) for name, view in _pages()}

    assert {name: found for name, found in guards.items() if found != PERMISSIONS.get(name)} == {}


def _endpoints() -> dict[str, str]:
    """What each endpoint of the API asks for: the scope of its token, or nothing."""
    found = {}
    for _prefix, router in api._routers:
        for path in router.path_operations.values():
            for operation in path.operations:
                scopes = {auth.scope for auth in operation.auth_callbacks if hasattr(auth, "scope")}
                found[operation.url_name or operation.operation_id or ""] = ",".join(sorted(scopes))
    return found


def test_endpoints_ask_for_the_scope_of_the_table():
    assert _endpoints() == SCOPES
