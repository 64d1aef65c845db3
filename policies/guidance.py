"""An answer with all that helps on: what is missing, what would change it, what to ask next."""

import datetime as dt
from dataclasses import dataclass, replace

from policies import terms
from policies.asked import Questions
from policies.catalogue import Catalogue
from policies.changes import Change, what_would_change
from policies.check import Answer, check
from policies.missing import OpenPoint, open_points
from policies.questions import questions_of
from policies.situation import Situation, Treatment

# The two that a person with depression chooses between.
COMPARED = (Treatment.IV_KETAMINE, Treatment.ESKETAMINE_NASAL)


@dataclass(frozen=True, slots=True)
class Guidance:
    """One treatment's answer, with what is missing, what would change it and what to ask next."""

    answer: Answer
    missing: tuple[OpenPoint, ...]
    changes: tuple[Change, ...]
    questions: Questions


def guide(situation: Situation, *, catalogue: Catalogue, on: dt.date) -> Guidance:
    """Answer a situation, and say what helps on."""
    answer = check(situation, catalogue=catalogue, on=on)
    return Guidance(
        answer=answer,
        missing=open_points(answer),
        changes=what_would_change(answer, catalogue=catalogue),
        questions=questions_of(answer),
    )


def side_by_side(guidance: Guidance, *, catalogue: Catalogue) -> tuple[Guidance, ...]:
    """IV ketamine and esketamine for the same person and plan; nothing where that is no choice.

    Esketamine is a medicine for depression, so there is nothing to compare for pain.
    """
    answer = guidance.answer
    held = {wider for one in answer.stated_conditions for wider in terms.wider_conditions(one)}
    if answer.situation.treatment not in COMPARED or "depression" not in held:
        return ()
    return tuple(
        guidance
        if treatment is answer.situation.treatment
        else guide(
            replace(answer.situation, treatment=treatment), catalogue=catalogue, on=answer.on
        )
        for treatment in COMPARED
    )
