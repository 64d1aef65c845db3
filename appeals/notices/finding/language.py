"""The language a letter is written in, by its small words."""

import re
from typing import Literal

_SPANISH = re.compile(
    r"\b(?:el|la|los|las|de|del|que|para|por|con|una|su|usted|este|esta|no es|fue)\b"
)
_ENGLISH = re.compile(r"\b(?:the|of|and|to|for|is|you|your|this|with|was|we|not|or|by)\b")


def language_of(text: str) -> Literal["en", "es"]:
    """The one whose small words are more; a line of help in another language changes nothing."""
    return "es" if len(_SPANISH.findall(text)) > len(_ENGLISH.findall(text)) else "en"
