"""What a page remembers: earlier answers, and where on the way it stands, as hidden fields.

Nothing is stored between two screens. Each carries all that was answered, and every POST is
checked again from the beginning.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from django.http import QueryDict

from policies import terms, vocabulary
from policies.asked import TREATMENTS
from policies.forms.history import SCORES, TRIED
from policies.forms.phq9 import PREFIX as PHQ9
from policies.forms.plan import PREFIX as PLAN
from policies.forms.questions import FACTS
from policies.forms.steps import PlanStep

AT, SHOWING, ASKED, RETURNS = "at", "showing", "asked", "returns"
# Which answers came from a record, in this visit alone: no file of answers holds it.
TAKEN, MOST_TAKEN = "taken", 300
ANSWERS = tuple(f"{prefix}-" for prefix in (PLAN, FACTS, TRIED, SCORES, PHQ9))


class Step(StrEnum):
    """A screen of the check; the first four are those of the plan."""

    WHO = "who"
    INSURER = "insurer"
    PLACE = "place"
    TREATMENT = "treatment"
    QUESTIONS = "questions"
    PHQ9 = "phq9"
    RECORD = "record"
    REVIEW = "review"
    ANSWER = "answer"

    @property
    def of_plan(self) -> PlanStep | None:
        """The same among the screens of the plan."""
        return PlanStep(self.value) if self.value in list(PlanStep) else None


Group = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Memory:
    """Where a page stands: `showing` are the questions on it, `asked` those of earlier screens.

    `returns` is set where one answer is being changed, and the way leads back to all of them.
    `taken` marks the answers that came from a record.
    """

    at: Step = Step.TREATMENT
    showing: Group = ()
    asked: tuple[Group, ...] = ()
    returns: bool = False
    taken: tuple[str, ...] = ()

    @classmethod
    def of(cls, data: QueryDict) -> "Memory":
        """Read the hidden fields; what is not known there is left out."""
        at = data.get(AT)
        return cls(
            # A form without a place was filled as a whole.
            at=Step(at) if at in list(Step) else Step.TREATMENT,
            showing=known_questions((data.get(SHOWING) or "").split(",")),
            # A form that takes in the one beside it sends some of them twice.
            asked=tuple(
                dict.fromkeys(
                    group
                    for raw in data.getlist(ASKED)
                    if (group := known_questions(raw.split(",")))
                )
            ),
            returns=RETURNS in data,
            taken=tuple(dict.fromkeys(data.getlist(TAKEN)))[:MOST_TAKEN],
        )

    @property
    def names(self) -> frozenset[str]:
        """Every question that was on a screen."""
        return frozenset(name for group in self.asked for name in group)

    def place_of(self, group: Iterable[str]) -> int:
        """Where among the screens asked one shares a question with this one; else behind them."""
        wanted = {*group}
        places = (place for place, one in enumerate(self.asked) if wanted & {*one})
        return next(places, len(self.asked))

    def screen_of(self, group: Group) -> Group:
        """The screen on which one of these questions was asked; else they alone."""
        place = self.place_of(group)
        return self.asked[place] if place < len(self.asked) else group

    def with_asked(self, group: Group) -> "Memory":
        """The same, once a screen was asked."""
        if not group or self.place_of(group) < len(self.asked):
            return self
        return replace(self, asked=(*self.asked, group))

    def fields(self, at: Step, *, showing: Group = (), returns: bool) -> Iterator[tuple[str, str]]:
        """The hidden fields of the next page."""
        yield AT, at
        if showing:
            yield SHOWING, ",".join(showing)
        for group in self.asked:
            yield ASKED, ",".join(group)
        for mark in self.taken:
            yield TAKEN, mark
        if returns:
            yield RETURNS, "1"


def answers_in(data: QueryDict) -> tuple[tuple[str, str], ...]:
    """Earlier answers as they were sent; what was left empty need not travel."""
    return tuple(
        (name, value)
        for name, values in data.lists()
        if name.startswith(ANSWERS)
        for value in values
        if value
    )


def known_questions(names: Iterable[str]) -> Group:
    """Those that are questions of the check, each once; the condition is asked with the plan."""
    known = {TREATMENTS, *vocabulary.facts(), *terms.rating_scales()} - {"conditions"}
    return tuple(dict.fromkeys(name for name in names if name in known))
