"""What every way of running shares."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from yimen.settings import logs
from yimen.settings.env import ENV, ROOT

BASE_DIR = ROOT
DEBUG = False
DEMO = False
SECRET_KEY = ENV.secret_key
ALLOWED_HOSTS = [host for host in ENV.hosts.split(",") if host]
CSRF_TRUSTED_ORIGINS = [origin for origin in ENV.origins.split(",") if origin]
BASE_URL = ENV.base_url.rstrip("/")
DATA_DIR: Path = ENV.data_dir
DATA_KEYS = ENV.data_keys
CLOCK_FILE = ENV.clock_file

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "csp",
    "procrastinate.contrib.django",
    "yimen.ui",
    "yimen.kernel",
    "yimen.channels",
    "yimen.ledger",
    "yimen.calendar",
    "yimen.places",
    "yimen.identity",
    "yimen.documents",
    "yimen.notices",
    "yimen.catalogue",
    "yimen.cases",
    "yimen.sites",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "yimen.sites.privacy.PrivacyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "yimen.identity.guards.SessionUserMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "yimen.sites.refusals.RefusalMiddleware",
]

ROOT_URLCONF = "yimen.sites.urls"
WSGI_APPLICATION = "yimen.sites.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "yimen.ui.jinja.environment",
            "context_processors": [
                "django.template.context_processors.request",
                "yimen.sites.frame.frame",
            ],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]


def database(url: str, role: str) -> dict[str, object]:
    """Django's entry for a PostgreSQL address; every connection takes ``role`` before anything else."""
    parts = urlsplit(url)
    options: dict[str, object] = {"options": f"-c role={role} -c search_path=public", "application_name": "yimen"}
    if ENV.pool_size:
        options["pool"] = {"min_size": 1, "max_size": ENV.pool_size, "timeout": 10}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
        "ATOMIC_REQUESTS": False,
        "CONN_MAX_AGE": 0 if ENV.pool_size else 60,
    }


DATABASES = {"default": database(ENV.database_url, ENV.database_role)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "identity.User"

PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English"), ("ja", "日本語"), ("ko", "한국어")]
LOCALE_PATHS = [ROOT / "yimen" / "locale"]
LANGUAGE_COOKIE_NAME = "yimen_language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440

SESSION_ENGINE = "yimen.identity.actions.sessions"
SESSION_COOKIE_NAME = "yimen_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "frame-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

SMTP = ENV.smtp
SMS_GATEWAY = ENV.sms_gateway
MAIL_GATEWAY = ENV.mail_gateway

#: Shared by all processes, for the throttles of sign-in: see docs/adr/0010-throttles-in-the-database.md.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "identity_throttle",
        "TIMEOUT": 3600,
    }
}
ACCOUNT_ADAPTER = "yimen.identity.pages.sign_in.AccountAdapter"
ACCOUNT_FORMS = {"signup": "yimen.identity.forms.SignUpForm"}
ACCOUNT_LOGIN_METHODS = {"username", "phone"}
#: Staff have no telephone of their own in the house: the sign-up form of residents makes it required.
ACCOUNT_SIGNUP_FIELDS = ["username*", "phone", "password1*", "password2*"]
ACCOUNT_SIGNUP_REDIRECT_URL = "/my/who/"
ACCOUNT_USERNAME_MIN_LENGTH = 3
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 300
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_PHONE_VERIFICATION_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_PHONE_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PHONE_VERIFICATION_SUPPORTS_CHANGE = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = False
#: Halls and offices share one address: limits by address are wide, limits by account narrow.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "60/m/ip,5/300s/key",
    "signup": "40/m/ip",
    "verify_phone": "1/30s/key,40/m/ip",
    "request_login_code": "40/m/ip,3/m/key",
    "change_phone": "3/m/user",
}
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/my/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Yimen"

#: Tasks are loaded by the worker alone (``manage work``), so that the web never imports them; no module has this name.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "loaded_by_the_worker"
DEMO_SMS_URL = ENV.demo_sms_url
MAIL_FROM = ENV.mail_from

CSRF_FAILURE_VIEW = "yimen.sites.errors.form_came_late"
#: Static files come straight from the packages: nothing to collect before the first start.
WHITENOISE_USE_FINDERS = True
#: How long a web process keeps what the frame of every page shows: the institution and its hours.
FRAME_SECONDS = 60

MAX_UPLOAD_MB = ENV.max_upload_mb
MAX_PICTURE_MEGAPIXELS = ENV.max_picture_megapixels
MAX_PDF_PAGES = ENV.max_pdf_pages


LOGGING = logs.configure(ENV.log_format)
