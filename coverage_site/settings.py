"""Read from the environment, and safe when nothing is set; the README lists the variables."""

import logging
import os
from pathlib import Path

import dj_database_url
import django_stubs_ext
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from appeals.notices.pages import MOST_BYTES
from coverage_site import embedded_database
from coverage_site.local_keys import local_key

django_stubs_ext.monkeypatch()  # lets typed admin and form classes name their model

BASE_DIR = Path(__file__).resolve().parent.parent


def is_on(name: str) -> bool:
    return os.environ.get(name, "").lower() in {"1", "true", "yes", "on"}


def words(name: str) -> list[str]:
    return os.environ.get(name, "").replace(",", " ").split()


DEBUG = is_on("DEBUG")

SECRET_KEY = os.environ.get("SECRET_KEY", "")
if not SECRET_KEY:
    if not DEBUG:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set. Set it to a long random text, or set DEBUG=1 on your own "
            "computer."
        )
    SECRET_KEY = "for this computer only"  # noqa: S105 -- never used unless DEBUG is on
SECRET_KEY_FALLBACKS = words("SECRET_KEY_FALLBACKS")

# Keys that stay outside the database: they wrap the patients' data keys, and sign letters.
CLINIC_KEYS = os.environ.get("CLINIC_KEYS", "")
SIGNING_KEYS = os.environ.get("SIGNING_KEYS", "")
for name, text in (("CLINIC_KEYS", CLINIC_KEYS), ("SIGNING_KEYS", SIGNING_KEYS)):
    if not text and not DEBUG:
        raise ImproperlyConfigured(
            f"{name} is not set. Make a key by `DEBUG=1 manage.py fresh_key`, and keep it apart "
            "from the database: without it nobody can read what clinics have stored."
        )
if DEBUG:
    CLINIC_KEYS = CLINIC_KEYS or local_key(BASE_DIR / "var" / "clinic_keys")
    SIGNING_KEYS = SIGNING_KEYS or local_key(BASE_DIR / "var" / "signing_keys")

ALLOWED_HOSTS = words("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = words("CSRF_TRUSTED_ORIGINS")

# Database

DATABASE_URL = os.environ.get("DATABASE_URL", "")
if not DATABASE_URL:
    if not DEBUG:
        raise ImproperlyConfigured(
            "DATABASE_URL is not set. Name a PostgreSQL server, for example "
            "postgresql://user:password@localhost/coverage."
        )
    DATABASE_URL = embedded_database.url()

DATABASES = {"default": dj_database_url.parse(DATABASE_URL)}
if DATABASES["default"].get("ENGINE") != "django.db.backends.postgresql":
    raise ImproperlyConfigured("DATABASE_URL must name a PostgreSQL server.")
DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {
    "min_size": 1,
    "max_size": int(os.environ.get("DATABASE_POOL_SIZE", "8")),
    "timeout": 10,
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Apps and requests

INSTALLED_APPS = [
    "policies",
    "procrastinate.contrib.django",  # before appeals, which takes its tables off the desk
    "appeals",
    "whitenoise.runserver_nostatic",  # before staticfiles: WhiteNoise serves in both modes
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "pgtrigger",
]

MIDDLEWARE = [
    # First, so that what others answer by themselves (a file, a redirect) has these headers too.
    "coverage_site.headers.ClosedToOthers",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # What a stranger may have put into a page (a search) never stands beside an answer or a secret.
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "coverage_site.sign_in.door.DeskDoor",
]

ROOT_URLCONF = "coverage_site.urls"
WSGI_APPLICATION = "coverage_site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django_htmx.templatetags.django_htmx",
                "django.templatetags.i18n",
                "policies.templatetags.languages",
                "django.templatetags.static",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Signing in: people of the desk and of clinics alone; a patient has no account

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60  # how long a link for a new password holds
ACCOUNT_ADAPTER = "coverage_site.sign_in.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "coverage_site.sign_in.forms.SignInForm",
    "reauthenticate": "coverage_site.sign_in.forms.ConfirmPasswordForm",
    "change_password": "coverage_site.sign_in.forms.ChangePasswordForm",
    "set_password": "coverage_site.sign_in.forms.FirstPasswordForm",
    "reset_password_from_key": "coverage_site.sign_in.forms.NewPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
# Five wrong tries at one name, or twenty from one address, and it is closed for a while.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "20/15m/ip,5/15m/key",
    "invited": "20/15m/ip",  # links that are no invitation
}
MFA_ADAPTER = "coverage_site.sign_in.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "coverage_site.sign_in.forms.CodeForm",
    "reauthenticate": "coverage_site.sign_in.forms.ConfirmCodeForm",
    "activate_totp": "coverage_site.sign_in.forms.SetUpAppForm",
    "add_webauthn": "coverage_site.sign_in.forms.AddPasskeyForm",
    "edit_webauthn": "coverage_site.sign_in.forms.RenamePasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Ketamine Coverage"
# Nobody signs up but by an invitation to an address, so nobody claims another's before they do.
MFA_ALLOW_UNVERIFIED_EMAIL = True
ALLAUTH_TRUSTED_PROXY_COUNT = int(is_on("BEHIND_PROXY"))

# The desk: an edition is published by another person than the one who sent it to review

DESK_ONE_PERSON_MAY_PUBLISH = is_on("DESK_ONE_PERSON_MAY_PUBLISH")

# Wrong tries are counted in the database, which every process shares; public pages use no cache.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "sign_in_tries",
        # Far more than the limits let through: a full table would forget counts.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# Mail: invitations and reminders, without health data. Where no server is named, none is sent.

EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_SSL = is_on("EMAIL_USE_SSL")
EMAIL_USE_TLS = not EMAIL_USE_SSL  # a link to come in by never travels in the open
EMAIL_TIMEOUT = 10  # seconds; a person waits for it
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "Ketamine Coverage <noreply@localhost>")
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
if not EMAIL_HOST:
    EMAIL_BACKEND = f"django.core.mail.backends.{'console' if DEBUG else 'dummy'}.EmailBackend"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
