"""Addresses of messages."""

from django.urls import path

from yimen.notices import pages

portal_urls = [
    path("my/messages/", pages.show_inbox, name="notices-inbox"),
    path("my/messages/<uuid:notice_id>/", pages.show_notice, name="notices-notice"),
]
demo_urls = [path("demo/inbox/", pages.show_demo_inbox, name="notices-demo-inbox")]
