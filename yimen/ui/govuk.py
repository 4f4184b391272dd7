"""The components of govuk-frontend (MIT): their markup is tried with many assistive tools; the look is ours.

They are rendered in an environment of their own, because their templates ask for keys that may be absent.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from jinja2 import ChainableUndefined, Environment, PackageLoader, PrefixLoader
from markupsafe import Markup

_MACROS = {
    "checkboxes": "govukCheckboxes",
    "date-input": "govukDateInput",
    "error-summary": "govukErrorSummary",
    "file-upload": "govukFileUpload",
    "input": "govukInput",
    "password-input": "govukPasswordInput",
    "radios": "govukRadios",
    "select": "govukSelect",
    "textarea": "govukTextarea",
}


@cache
def _environment() -> Environment:
    loader = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    return Environment(loader=loader, autoescape=True, undefined=ChainableUndefined, trim_blocks=True)


@cache
def _macro(component: str) -> Callable[[dict[str, Any]], str]:
    template = _environment().get_template(f"govuk_frontend_jinja/components/{component}/macro.html")
    macro: Callable[[dict[str, Any]], str] = getattr(template.module, _MACROS[component])
    return macro


def govuk(component: str, params: dict[str, Any]) -> Markup:
    """The component with these parameters, named as in the design system's own documentation."""
    return Markup(_macro(component)(_without_nones(params)))  # noqa: S704  escaped by the macro's own environment


def _without_nones(value: Any) -> Any:
    """Parameters as the macros like them: what is None is not there."""
    if isinstance(value, dict):
        return {key: _without_nones(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list | tuple):
        return [_without_nones(inner) for inner in value]
    return value
