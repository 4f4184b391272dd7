"""The addresses of the catalogue."""

from django.urls import path

from yimen.catalogue import pages

portal_urls = [
    path("items/", pages.items, name="catalogue-items"),
    path("items/suggest/", pages.suggest, name="catalogue-suggest"),
    path("personal/", pages.personal, name="catalogue-personal"),
    path("business/", pages.business, name="catalogue-business"),
    path("items/<str:code>/", pages.guide, name="catalogue-guide"),
    path("items/<str:code>/versions/", pages.versions, name="catalogue-versions"),
]
