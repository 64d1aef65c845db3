"""Letters: from a case to finished words, every sentence with what it rests on."""

from appeals.letters.case import LetterCase
from appeals.letters.compose import compose
from appeals.letters.content import LetterContent
from appeals.letters.kinds import LetterKind, Voice, kind_plan, kind_plans

__all__ = [
    "LetterCase",
    "LetterContent",
    "LetterKind",
    "Voice",
    "compose",
    "kind_plan",
    "kind_plans",
]
