"""The law behind a refusal, in words that people can look up."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

#: What the tags of ``docs/law.md`` are called, where people meet them.
TITLES = {
    "XKF": _("Administrative Licensing Law"),
    "PIPL": _("Personal Information Protection Law"),
    "HOL": _("Regulation on Public Holidays"),
}


def law_in_words(law: str) -> str:
    """``XKF art. 32(1)(4)`` becomes ``Administrative Licensing Law, article 32``; a standard stays as it is written."""
    tag, _separator, article = law.partition(" art. ")
    if tag not in TITLES:
        return law
    return str(_("%(law)s, article %(article)s")) % {"law": TITLES[tag], "article": article.partition("(")[0]}
