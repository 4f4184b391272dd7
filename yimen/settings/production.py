"""A real hall: everything secure, nothing invented."""

from yimen.settings.base import *

SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
CLOCK_FILE = ""
#: The proxy in front sets X-Forwarded-For; throttles by address count the one it saw.
ALLAUTH_TRUSTED_PROXY_COUNT = 1
