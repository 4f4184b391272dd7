"""The desk's page about oneself: posts, window, sign-in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yimen.identity.actions import choose_window
from yimen.identity.forms import WindowForm
from yimen.identity.guards import StaffRequest, account_at_door, officer_page
from yimen.identity.queries import posts_of, windows_of
from yimen.kernel import clock


@require_http_methods(["GET", "POST"])
@officer_page()
def me(request: StaffRequest) -> HttpResponse:
    """My posts of today, the window at which I sit, how I sign in."""
    staff_id, today = int(request.officer.id), clock.today()
    windows = windows_of(staff_id, today)
    choices = [("", _("at no window")), *((str(row.id), f"{row.centre_name} · {row.code}") for row in windows)]
    form = WindowForm(request.POST or None, windows=choices, initial={"window": request.officer.window_id or ""})
    if request.method == "POST" and form.is_valid():
        choose_window(by=request.officer, window_id=form.cleaned_data["window"], now=clock.now())
        messages.success(request, _("Your window is noted."))
        return HttpResponseRedirect(reverse("identity-me"))
    account = account_at_door(request)
    values = {
        "form": form,
        "posts": posts_of(staff_id, today),
        "has_windows": bool(windows),
        "has_second_factor": account is not None and account.has_second_factor,
    }
    return render(request, "identity/me.html", values)
