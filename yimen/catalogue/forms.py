"""What stands in the address of a list."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yimen.catalogue.queries import Narrowing
from yimen.catalogue.terms import ItemType, LifeEvent
from yimen.search.plan import LONGEST

#: For whom the items of a list are.
AUDIENCES: dict[str, str | Promise] = {"person": _("For people"), "organisation": _("For business")}


@dataclass(frozen=True, slots=True)
class Looking:
    """What a reader looks for: words, or a list narrowed down. What nobody can mean is passed over."""

    words: str
    audience: str
    narrowing: Narrowing
    after: str

    @classmethod
    def of(cls, request: HttpRequest) -> Looking:
        """Read from the address."""

        def word(*names: str) -> str:
            given = (request.GET.get(name, "") for name in names)
            text = next((text for text in given if text), "")
            return "" if "\0" in text else text.strip()[:100]

        audience, event, kind = word("audience"), word("life_event", "event"), word("type")
        audience = "organisation" if audience == "business" else audience if audience in AUDIENCES else ""
        narrowing = Narrowing(
            audience=audience,
            theme=word("theme"),
            life_event=event if event in LifeEvent.values else "",
            agency=word("agency"),
            centre=word("centre"),
            type=kind if kind in ItemType.values else "",
        )
        return cls(word("q")[:LONGEST], audience, narrowing, word("after"))
