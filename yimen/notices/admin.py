"""The words of notices, which the service bureau edits; what has been sent is only shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest

from yimen.kernel import clock
from yimen.kernel.actors import Actor, ActorKind
from yimen.notices.actions import edit_template
from yimen.notices.forms import TemplateForm
from yimen.notices.models import Notice, Template
from yimen.notices.terms import Occasion

if TYPE_CHECKING:
    _TemplateAdmin = admin.ModelAdmin[Template]
    _NoticeAdmin = admin.ModelAdmin[Notice]
else:
    _TemplateAdmin = _NoticeAdmin = admin.ModelAdmin


@admin.register(Template)
class TemplateAdmin(_TemplateAdmin):
    """Words are changed, not added or taken away: every occasion has them in four languages."""

    form = TemplateForm
    list_display = ("occasion", "language", "title")
    list_filter = ("occasion", "language")
    ordering = ("occasion", "language")

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Nobody adds."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Template | None = None) -> bool:  # noqa: ARG002
        """Nobody takes away."""
        return False

    def save_model(self, request: HttpRequest, obj: Template, form: Any, change: bool) -> None:  # noqa: ARG002
        """Write through the action."""
        edit_template(
            by=Actor(kind=ActorKind.OFFICER, id=str(request.user.pk), label=request.user.get_username()),
            occasion=Occasion(obj.occasion),
            language=obj.language,
            title=obj.title,
            text=obj.text,
            sms=obj.sms,
            now=clock.now(),
        )


@admin.register(Notice)
class NoticeAdmin(_NoticeAdmin):
    """When something was written about what; the words belong to their reader."""

    fields = ("occasion", "language", "subject_kind", "subject_no", "created_at", "read_at")
    list_display = ("created_at", "occasion", "subject_kind", "subject_no", "read_at")
    list_filter = ("occasion",)
    search_fields = ("subject_no",)

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Nobody adds."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Notice | None = None) -> bool:  # noqa: ARG002
        """Nobody changes."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Notice | None = None) -> bool:  # noqa: ARG002
        """Nobody takes away."""
        return False
