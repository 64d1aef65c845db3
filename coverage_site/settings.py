"""Read from the environment, and safe when nothing is set; the README lists the variables."""

import logging
import os
from pathlib import Path

import django_stubs_ext
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from appeals.notices.pages import MOST_BYTES
from appeals.sealing.fitness import key_faults
from coverage_site import embedded_database
from coverage_site.cds_clients import cds_clients
from coverage_site.environment import (
    database,
    is_on,
    key_ring,
    old_secrets,
    origins,
    rates,
    refuse_debug_behind_a_proxy,
    refuse_half_a_mail_server,
    secret,
    site_names,
    whole_number,
    words,
)
from coverage_site.privacy import calmed
from coverage_site.request_ids import numbered

django_stubs_ext.monkeypatch()  # lets typed admin and form classes name their model

BASE_DIR = Path(__file__).resolve().parent.parent

DEBUG = is_on("DEBUG")
BEHIND_PROXY = is_on("BEHIND_PROXY")

refuse_debug_behind_a_proxy()

SECRET_KEY = os.environ.get("SECRET_KEY", "") if DEBUG else secret("SECRET_KEY")
SECRET_KEY = SECRET_KEY or "for this computer only"  # never used unless DEBUG is on
SECRET_KEY_FALLBACKS = old_secrets("SECRET_KEY_FALLBACKS")

# Keys that stay outside the database: they wrap the patients' data keys, and sign letters.
CLINIC_KEYS = key_ring("CLINIC_KEYS", BASE_DIR / "var" / "clinic_keys")
SIGNING_KEYS = key_ring("SIGNING_KEYS", BASE_DIR / "var" / "signing_keys")
for fault in key_faults(
    {"CLINIC_KEYS": CLINIC_KEYS, "SIGNING_KEYS": SIGNING_KEYS},
    secrets=[SECRET_KEY, *SECRET_KEY_FALLBACKS],
):
    raise ImproperlyConfigured(str(fault))

ALLOWED_HOSTS = words("ALLOWED_HOSTS") if DEBUG else site_names("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = origins("CSRF_TRUSTED_ORIGINS")

# Database

DATABASES = {"default": database("DATABASE_URL", embedded_database.url() if DEBUG else "")}
DATABASE_POOL_SIZE = whole_number("DATABASE_POOL_SIZE", 8)
DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {
    "min_size": 1,
    "max_size": DATABASE_POOL_SIZE,
    "timeout": whole_number("DATABASE_WAIT_SECONDS", 5),
    # Soon given up, so that the next request tries anew: a pool that waits ever longer between
    # its tries would stay away long after the server is back.
    "reconnect_timeout": 3,
}
# A connection that died with its server is found before a request gets it.
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
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
    "coverage_site.request_log.numbered_and_told",  # around all else, so that all else has its id
    # Early, so that what others answer by themselves (a file, a redirect) has these headers too.
    "coverage_site.headers.ClosedToOthers",
    "coverage_site.api.middleware.ForPrograms",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "coverage_site.health.health",  # before what sees to hosts and https: it answers to any
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "coverage_site.flood.FloodGate",  # before all that costs something
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

FORM_RENDERER = "coverage_site.rendering.Renderer"

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
ALLAUTH_TRUSTED_PROXY_COUNT = int(BEHIND_PROXY)

# The desk: an edition is published by another person than the one who sent it to review

DESK_ONE_PERSON_MAY_PUBLISH = is_on("DESK_ONE_PERSON_MAY_PUBLISH")

# Wrong tries are counted in the database, which every process shares; public pages use no cache.
CACHES = {
    "default": {
        "BACKEND": "coverage_site.counts_cache.CountsCache",
        "LOCATION": "sign_in_tries",
        # Far more than the limits let through: a full table would forget counts.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# Mail: invitations and reminders, without health data. Where no server is named, none is sent.

refuse_half_a_mail_server()
EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_PORT = whole_number("EMAIL_PORT", 587)
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_SSL = is_on("EMAIL_USE_SSL")
EMAIL_USE_TLS = not EMAIL_USE_SSL  # a link to come in by never travels in the open
EMAIL_TIMEOUT = 10  # seconds; a person waits for it
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "Ketamine Coverage <noreply@localhost>")
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
if not EMAIL_HOST:
    EMAIL_BACKEND = f"django.core.mail.backends.{'console' if DEBUG else 'dummy'}.EmailBackend"

# What one address may ask of each process, counted in its memory; "" is no limit. Forty people of
# a clinic behind one address, each with a screen every few seconds, stay well below.

MOST_FROM_ONE_ADDRESS = {
    "page": rates("MOST_PAGES", "300/10 second; 1200/minute"),
    # A PDF, a Word file, or the reading of a letter takes seconds.
    "costly": rates("MOST_COSTLY", "30/minute"),
    # Orders, on which a hospital's system calls the CDS services for everybody in it.
    "hook": rates("MOST_HOOKS", "600/10 second; 3000/minute"),
    # Pages of desk and clinics for who has not signed in; nobody else's are counted.
    "door": rates("MOST_AT_THE_DOOR", "300/minute"),
}

# CDS Hooks: the clients whose tokens are taken (none named: all may call), and the sites whose
# pages may call from a browser.

CDS_CLIENTS = cds_clients("CDS_CLIENTS")
CDS_ORIGINS = origins("CDS_ORIGINS")

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
LOCALE_PATHS = [BASE_DIR / "coverage_site" / "locale"]
# Where the Spanish of the data's texts stands, which policies/language.py reads.
TWINS = [BASE_DIR / "policies" / "spanish", BASE_DIR / "appeals" / "spanish"]
TIME_ZONE = "America/New_York"
USE_TZ = True

# Background work: what a worker had begun that has been silent for so long, another takes up.

WORKER_SILENT_SECONDS = whole_number("WORKER_SILENT_SECONDS", 30)
PROCRASTINATE_WORKER_DEFAULTS = {
    "update_heartbeat_interval": WORKER_SILENT_SECONDS / 3,
    "stalled_worker_timeout": WORKER_SILENT_SECONDS,
    "delete_jobs": "successful",
    "worker_middleware": [numbered],
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
if BEHIND_PROXY:
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
        "json": {"()": "coverage_site.privacy.JsonLines"},
    },
    "filters": {
        "calm": {
            "()": "django.utils.log.CallbackFilter",
            "callback": calmed,
        },
        "trouble": {
            "()": "django.utils.log.CallbackFilter",
            "callback": lambda record: record.levelno >= logging.WARNING or record.exc_info,
        },
    },
    "handlers": {
        "plain": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["calm"]},
        "request": {"class": "logging.StreamHandler", "formatter": "request"},
        "json": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["calm"]},
    },
    "root": {"handlers": ["plain" if DEBUG else "json"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO"},
        # With DEBUG on, runserver tells each request; else ours does, and refusals with it.
        "coverage.requests": {"level": "WARNING" if DEBUG else "INFO"},
        "django.request": {"level": "WARNING" if DEBUG else "ERROR"},
        "django.server": {"handlers": ["request"], "level": "INFO", "propagate": False},
        "django.utils.autoreload": {"level": "WARNING"},
        # At DEBUG it writes out the whole environment, keys and all.
        "gunicorn.error": {"level": "INFO"},
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
