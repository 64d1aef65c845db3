"""Which kinds of plans a line of business may turn out to be, going by the interview itself."""

from collections.abc import Iterator
from functools import cache

from appeals.law.finder import Answers, next_question, outcome
from appeals.law.plan_types import PlanType
from policies import terms
from policies.situation import LineOfBusiness


@cache
def plan_types_of(line: LineOfBusiness) -> tuple[PlanType, ...]:
    """Every kind at which some answers end, in the order of the law's list.

    >>> [one.value for one in plan_types_of(LineOfBusiness.FEDERAL_EMPLOYEES)]
    ['fehb']
    """
    found = {one for answers in _ends({"line_of_business": line.value}) for one in answers}
    return tuple(one for one in PlanType if one in found)


def _ends(answers: Answers) -> Iterator[tuple[PlanType, ...]]:
    question = next_question(answers)
    if question is None:
        yield outcome(answers).plan_types
        return
    for one in question.answers:
        # Which state it is leads to another agency and to no other kind of plan.
        if one not in terms.states() or one == question.answers[0]:
            yield from _ends({**answers, question.id: one})
