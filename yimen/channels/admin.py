"""Messages as an operator sees them: what waits, what failed and why; neither words nor whole addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin
from django.http import HttpRequest

from yimen.channels.models import Message
from yimen.channels.rules import mask_address
from yimen.channels.terms import Channel

if TYPE_CHECKING:
    _MessageAdmin = admin.ModelAdmin[Message]
else:
    _MessageAdmin = admin.ModelAdmin


@admin.register(Message)
class MessageAdmin(_MessageAdmin):
    """Read only."""

    list_display = ("created_at", "channel", "masked", "state", "tries", "next_try_at", "sent_at", "error")
    list_filter = ("state", "channel")
    fields = (*list_display, "gateway", "reference", "subject_kind", "subject_no")
    ordering = ("-id",)
    show_full_result_count = False

    @admin.display(description="address")
    def masked(self, message: Message) -> str:
        """138****0000."""
        return mask_address(Channel(message.channel), message.address)

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Nobody adds."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Message | None = None) -> bool:  # noqa: ARG002
        """Nobody changes."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Message | None = None) -> bool:  # noqa: ARG002
        """Nobody takes away."""
        return False
