"""The states and territories by their names in the language of the page."""

import unicodedata

from django.utils.translation import get_language

from policies import terms
from policies.language import said


def state_name(letters: str) -> str:
    return said(terms.states()[letters])


def named_states() -> list[tuple[str, str]]:
    """Every state as (letters, name), where a reader of the page's language looks for it."""
    named = [(letters, said(name)) for letters, name in terms.states().items()]
    # The list itself stands in the order of the English names.
    return sorted(named, key=_place) if get_language() == "es" else named


def _place(state: tuple[str, str]) -> str:
    """The name without its accents, which do not count in the alphabet."""
    return unicodedata.normalize("NFD", state[1]).encode("ascii", "ignore").decode()
