"""What people fill in about themselves. The rules are those of ``rules.py``; forms carry their words to the fields."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from allauth.account.forms import SignupForm
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from yimen.identity.rules import check_mobile, check_name, check_uscc
from yimen.identity.terms import IdType, MandateScope
from yimen.kernel.errors import Refusal


def _checked(check: Callable[[str], str], text: str) -> str:
    try:
        return check(text)
    except Refusal as refusal:
        raise ValidationError(str(refusal), code=refusal.code) from refusal


@contextmanager
def refusals_shown(form: forms.Form) -> Iterator[None]:
    """A refusal of what is done inside becomes an error of the form, at its field where it names one."""
    try:
        yield
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))


class PhoneField(forms.CharField):
    """A mobile telephone, however it is written; cleaned to ``+8613800000000``."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Mobile telephone"))
        options.setdefault("max_length", 30)
        super().__init__(**options)

    def clean(self, value: Any) -> str:
        """The number in its stored form, or the sentence of the rule."""
        text = super().clean(value)
        return _checked(check_mobile, text) if text else text


class NameField(forms.CharField):
    """The name of a person or an organisation as it stands on the document."""

    def clean(self, value: Any) -> str:
        """The name with single spaces."""
        return _checked(check_name, super().clean(value))


class SignUpForm(SignupForm):  # type: ignore[misc]
    """Sign-up of a resident: the telephone must be given."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].required = True


class WhoForm(forms.Form):
    """Who somebody is, by a document."""

    name = NameField(label=_("Full name"), max_length=100)
    id_type = forms.ChoiceField(label=_("Document"), choices=IdType.choices, initial=IdType.CITIZEN)
    id_number = forms.CharField(label=_("Number of the document"), max_length=40)


class MandateForm(WhoForm):
    """A mandate for somebody, who is named by a document; the principal is the person or one of their firms."""

    principal = forms.ChoiceField(label=_("Who gives the mandate"))
    scope = forms.ChoiceField(label=_("What they may do"), choices=MandateScope.choices, initial=MandateScope.ALL)
    valid_until = forms.DateField(label=_("Last day"), required=False)

    def __init__(self, *args: Any, principals: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["principal"].choices = principals  # type: ignore[attr-defined]
        self.fields["principal"].initial = principals[0][0]


class OrganisationForm(forms.Form):
    """An organisation that its legal representative registers."""

    name = NameField(label=_("Name of the organisation"), max_length=200)
    uscc = forms.CharField(label=_("Unified social credit code"), max_length=40)
    address = forms.CharField(label=_("Address"), max_length=200, required=False)

    def clean_uscc(self) -> str:
        """The code in its stored form, or the sentence of the rule."""
        return _checked(check_uscc, self.cleaned_data["uscc"])


class LanguageForm(forms.Form):
    """The language in which somebody is written to."""

    language = forms.ChoiceField(label=_("Language of messages"), choices=settings.LANGUAGES)


class WindowForm(forms.Form):
    """The window at which a clerk sits; none is an answer too."""

    window = forms.TypedChoiceField(label=_("Window"), coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, windows: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["window"].choices = windows  # type: ignore[attr-defined]
