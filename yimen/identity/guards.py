"""Who may come in: every page and endpoint stands behind one of these.

``page.guard`` of a guarded page says who may open it, for the permission matrix.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject
from ninja.security import APIKeyCookie, HttpBearer

from yimen.identity.errors import NoPostToday, NoSuchDuty, ResidentsOnly, ScopeMissing, StaffOnly
from yimen.identity.models import User
from yimen.identity.queries import Account, account_of, token_actor
from yimen.identity.terms import Duty, Officer, Resident
from yimen.kernel import clock
from yimen.kernel.actors import Actor, ActorKind
from yimen.kernel.errors import NotAllowed

P = ParamSpec("P")


class ResidentRequest(HttpRequest):
    """A request of a signed-in resident."""

    resident: Resident


class StaffRequest(HttpRequest):
    """A request of a member of staff with a post."""

    officer: Officer


@dataclass(frozen=True, slots=True)
class Guard:
    """Who may open a page: ``public``, ``account``, ``resident`` or ``officer`` (with one of the duties)."""

    who: str
    duties: frozenset[Duty] = frozenset()


Page = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def _marked(guarded: Page[P], page: Callable[..., HttpResponseBase], guard: Guard) -> Page[P]:
    functools.update_wrapper(guarded, page)
    guarded.guard = guard  # type: ignore[attr-defined]
    return guarded


def public_page(page: Page[P]) -> Page[P]:
    """A page for everybody; says so to the permission matrix and does nothing else."""
    page.guard = Guard("public")  # type: ignore[attr-defined]
    return page


def account_page(page: Page[P]) -> Page[P]:
    """A page for whoever has signed in, of whatever kind."""

    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return page(request, *args, **kwargs)

    return _marked(guarded, page, Guard("account"))


def resident_page(page: Callable[Concatenate[ResidentRequest, P], HttpResponseBase]) -> Page[P]:
    """A page for residents: others sign in first, and say who they are first.

    Raises: ResidentsOnly
    """

    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.user.pk is None:
            return redirect_to_login(request.get_full_path())
        account = account_at_door(request)
        if account is None or account.resident is None:
            if account is not None and account.is_staff:
                raise ResidentsOnly
            return redirect("identity-who")
        request.resident = account.resident  # type: ignore[attr-defined]
        return page(request, *args, **kwargs)  # type: ignore[arg-type]

    return _marked(guarded, page, Guard("resident"))


def officer_page(
    *duties: Duty,
) -> Callable[[Callable[Concatenate[StaffRequest, P], HttpResponseBase]], Page[P]]:
    """A page for staff whose posts of today have one of the duties (any post, if none is named).

    Raises: StaffOnly, NoPostToday, NoSuchDuty
    """

    def guard(page: Callable[Concatenate[StaffRequest, P], HttpResponseBase]) -> Page[P]:
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if request.user.pk is None:
                return redirect_to_login(request.get_full_path())
            account = account_at_door(request)
            officer = _officer(account, duties)
            if not settings.DEMO and not (account and account.has_second_factor):
                return redirect("mfa_index")
            request.officer = officer  # type: ignore[attr-defined]
            return page(request, *args, **kwargs)  # type: ignore[arg-type]

        return _marked(guarded, page, Guard("officer", frozenset(duties)))

    return guard


def _officer(account: Account | None, duties: Iterable[Duty]) -> Officer:
    officer = account.officer if account else None
    if officer is None:
        raise NoPostToday if account and account.is_staff else StaffOnly
    wanted = frozenset(duties)
    if wanted and not wanted & officer.duties:
        raise NoSuchDuty(duties=" / ".join(str(duty.label) for duty in Duty if duty in wanted))
    return officer


# who is at the door: found with the session, or asked for


class SessionUserMiddleware(AuthenticationMiddleware):
    """``request.user`` from what came with the session, in no further query; whatever is unusual goes Django's way."""

    def process_request(self, request: HttpRequest) -> None:
        """Put the user there, to be looked for when somebody asks."""
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: _session_user(request) or get_user(request))  # type: ignore[assignment]


def _session_user(request: HttpRequest) -> User | None:
    """The user who came with the session, if the session still carries the mark of the present password."""
    key, mark = request.session.get(SESSION_KEY), request.session.get(HASH_SESSION_KEY, "")
    account: Account | None = getattr(request.session, "account", None)
    if key is None or account is None or str(account.user.pk) != key or not account.user.is_active:
        return None
    if request.session.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
        return None
    return account.user if constant_time_compare(mark, account.user.get_session_auth_hash()) else None


def account_at_door(request: HttpRequest) -> Account | None:
    """The account of whoever asks, with the posts of today; one query where it did not come with the session."""
    if request.user.pk is None:
        return None
    account: Account | None = getattr(getattr(request, "session", None), "account", None)
    if account is not None and account.user.pk == request.user.pk:
        return account
    return account_of(request.user.pk, clock.today())


# the API: keys of other systems, and the sessions of people

ANYBODY = frozenset({ActorKind.RESIDENT, ActorKind.OFFICER, ActorKind.INTEGRATOR})


def token_auth(scope: str, *, kinds: frozenset[ActorKind] = ANYBODY) -> list[Callable[[HttpRequest], Any]]:
    """For ``auth=`` of an endpoint: a bearer token with the scope, or a signed-in person's session with its CSRF token.

    ``request.auth`` is then an ``Officer``, a ``Resident`` or, for a token without a member of staff, an ``Actor``.
    """
    return [BearerToken(scope, kinds), SessionCookie(kinds)]


class BearerToken(HttpBearer):
    """``Authorization: Bearer …`` of another system."""

    openapi_description = "A token of another system; each endpoint asks for a scope."

    def __init__(self, scope: str, kinds: frozenset[ActorKind]) -> None:
        self.scope, self.kinds = scope, kinds
        super().__init__()

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:  # noqa: ARG002
        """Who acts.

        Raises: ScopeMissing, NotAllowed
        """
        found = token_actor(token, clock.now())
        if found is None:
            return None
        actor, scopes = found
        if self.scope not in scopes:
            raise ScopeMissing(scope=self.scope)
        return _of_kind(actor, self.kinds)


class SessionCookie(APIKeyCookie):
    """The session of somebody who has signed in; changing requests bring the CSRF token."""

    param_name = settings.SESSION_COOKIE_NAME

    def __init__(self, kinds: frozenset[ActorKind]) -> None:
        self.kinds = kinds
        super().__init__(csrf=True)

    def _get_key(self, request: HttpRequest) -> str | None:
        # without a session there is nothing to protect: the answer is 401, not 403
        return super()._get_key(request) if request.user.pk is not None else None

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        """Who acts.

        Raises: NotAllowed
        """
        if key is None or request.user.pk is None:
            return None
        account = account_at_door(request)
        if account is None:
            return None
        if account.officer is not None and not settings.DEMO and not account.has_second_factor:
            raise NotAllowed
        actor = account.officer or account.resident
        return _of_kind(actor, self.kinds) if actor else None


def _of_kind(actor: Actor, kinds: frozenset[ActorKind]) -> Actor:
    if actor.kind not in kinds:
        raise NotAllowed
    return actor


def address_of(request: HttpRequest) -> str:
    """Where the request came from, as the trusted proxy in front saw it; for throttles."""
    address: str = get_adapter(request).get_client_ip(request)
    return address
