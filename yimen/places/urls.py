"""The addresses of the halls."""

from django.urls import path

from yimen.places import pages

portal_urls = [
    path("centres/", pages.centres, name="places-centres"),
    path("centres/<str:code>/", pages.centre, name="places-centre"),
]
