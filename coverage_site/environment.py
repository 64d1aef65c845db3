"""Reads what the environment says, and refuses in one line what can't be meant."""

import os

from django.core.exceptions import ImproperlyConfigured


def is_on(name: str) -> bool:
    return os.environ.get(name, "").lower() in {"1", "true", "yes", "on"}


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
