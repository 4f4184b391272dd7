"""The addresses of the catalogue."""

from django.urls import path, register_converter

from yimen.catalogue import pages


class ItemCode:
    """The code of an item as it stands in an address; anything else is no address of ours."""

    regex = r"[0-9A-Za-z][0-9A-Za-z._-]{0,63}"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


register_converter(ItemCode, "item_code")

portal_urls = [
    path("items/", pages.items, name="catalogue-items"),
    path("items/suggest/", pages.suggest, name="catalogue-suggest"),
    path("personal/", pages.personal, name="catalogue-personal"),
    path("business/", pages.business, name="catalogue-business"),
    path("items/<item_code:code>/", pages.guide, name="catalogue-guide"),
    path("items/<item_code:code>/versions/", pages.versions, name="catalogue-versions"),
]
