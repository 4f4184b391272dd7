"""Addresses of the desk that belong to no domain."""

from django.urls import path

from yimen.sites.desk import pages

desk_urls = [path("", pages.home, name="desk-home")]
