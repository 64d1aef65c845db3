"""Where a page of the way to a letter stands, as hidden fields; nothing is stored."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.http import QueryDict

from appeals.forms.letters.choosing import PREFIX as WRITE
from appeals.forms.letters.facts import PREFIX as TOLD
from appeals.letters.edits import PREFIX as EDIT
from appeals.screens.memory import AT, RETURNS, SHOWING
from appeals.screens.memory import answers_in as answers_before

OF_A_LETTER = (f"{WRITE}-", f"{TOLD}-", EDIT)


class Step(StrEnum):
    """A screen on the way, in order; no name is one of the check's or of a denial's."""

    START = "start"
    DOCUMENT = "document"
    VOICE = "voice"
    FACTS = "facts"
    PAPERS = "papers"
    EDIT = "edit"
    FINISH = "finish"


@dataclass(frozen=True, slots=True)
class Memory:
    """Where a page stands: `showing` is the page of facts on it, or the part that is open.

    `returns` is set where one thing is being filled in, and the way leads back to the letter.
    """

    at: Step = Step.DOCUMENT
    showing: str = ""
    returns: bool = False

    @classmethod
    def of(cls, data: QueryDict) -> "Memory":
        """Read the hidden fields; what is not known there is left out."""
        at = data.get(AT)
        return cls(
            at=Step(at) if at in list(Step) else Step.DOCUMENT,
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


def told_before(data: QueryDict) -> tuple[tuple[str, str], ...]:
    """What the check and the denial were told, and what was chosen for a letter."""
    own = tuple(
        (name, value)
        for name, values in data.lists()
        if name.startswith(f"{WRITE}-")
        for value in values
        if value
    )
    before = tuple(pair for pair in answers_before(data) if not pair[0].startswith(OF_A_LETTER))
    return (*before, *own)
