"""What the service bureau fills in: the words of a notice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from yimen.notices.errors import FactMissing
from yimen.notices.models import Template
from yimen.notices.rules import check_places
from yimen.notices.terms import FACTS, Occasion

if TYPE_CHECKING:
    _TemplateForm = forms.ModelForm[Template]
else:
    _TemplateForm = forms.ModelForm


class TemplateForm(_TemplateForm):
    """Words for an occasion; places that the occasion cannot fill are refused before anybody is written to."""

    class Meta:
        model = Template
        fields = ("title", "text", "sms")

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        places = ", ".join(f"{{{name}}}" for name in FACTS[Occasion(self.instance.occasion)])
        self.fields["text"].help_text = _("Places to use: %(places)s") % {"places": places}

    def clean(self) -> dict[str, Any]:
        """Each of the three texts."""
        cleaned: dict[str, Any] = super().clean() or {}
        for name in self.Meta.fields:
            try:
                check_places(Occasion(self.instance.occasion), cleaned.get(name, ""))
            except FactMissing as error:
                self.add_error(name, ValidationError(str(error)))
        return cleaned
