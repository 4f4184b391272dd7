"""Addresses of the public side that belong to no domain."""

from django.urls import path

from yimen.sites.portal import pages, phone, verify

portal_urls = [
    path("", pages.home, name="home"),
    path("language/", pages.choose_language, name="language"),
    path("elder/", pages.choose_size, name="elder"),
    path("offline/", phone.offline, name="offline"),
    path("manifest.webmanifest", phone.manifest, name="manifest"),
    path("sw.js", phone.service_worker, name="service-worker"),
    path("robots.txt", phone.robots, name="robots"),
    path("favicon.ico", phone.favicon, name="favicon"),
    path("verify/", verify.ask, name="documents-check"),
    path("verify/<str:number>/", verify.answer, name="documents-check-letter"),
]
