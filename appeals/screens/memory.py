"""Where a page of a denial stands, as hidden fields; nothing is stored between two screens."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.http import QueryDict

from appeals.forms.finder import PREFIX as KIND
from appeals.forms.letters.choosing import PREFIX as WRITE
from appeals.forms.letters.facts import PREFIX as TOLD
from appeals.forms.notice import PREFIX as NOTICE
from appeals.letters.edits import PREFIX as EDIT
from policies.screens.memory import ANSWERS as OF_THE_CHECK

# The names are those that the script for the browser's Back button knows.
AT, SHOWING, RETURNS = "at", "showing", "returns"
LETTER = "letter"
# What the check was told, and what a letter was, goes along: a letter is written from all of it.
ANSWERS = (f"{KIND}-", f"{NOTICE}-", *OF_THE_CHECK, f"{WRITE}-", f"{TOLD}-", EDIT)


class Step(StrEnum):
    """A screen on the way, in order."""

    KIND = "kind"
    NOT_HANDLED = "not_handled"
    LETTER = "letter"
    DATES = "dates"
    ASKED = "asked"
    REASONS = "reasons"
    RESULT = "result"


# What the notice says, in the order it is asked.
OF_NOTICE = (Step.DATES, Step.ASKED, Step.REASONS)


@dataclass(frozen=True, slots=True)
class Memory:
    """Where a page stands: `showing` is the question of the interview on it.

    `returns` is set where an answer is being changed, and the way leads back to the result.
    """

    at: Step = Step.KIND
    showing: str = ""
    returns: bool = False

    @classmethod
    def of(cls, data: QueryDict) -> "Memory":
        """Read the hidden fields; what is not known there is left out."""
        at = data.get(AT)
        return cls(
            at=Step(at) if at in list(Step) else Step.KIND,
            showing=str(data.get(SHOWING) or ""),
            returns=RETURNS in data,
        )

    def fields(self) -> Iterator[tuple[str, str]]:
        """The same as hidden fields."""
        yield AT, self.at
        if self.showing:
            yield SHOWING, self.showing
        if self.returns:
            yield RETURNS, "1"


def answers_in(data: QueryDict) -> tuple[tuple[str, str], ...]:
    """Earlier answers and the letter as they were sent; what was left empty need not travel."""
    return tuple(
        (name, value)
        for name, values in data.lists()
        if name.startswith(ANSWERS) or name == LETTER
        for value in values
        if value
    )
