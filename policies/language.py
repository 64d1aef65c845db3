"""The Spanish twins of the data's English texts; code and templates have theirs in the .po file.

What was written at the desk for one edition comes before what stands in the files.

A document's own words are never translated: a quote stays in the language it was printed in.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml
from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import get_language

from policies.catalogue.spoken import Spoken

# Stands above each text of the .po file that nobody has reviewed.
UNREVIEWED = "unreviewed"


@dataclass(frozen=True, slots=True)
class Twin:
    """A Spanish text, and whether someone who knows the field and the language has reviewed it."""

    text: str
    is_reviewed: bool = False


@cache
def twins() -> Mapping[str, Twin]:
    """Every Spanish text of the data, by its English one."""
    found: dict[str, Twin] = {}
    for path in sorted(file for folder in settings.TWINS for file in folder.glob("**/*.yaml")):
        data: Any = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
        is_reviewed = data["review"] == "reviewed"
        for english, spanish in data["texts"].items():
            found.setdefault(english, Twin(spanish, is_reviewed))
    return found


def said(text: str) -> str:
    """A text of the data in the language of the page; English where it has no twin."""
    if get_language() != "es":
        return text
    twin = twin_of(text)
    return twin.text if twin is not None else text


def is_reviewed(text: str) -> bool:
    """Whether someone has reviewed the Spanish of a text; one without any waits for that too."""
    twin = twin_of(text)
    return twin is not None and twin.is_reviewed


def twin_of(text: str) -> Twin | None:
    """The Spanish that an edition brings along from the desk, else that of the files."""
    if isinstance(text, Spoken):
        return Twin(text.spanish, text.is_reviewed)
    return twins().get(text)


said_lazy = lazy(said, str)


def is_unreviewed() -> bool:
    """Whether the page is in a language of which some text was reviewed by nobody."""
    return get_language() == "es" and not _is_reviewed()


@cache
def _is_reviewed() -> bool:
    (folder,) = settings.LOCALE_PATHS
    messages = (folder / "es" / "LC_MESSAGES" / "django.po").read_text("utf-8")
    return f"\n# {UNREVIEWED}\n" not in messages and all(
        one.is_reviewed for one in twins().values()
    )
