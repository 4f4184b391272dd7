"""Every address of the house, gathered from the domains."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from yimen.sites.api.urls import api_urls
from yimen.sites.desk.urls import desk_urls
from yimen.sites.health import health
from yimen.sites.portal.urls import portal_urls

#: Whose pages there are, from the top of the house to its ground.
DOMAINS = ("cases", "catalogue", "notices", "documents", "identity", "places", "calendar", "channels", "ledger")


def _of_domains(side: str) -> list[URLPattern | URLResolver]:
    found: list[URLPattern | URLResolver] = []
    for domain in DOMAINS:
        if find_spec(f"yimen.{domain}.urls"):
            found += getattr(import_module(f"yimen.{domain}.urls"), side, [])
    return found


_desk: list[URLPattern | URLResolver] = [*desk_urls, *_of_domains("desk_urls")]

urlpatterns = [
    *portal_urls,
    *_of_domains("portal_urls"),
    path("desk/", include(_desk)),
    path("api/v1/", include(api_urls)),
    path("accounts/", include([*_of_domains("account_urls")])),
    path("admin/", admin.site.urls),
    path("health", health, name="health"),
]
if settings.DEMO:
    urlpatterns += _of_domains("demo_urls")

handler400 = "yimen.sites.errors.bad_request"
handler403 = "yimen.sites.errors.not_allowed"
handler404 = "yimen.sites.errors.not_found"
handler500 = "yimen.sites.errors.our_fault"
