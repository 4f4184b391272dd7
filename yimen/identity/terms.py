"""The words of identity, and the hands that act: officers and residents as other domains see them."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from yimen.kernel.actors import Actor


class IdType(TextChoices):
    """Documents of natural persons; values are the codes of GA/T 2000.156 where one was found."""

    CITIZEN = "111", _("resident identity card")
    HMT_RESIDENCE = "154", _("residence permit for Hong Kong, Macao and Taiwan residents")
    HM_PERMIT = "516", _("Mainland travel permit for Hong Kong and Macao residents")
    TW_PERMIT = "511", _("Mainland travel permit for Taiwan residents")
    FOREIGNER_RESIDENCE = "553", _("foreigner's permanent residence card")
    PASSPORT = "414", _("passport")


class Duty(TextChoices):
    """What a post is for. Four pairs of hands: accepting, surveying, deciding and issuing are different people's."""

    ACCEPT = "accept", _("accepting")
    REVIEW = "review", _("reviewing")
    SURVEY = "survey", _("surveying")
    DECIDE = "decide", _("deciding")
    ISSUE = "issue", _("issuing")
    MANAGE_ITEMS = "manage_items", _("managing items")
    AUDIT_ITEMS = "audit_items", _("auditing items")
    SUPERVISE = "supervise", _("supervising")
    ADMINISTER = "administer", _("administering")


class MandateScope(TextChoices):
    """What a representative may do for the principal."""

    FILE = "file", _("file and follow cases")
    COLLECT = "collect", _("collect results")
    ALL = "all", _("file, follow and collect")


class Basis(TextChoices):
    """On what a mandate rests."""

    LEGAL_REPRESENTATIVE = "legal representative", _("legal representative")
    POWER_OF_ATTORNEY = "power of attorney", _("power of attorney")
    GUARDIAN = "guardian", _("guardian")


class NameLevel(TextChoices):
    """How sure we are that an account or a record belongs to the person it names."""

    DECLARED = "declared", _("declared by the person")
    SEEN = "seen", _("document seen at a window")
    ATTESTED = "attested", _("attested by another authority")


@dataclass(frozen=True, slots=True)
class Officer(Actor):
    """A member of staff at work: kind ``officer``, id of the staff record, label the staff number."""

    name: str = ""
    agency_id: int | None = None
    centre_id: int | None = None
    window_id: int | None = None
    duties: frozenset[Duty] = field(default_factory=frozenset)
    #: Codes of the posts held today, such as ``market.reviewer``.
    posts: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Resident(Actor):
    """A person who has signed in: kind ``resident``, id of the user."""

    name: str = ""
    user_id: int = 0
    person_id: UUID | None = None
