"""The addresses of our Questionnaires, by which a response tells what it answers.

The name of an edition's questionnaire ends in its date and revision, so a response can be held
against its version without the catalogue, and wherever the site stood when it was filled in.
"""

import re
from collections.abc import Mapping
from typing import Any

from policies.fhir.elements import text_of

WHOLE, WHOLE_VERSION = "situation", "1"
_PATH = "/fhir/Questionnaire/"
_OURS = re.compile(
    rf"https?://[^|]+{_PATH}(?:(?P<whole>{WHOLE})|[^/|]+\.(?:undated|\d{{4}}(?:-\d\d){{0,2}})"
    r"\.(?P<revision>\d+))(?:\|(?P<version>[^|]*))?"
)


def address_of(name: str, base: str) -> str:
    """Where the questionnaire of a name stands."""
    return f"{base.rstrip('/')}{_PATH}{name}"


def is_ours(response: Mapping[str, Any]) -> bool:
    """Whether a response answers a questionnaire of ours, in whatever version."""
    return _match(response) is not None


def is_of_our_version(response: Mapping[str, Any]) -> bool:
    """Whether it answers one in the version that we hold; a canonical may leave the version out."""
    found = _match(response)
    if found is None:
        return False
    ours = WHOLE_VERSION if found["whole"] else found["revision"]
    return found["version"] in (None, ours)


def _match(response: Mapping[str, Any]) -> re.Match[str] | None:
    return _OURS.fullmatch(text_of(response.get("questionnaire")))
