"""Criteria that count treatments, in short form."""

from typing import Any

from policies.criteria import CountCriterion, TrialDefinition
from policies.matcher import evaluate
from policies.situation import TreatmentTried
from policies.truth import Truth
from tests.factories import make_facts


def count(*where: TrialDefinition, at_least: int = 2, classes: int = 1) -> CountCriterion:
    return CountCriterion(
        label=f"{at_least} treatments", where=where, min=at_least, min_classes=classes
    )


def define(kind: str = "antidepressant", **tests: Any) -> TrialDefinition:
    """A definition; texts stand for sets of one."""
    sets = {"drug", "drug_class", "outcome", "outcome_unclear"}
    values: dict[str, Any] = {
        name: frozenset([value] if isinstance(value, str) else value) if name in sets else value
        for name, value in tests.items()
    }
    return TrialDefinition(kind=frozenset(kind.split()), **values)


FAILED = ("no_response", "partial_response")
ANTIDEPRESSANT = define()
ADEQUATE_TRIAL = define(min_weeks=6, adequate_dose=True, outcome=FAILED)


def tried_truth(
    criterion: CountCriterion, rows: tuple[TreatmentTried, ...] | None, *, complete: bool | None
) -> Truth:
    return evaluate(criterion, make_facts(tried=rows, complete=complete)).truth