LOCALE_PATHS = [BASE_DIR / "coverage_site" / "locale"]
# Where the Spanish of the data's texts stands, which policies/language.py reads.
TWINS = [BASE_DIR / "policies" / "spanish", BASE_DIR / "appeals" / "spanish"]
TIME_ZONE = "America/New_York"
USE_TZ = True

# Background work: what a worker had begun that has been silent for so long, another takes up.

WORKER_SILENT_SECONDS = int(os.environ.get("WORKER_SILENT_SECONDS", "30"))
PROCRASTINATE_WORKER_DEFAULTS = {
    "update_heartbeat_interval": WORKER_SILENT_SECONDS / 3,
    "stalled_worker_timeout": WORKER_SILENT_SECONDS,
    "delete_jobs": "successful",
}

# What people send us stays in memory: nothing is spooled to a temporary file.
FILE_UPLOAD_HANDLERS = ["coverage_site.uploads.InMemory"]
FILE_UPLOAD_MAX_MEMORY_SIZE = MOST_BYTES
# More pages than a letter may have are refused with a word of their own.
DATA_UPLOAD_MAX_NUMBER_FILES = 40
# A letter that was read travels with the form, and takes the most of it.
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# Static files

STATIC_URL = "static/"
# With DEBUG on, WhiteNoise reads the folders themselves and nothing is collected.
STATIC_ROOT = None if DEBUG else Path(os.environ.get("STATIC_ROOT", BASE_DIR / "staticfiles"))
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_ALLOW_ALL_ORIGINS = False  # the files are for this site's own pages
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Security: plain http works only with DEBUG on.

SECURE_SSL_REDIRECT = not DEBUG
SECURE_HSTS_SECONDS = 0 if DEBUG else 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = not DEBUG
SECURE_HSTS_PRELOAD = not DEBUG
SESSION_COOKIE_SECURE = not DEBUG
CSRF_COOKIE_SECURE = not DEBUG
CSRF_COOKIE_HTTPONLY = True  # the token travels in the page, so no script needs the cookie
CSRF_FAILURE_VIEW = "coverage_site.sign_in.views.csrf_failure"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 2 * 60 * 60  # without a sign of life at the desk
LONGEST_SESSION = 12 * 60 * 60  # since signing in
X_FRAME_OPTIONS = "DENY"
if is_on("BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "upgrade-insecure-requests": not DEBUG,
    }
}

# Errors and logs carry no answers; nobody is mailed a report (there are no ADMINS).

DEFAULT_EXCEPTION_REPORTER = "coverage_site.privacy.AnswerlessReport"
DEFAULT_EXCEPTION_REPORTER_FILTER = "coverage_site.privacy.HideAnswers"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "coverage_site.privacy.LogFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s: %(message)s",
        },
        "request": {
            "()": "coverage_site.privacy.RequestLineFormatter",
            "format": "%(asctime)s %(message)s",
            "datefmt": "%H:%M:%S",
        },
    },
    "filters": {
        "trouble": {
            "()": "django.utils.log.CallbackFilter",
            "callback": lambda record: record.levelno >= logging.WARNING or record.exc_info,
        },
    },
    "handlers": {
        "plain": {"class": "logging.StreamHandler", "formatter": "plain"},
        "request": {"class": "logging.StreamHandler", "formatter": "request"},
    },
    "root": {"handlers": ["plain"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO"},
        # Runserver's own lines; the same refusals also reach django.request.
        "django.server": {"handlers": ["request"], "level": "INFO", "propagate": False},
        "django.utils.autoreload": {"level": "WARNING"},
        # SQL carries what was typed.
        "django.db.backends": {"level": "WARNING"},
        # A job that ends well is no news; one that is tried again says so as INFO.
        "procrastinate": {"level": "WARNING"},
        "procrastinate.worker": {"level": "INFO", "filters": ["trouble"]},
        "procrastinate.worker.worker": {"level": "WARNING"},
        # Every step of every PDF is no news.
        "fontTools": {"level": "WARNING"},
        "pikepdf": {"level": "WARNING"},
        "weasyprint.progress": {"level": "WARNING"},
    },
}
