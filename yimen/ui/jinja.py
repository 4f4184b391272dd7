"""The Jinja environment of our pages: templates, translations, and everything a template may call, in one place."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.templatetags.static import static
from django.utils import translation
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from yimen.ui import formats
from yimen.ui.fields import error_at
from yimen.ui.govuk import govuk
from yimen.ui.icons import icon
from yimen.ui.links import url, url_or_none, with_query

#: ``{{ value|name }}``
FILTERS = {
    "day": formats.day,
    "full_day": formats.full_day,
    "weekday": formats.weekday,
    "weekday_and_day": formats.weekday_and_day,
    "moment": formats.moment,
    "clock_time": formats.clock_time,
    "hour": formats.hour,
    "intervals": formats.intervals,
    "number": formats.number,
    "money": formats.money,
    "language_name": formats.language_name,
    "named": formats.named,
}


def environment(**options: Any) -> Environment:
    """Django asks for this once."""
    options.setdefault("undefined", StrictUndefined)
    options.setdefault("trim_blocks", True)
    options.setdefault("lstrip_blocks", True)
    env = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"], **options)  # noqa: S701  autoescape is in the options
    env.install_gettext_callables(  # type: ignore[attr-defined]
        translation.gettext, translation.ngettext, newstyle=True, pgettext=translation.pgettext
    )
    env.globals.update(gettext=words, _=words)
    env.policies["ext.i18n.trimmed"] = True
    env.filters.update(FILTERS)
    env.globals.update(
        static=static,
        url=url,
        url_or_none=url_or_none,
        with_query=with_query,
        icon=icon,
        govuk=govuk,
        error_at=error_at,
        language=formats.reader,
        week_heads=formats.week_heads,
    )
    return env



def words(text: str, /, **values: Any) -> Markup:
    """A sentence of a template in the reader's language; values are escaped as everywhere."""
    said = _said(translation.get_language(), text)
    return said % values if values else said


@cache
def _said(language: str | None, text: str) -> Markup:  # noqa: ARG001  the words of each language are kept
    """The words as gettext has them; a sentence without values says ``%%`` where it means per cent."""
    said = Markup(translation.gettext(text))  # noqa: S704  sentences of the templates are our own
    return said if "%(" in text else said % {}
