"""Tests: the same platform with quick passwords and plain static files; connected as ``yimen_app``."""

from yimen.settings.base import *

DEMO = True
SECRET_KEY = "only-for-tests-" + "x" * 40
DATA_KEYS = "1:" + "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
CLOCK_FILE = ""
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
FRAME_SECONDS = 0
#: Static files come from where they lie; nothing is collected for tests.
WHITENOISE_AUTOREFRESH = True
