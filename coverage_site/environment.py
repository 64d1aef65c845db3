"""Reads what the environment says, and refuses in one line what can't be meant."""

import os
import re
from pathlib import Path

import dj_database_url
from dj_database_url import DBConfig
from django.core.exceptions import ImproperlyConfigured
from limits import parse_many

from coverage_site.local_keys import local_key

LEAST_LETTERS = 50
HOST = re.compile(r"\.?[\w-]+(\.[\w-]+)*|\[[\da-f:]+\]")
ON, OFF = {"1", "true", "yes", "on"}, {"", "0", "false", "no", "off"}


def is_on(name: str) -> bool:
    text = os.environ.get(name, "").strip().lower()
    if text not in ON | OFF:
        raise ImproperlyConfigured(f"{name} is {text!r}. Set it to 1 for yes, or to 0 for no.")
    return text in ON


def words(name: str) -> list[str]:
    return os.environ.get(name, "").replace(",", " ").split()


def whole_number(name: str, default: int, *, least: int = 1) -> int:
    """The number under a name, or the default where nothing is set."""
    text = os.environ.get(name, "").strip() or str(default)
    if not (text.isascii() and text.isdigit()) or int(text) < least:
        raise ImproperlyConfigured(
            f"{name} is {text!r}. Set it to a whole number of {least} or more, such as {default}."
        )
    return int(text)


def secret(name: str) -> str:
    """What signs sessions and links: too long to guess, and nobody's example."""
    text = os.environ.get(name, "")
    make = "Make one: python3 -c 'import secrets; print(secrets.token_urlsafe(50))'."
    if not text:
        raise ImproperlyConfigured(
            f"{name} is not set. {make} Or set DEBUG=1 on your own computer."
        )
    if text.startswith("django-insecure-") or len(text) < LEAST_LETTERS or len(set(text)) < 16:
        raise ImproperlyConfigured(f"{name} can be guessed. {make}")
    return text


def old_secrets(name: str) -> list[str]:
    """Earlier secrets, which still vouch for what they signed, so none may be guessed either."""
    found = words(name)
    if any(len(one) < LEAST_LETTERS for one in found):
        raise ImproperlyConfigured(f"{name} holds a secret that can be guessed. Take it off.")
    return found


def rates(name: str, default: str) -> str:
    """So many in a time, as `limits` reads them; nothing, where it is set to nothing."""
    text = os.environ.get(name, default)
    try:
        found = parse_many(text) if text else []
    except ValueError:
        found = None
    if found is None or any(one.amount < 1 or one.multiples < 1 for one in found):
        raise ImproperlyConfigured(f"{name} is {text!r}. Set it to rates such as {default!r}.")
    return text


def key_ring(name: str, file: Path) -> str:
    """The key ring under a name; on your own computer, the one of a file where none is set."""
    text = os.environ.get(name, "")
    if not text and not is_on("DEBUG"):
        raise ImproperlyConfigured(
            f"{name} is not set. Make a key by `DEBUG=1 BEHIND_PROXY= manage.py fresh_key`, and "
            "keep it apart from the database: without it nobody can read what clinics have stored."
        )
    return text or local_key(file)


def site_names(name: str) -> list[str]:
    """The names the site answers to: whoever may call it by any name sends people elsewhere."""
    names = words(name)
    if not names or "*" in names:
        raise ImproperlyConfigured(
            f"{name} {'lets in every name' if names else 'is not set'}. Set it to the site's own, "
            "such as coverage.example.org."
        )
    if wrong := [one for one in names if not HOST.fullmatch(one)]:
        raise ImproperlyConfigured(
            f"{name} holds {wrong[0]!r}. Write names alone, such as coverage.example.org."
        )
    return names


def origins(name: str) -> list[str]:
    """Sites whose pages may call from a browser, each as scheme and host."""
    found = words(name)
    for one in found:
        if not re.fullmatch(r"https?://[a-z0-9.-]+(:\d+)?", one):
            raise ImproperlyConfigured(
                f"{name} holds {one!r}, which is no origin. Write it as https://ehr.example.org."
            )
    return found


def database(name: str, default: str) -> DBConfig:
    """The PostgreSQL server under a name; what is wrong is told without its password."""
    text = os.environ.get(name, "") or default
    example = "such as postgresql://user:password@localhost/coverage"
    if not text:
        raise ImproperlyConfigured(f"{name} is not set. Name a PostgreSQL server, {example}.")
    try:
        config = dj_database_url.parse(text)
    except (dj_database_url.ParseError, dj_database_url.UnknownSchemeError):
        config = DBConfig()
    if config.get("ENGINE") != "django.db.backends.postgresql" or not config.get("NAME"):
        # Characters such as / or @ in a password are written as %2F or %40.
        raise ImproperlyConfigured(
            f"{name} must name a PostgreSQL server and a database, {example}, with %2F for a "
            "slash in the password, and the like."
        )
    return config


def refuse_half_a_mail_server() -> None:
    """Mail that no server takes, or that comes from nobody, is lost without a word."""
    for name, others in {
        "EMAIL_HOST": ("EMAIL_HOST_USER", "EMAIL_HOST_PASSWORD", "EMAIL_USE_SSL"),
        "EMAIL_HOST_USER": ("EMAIL_HOST_PASSWORD",),
        "EMAIL_HOST_PASSWORD": ("EMAIL_HOST_USER",),
        "DEFAULT_FROM_EMAIL": ("EMAIL_HOST",),
    }.items():
        for other in others:
            if os.environ.get(other) and not os.environ.get(name):
                raise ImproperlyConfigured(f"{other} is set, and {name} is not. Set both or none.")


def refuse_debug_behind_a_proxy() -> None:
    """With DEBUG on, the site runs without keys of its own and tells its insides."""
    if is_on("DEBUG") and is_on("BEHIND_PROXY"):
        raise ImproperlyConfigured(
            "DEBUG and BEHIND_PROXY are both on. Turn DEBUG off where others reach the site, and "
            "BEHIND_PROXY off on your own computer."
        )
