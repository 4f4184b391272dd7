"""The door: what django-allauth asks us about telephones, names and ways, and a new password after a code."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import SetPasswordForm
from allauth.core import context
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from yimen.channels.actions import send
from yimen.channels.terms import Channel
from yimen.identity.actions import confirm_account_phone, note_account_phone
from yimen.identity.forms import PhoneField
from yimen.identity.guards import account_page, public_page
from yimen.identity.models import User
from yimen.identity.queries import is_staff_account, user_by_phone
from yimen.identity.rules import check_mobile
from yimen.kernel import clock
from yimen.kernel.errors import NotValid

#: Messages that say what the next page says anyway, or that would repeat a telephone number.
_SILENT = ("logged_in", "logged_out", "phone_verification_sent", "phone_verified", "login_code_sent")
_USER_NAME = re.compile(r"[\w.@+-]{3,60}")
_LOOKS_LIKE_NUMBER = re.compile(r"\+?[0-9]{7,}[0-9Xx]?")
#: Who has signed in so recently is not asked again before something weighty.
_JUST_NOW = timedelta(minutes=5)
#: How long after a code a forgotten password may be replaced.
_CODE_COUNTS_FOR = timedelta(minutes=15)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """What is ours in allauth: sealed telephones, codes through the channels, where people land."""

    def phone_form_field(self, **kwargs: Any) -> PhoneField:
        """Our own field, which takes numbers as people write them."""
        return PhoneField(**{name: value for name, value in kwargs.items() if name != "label"})

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        """The telephone of an account and whether its code came back."""
        return (user.phone, user.phone_verified_at is not None) if user.phone else None

    def set_phone(self, user: User, phone: str, verified: bool) -> None:
        """Note a telephone; only a verified one belongs to the account."""
        if verified:
            self.set_phone_verified(user, phone)
        else:
            note_account_phone(user_id=user.pk, phone=phone)
            user.refresh_from_db()

    def set_phone_verified(self, user: User, phone: str) -> None:
        """Its code came back."""
        confirm_account_phone(user_id=user.pk, phone=phone, now=clock.now())
        user.refresh_from_db()

    def get_user_by_phone(self, phone: str) -> User | None:
        """The account with this verified telephone, however it is written."""
        try:
            return user_by_phone(check_mobile(phone))
        except NotValid:
            return None

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask once more before something weighty, unless somebody has signed in only just now."""
        asks = super().is_reauthentication_required(app=app, **kwargs)
        return bool(asks and not _signed_in_within(context.request, _JUST_NOW))

    def send_verification_code_sms(self, user: User, phone: str, code: str, **kwargs: Any) -> None:  # noqa: ARG002
        """The code goes out; the gateway's record forgets it once it is sent."""
        text = _("%(code)s is your code for signing in at the service centre. Tell it to nobody. It ends in 5 minutes.")
        _send(phone, text % {"code": code})

    def send_account_already_exists_sms(self, phone: str) -> None:
        """Somebody signs up with a telephone that has an account: only its owner learns."""
        _send(
            phone, _("Your number already has an account at the service centre. Sign in by code, no need to sign up.")
        )

    def clean_username(self, username: str, shallow: bool = False) -> str:
        """No telephone or document number as a user name: it is seen too often."""
        name = username.strip()
        if not _USER_NAME.fullmatch(name):
            raise ValidationError(_("A user name has 3 to 60 letters, digits or . _ - + @."))
        if _LOOKS_LIKE_NUMBER.fullmatch(name):
            raise ValidationError(_("Please do not take a telephone or document number as user name."))
        return str(super().clean_username(name, shallow=shallow))

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Staff to the desk, residents to My space."""
        if request.user.pk is not None and is_staff_account(request.user.pk):
            return "/desk/"
        return reverse("identity-my")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to where the password was changed from."""
        is_staff = request.user.pk is not None and is_staff_account(request.user.pk)
        return reverse("identity-me" if is_staff else "identity-profile")

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say what happened, except what the page says anyway."""
        if message_template is None or not any(name in message_template for name in _SILENT):
            super().add_message(request, level, message_template, message_context, extra_tags, message)


def _send(phone: str, text: str) -> None:
    send(
        channel=Channel.SMS,
        address=phone,
        title="",
        text=text,
        subject_kind="sign-in",
        is_secret=True,
        now=clock.now(),
    )


@require_GET
@public_page
def desk_sign_in(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The door of the staff: the same sign-in, then the desk."""
    return redirect_to_login("/desk/")


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@account_page
def new_password(request: HttpRequest) -> HttpResponseBase:
    """A new password for somebody who has just signed in by code and does not know the old one."""
    if not _signed_in_within(request, _CODE_COUNTS_FOR, "code"):
        return redirect("account_change_password")
    form = SetPasswordForm(user=request.user, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save()
        update_session_auth_hash(request, form.user)
        return HttpResponseRedirect(reverse("identity-profile"))
    return render(request, "account/password_set.html", {"form": form})


def _signed_in_within(request: HttpRequest, span: timedelta, method: str = "") -> bool:
    # allauth writes these by the machine's time, which the demo's clock does not move
    begin = time.time() - span.total_seconds()
    records = request.session.get("account_authentication_methods", [])
    return any(record["at"] > begin and (not method or record["method"] == method) for record in records)
