"""A text that stands in English and in Spanish, and how far its Spanish was checked."""

from dataclasses import dataclass
from enum import StrEnum


class Review(StrEnum):
    """Whether a person has checked the Spanish against the English."""

    UNREVIEWED = "unreviewed"
    REVIEWED = "reviewed"


@dataclass(frozen=True, slots=True)
class Words:
    """The same thing said in both languages."""

    en: str
    es: str

    def in_language(self, code: str) -> str:
        """The text for a language code; anything but Spanish is answered in English.

        >>> Words("Help", "Ayuda").in_language("es-mx")
        'Ayuda'
        """
        return self.es if code.partition("-")[0] == "es" else self.en
