"""Every address of the house, gathered from the domains."""

from __future__ import annotations

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from yimen.cases import urls as cases
from yimen.catalogue import urls as catalogue
from yimen.identity import urls as identity
from yimen.notices import urls as notices
from yimen.places import urls as places
from yimen.sites.api.urls import api_urls
from yimen.sites.desk.urls import desk_urls
from yimen.sites.health import health
from yimen.sites.portal.urls import portal_urls

#: Whose pages there are, from the top of the house to its ground.
DOMAINS = (cases, catalogue, notices, identity, places)


def _of_domains(side: str) -> list[URLPattern | URLResolver]:
    """What the domains have on this side: ``portal_urls`` (complete addresses), and ``desk_urls`` (under ``desk/``)."""
    return [address for domain in DOMAINS for address in getattr(domain, side, [])]


_desk: list[URLPattern | URLResolver] = [*desk_urls, *_of_domains("desk_urls")]

urlpatterns = [
    *portal_urls,
    *_of_domains("portal_urls"),
    path("desk/", include(_desk)),
    path("api/v1/", include(api_urls)),
    path("accounts/", include(_of_domains("account_urls"))),
    path("admin/", admin.site.urls),
    path("health", health, name="health"),
]
if settings.DEMO:
    urlpatterns += _of_domains("demo_urls")

handler400 = "yimen.sites.errors.bad_request"
handler403 = "yimen.sites.errors.not_allowed"
handler404 = "yimen.sites.errors.not_found"
handler500 = "yimen.sites.errors.our_fault"
