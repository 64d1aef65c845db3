"""The names of our Questionnaires: a canonical address for a policy, a version for an edition.

As FHIR has it ("Canonical URLs"): the address stays while editions come, and what stands after a
stroke tells which of them is meant. Without it, it is the one of the day.
"""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from policies.catalogue import Catalogue, Document, Edition
from policies.fhir.elements import text_of

PATH = "/fhir/Questionnaire/"
SITUATION, SITUATION_VERSION = "situation", "1"
"""The questionnaire of the whole vocabulary."""

_VERSION = re.compile(r"(undated|\d{4}(-\d\d){0,2})\.\d+")
# Others keep questionnaires under such a path too; a stem of ours joins insurer and policy.
_OURS = re.compile(
    rf"https?://[^|]+{PATH}(?:{SITUATION}(?:\|(?P<of_all>.*))?|[^/|]+--[^/|]+(?:\|(?P<version>.*))?)"
)


def canonical_url(name: str, *, base: str) -> str:
    """The address under which a questionnaire goes and answers; `base` is that of the site."""
    return f"{base.rstrip('/')}{PATH}{name}"


def canonical(document: Document, edition: Edition, *, base: str) -> dict[str, str]:
    """The names of an edition's questionnaire, without the making of it."""
    return {
        "url": canonical_url(document.stem, base=base),
        "version": version_of(edition),
        "title": f"{document.short_name}: what its criteria ask",
    }


def version_of(edition: Edition) -> str:
    """What tells an edition's questionnaire from the others of its policy."""
    date = edition.effective.text if edition.effective else "undated"
    return f"{date}.{edition.revision}"


def questionnaire_id(document: Document, edition: Edition) -> str:
    """The name of an edition's questionnaire among all, which stays the same for good.

    FHIR allows 64 letters, so a longer name is cut before its date.
    """
    tail = f".{version_of(edition)}"
    return f"{document.stem[: 64 - len(tail)]}{tail}"


def is_ours(response: Mapping[str, Any]) -> bool:
    """Whether a response answers a questionnaire of ours, wherever the site stood by then."""
    return _answered(response) is not None


def is_of_site(response: Mapping[str, Any], site: str | None) -> bool:
    """Whether a response names a questionnaire at the address of this very site.

    Anybody can keep a questionnaire under a path like ours and word its questions otherwise, so
    where the site's address is not told, nothing is of it.
    """
    named = text_of(response.get("questionnaire"))
    return site is not None and named.startswith(canonical_url("", base=site))


def is_of_our_version(response: Mapping[str, Any]) -> bool:
    """Whether it answers one in a version such as ours are."""
    found = _answered(response)
    if found is None:
        return False
    whole, version = found["of_all"], found["version"]
    return whole in (None, SITUATION_VERSION) and (
        version is None or _VERSION.fullmatch(version) is not None
    )


def _answered(response: Mapping[str, Any]) -> re.Match[str] | None:
    return _OURS.fullmatch(text_of(response.get("questionnaire")))


def edition_named(
    catalogue: Catalogue, name: str, *, on: dt.date
) -> tuple[Document, Edition] | None:
    """The edition that is meant by a policy's stem, by that and a version, or by an id.

    A policy that was renamed is found by its former stem too.
    """
    stem, _, version = name.partition("|")
    stem = catalogue.former.document(stem)
    for document in catalogue.documents:
        if document.stem == stem:
            edition = _of_version(document, version) if version else _of_day(document, on)
            return None if edition is None else (document, edition)
        for edition in document.editions:
            if questionnaire_id(document, edition) == name:
                return document, edition
    return None


def _of_version(document: Document, version: str) -> Edition | None:
    return next((one for one in document.editions if version_of(one) == version), None)


def _of_day(document: Document, on: dt.date) -> Edition:
    """The edition in force, or the first one to come."""
    return document.edition_in_force(on) or min(document.editions, key=lambda one: one.order)
