"""Addresses of identity: My space, the desk's own page, and the accounts (django-allauth without its mail pages)."""

from allauth.account import views as account
from django.urls import URLPattern, URLResolver, include, path

from yimen.identity.pages import desk, my, sign_in

portal_urls: list[URLPattern] = [
    path("my/", my.home, name="identity-my"),
    path("my/who/", my.who, name="identity-who"),
    path("my/profile/", my.profile, name="identity-profile"),
    path("my/mandates/", my.mandates, name="identity-mandates"),
    path("my/mandates/<uuid:mandate_id>/withdraw/", my.withdraw, name="identity-withdraw"),
    path("my/organisations/", my.organisations, name="identity-organisations"),
]

#: Under ``desk/``.
desk_urls: list[URLPattern] = [
    path("sign-in/", sign_in.desk_sign_in, name="identity-desk-sign-in"),
    path("me/", desk.me, name="identity-me"),
]

#: Under ``accounts/``.
account_urls: list[URLPattern | URLResolver] = [
    path("login/", account.login, name="account_login"),
    path("login/code/", account.request_login_code, name="account_request_login_code"),
    path("login/code/confirm/", account.confirm_login_code, name="account_confirm_login_code"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("signup/", account.signup, name="account_signup"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/new/", sign_in.new_password, name="account_set_password"),
    path("phone/verify/", account.verify_phone, name="account_verify_phone"),
    path("phone/change/", account.change_phone, name="account_change_phone"),
    path("2fa/", include("allauth.mfa.urls")),
]
