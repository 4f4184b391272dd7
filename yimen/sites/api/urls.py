"""Addresses under ``/api/v1/``."""

from django.urls import URLPattern, URLResolver, path

from yimen.sites.api import pages
from yimen.sites.api.v1 import api

api_urls: list[URLPattern | URLResolver] = [
    path("docs", pages.docs, name="api-docs"),
    path("", api.urls),
]
