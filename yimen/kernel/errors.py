"""Ways to say no. A refusal is an answer, not a fault: a code, a sentence, the law where one decides."""

from __future__ import annotations

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refusal(Exception):
    """The platform says no and why. Subclasses name the obstacle; the sentence is put into words when it is shown."""

    #: ``domain.obstacle``, stable, for programs.
    code: ClassVar[str] = "kernel.refused"
    #: The sentence, with ``%(name)s`` places for the parameters.
    message: ClassVar[str | Promise] = _("This cannot be done.")
    #: The article that decides, as in docs/law.md; empty where none does.
    law: ClassVar[str] = ""
    #: What HTTP calls it.
    status: ClassVar[int] = 409

    def __init__(self, *, field: str = "", **params: object) -> None:
        self.field = field
        self.params = params
        super().__init__(self.code)

    def __str__(self) -> str:
        return str(self.message) % {key: str(value) for key, value in self.params.items()}


class NotValid(Refusal):
    """Something that was given breaks a rule of its field."""

    code = "kernel.not-valid"
    message = _("This is not valid.")
    status = 422


class NotFound(Refusal):
    """There is no such thing, or it is not for this reader to know that there is."""

    code = "kernel.not-found"
    message = _("There is nothing here under this address or number.")
    status = 404


class NotAllowed(Refusal):
    """The reader may not do this."""

    code = "kernel.not-allowed"
    message = _("Your post does not allow this.")
    status = 403


class TooMany(Refusal):
    """Too many tries in a short time."""

    code = "kernel.too-many"
    message = _("Too many tries. Please wait %(minutes)s minutes and try again.")
    status = 429


class Refusals(Refusal):
    """Several refusals said at once, so that everything is mended in one go."""

    code = "kernel.several"
    message = _("There are %(count)s things to mend.")
    status = 422

    def __init__(self, refusals: list[Refusal]) -> None:
        self.refusals = refusals
        super().__init__(count=len(refusals))
