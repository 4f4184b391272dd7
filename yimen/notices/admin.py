"""The words of notices, which the service bureau edits; what has been sent is only shown."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from yimen.notices.actions import edit_template
from yimen.notices.errors import FactMissing
from yimen.notices.models import Notice, Template
from yimen.notices.rules import check_places
from yimen.notices.terms import FACTS, Occasion


class TemplateForm(forms.ModelForm[Template]):
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


@admin.register(Template)
class TemplateAdmin(admin.ModelAdmin[Template]):
    """Words are changed, not added or taken away: every occasion has them in four languages."""

    form = TemplateForm
    list_display = ("occasion", "language", "title")
    list_filter = ("occasion", "language")
    ordering = ("occasion", "language")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Template | None = None) -> bool:
        """Never."""
        return False

    def save_model(self, request: HttpRequest, obj: Template, form: Any, change: bool) -> None:
        """Through the action, like every write."""
        edit_template(
            occasion=Occasion(obj.occasion), language=obj.language, title=obj.title, text=obj.text, sms=obj.sms
        )


@admin.register(Notice)
class NoticeAdmin(admin.ModelAdmin[Notice]):
    """When something was written about what; the words belong to their reader."""

    fields = ("occasion", "language", "subject_kind", "subject_no", "created_at", "read_at")
    list_display = ("created_at", "occasion", "subject_kind", "subject_no", "read_at")
    list_filter = ("occasion",)
    search_fields = ("subject_no",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Notice | None = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Notice | None = None) -> bool:
        """Never."""
        return False
