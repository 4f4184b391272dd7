"""The Jinja environment of our pages: our templates, the components of govuk-frontend, translations, a few globals."""

from __future__ import annotations

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader, StrictUndefined


def environment(**options: Any) -> Environment:
    """Django asks for this once."""
    options.setdefault("undefined", StrictUndefined)
    env = Environment(extensions=["jinja2.ext.i18n"], **options)  # noqa: S701  autoescape comes in the options
    env.loader = ChoiceLoader(
        [options["loader"], PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})]
    )
    env.install_gettext_callables(translation.gettext, translation.ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.globals.update(static=static, url=_url, language=translation.get_language)
    return env


def _url(name: str, **kwargs: Any) -> str:
    return reverse(name, kwargs=kwargs)
