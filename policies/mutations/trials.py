"""Mutants of what makes a treatment tried count."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from policies import vocabulary
from policies.criteria import TrialDefinition
from policies.criteria.trials import MEASURED_BY

# Limits that have a form with the other edge.
EDGES = {
    "min_weeks": "above_weeks",
    "above_weeks": "min_weeks",
    "max_improvement_percent": "below_improvement_percent",
    "below_improvement_percent": "max_improvement_percent",
}


def number(value: float) -> str:
    """A number as a data file shows it."""
    return f"{value:g}"


def mutated_trials(trial: TrialDefinition) -> Iterator[tuple[str, TrialDefinition]]:
    """Every mutant of a definition, each with a word on what was changed."""
    for name in TrialDefinition.__slots__:
        value = getattr(trial, name)
        if value is None or value is False or not value:
            continue
        if name in MEASURED_BY:
            yield from _limit_mutants(trial, name, value)
            continue
        yield f"{name} dropped", _with(trial, name, type(value)())
        if isinstance(value, frozenset) and len(value) > 1:
            for entry in sorted(value):
                yield f"{name} without {entry}", _with(trial, name, value - {entry})


def _limit_mutants(
    trial: TrialDefinition, name: str, limit: float
) -> Iterator[tuple[str, TrialDefinition]]:
    for value in (limit - 1, limit + 1):
        mutant = _with(trial, name, value)
        if _is_sensible(mutant, name):
            yield f"{name} {number(limit)} -> {number(value)}", mutant
    # Of a grey zone the far edge can't be written the other way.
    if name in EDGES and trial.weeks_unclear_from is None:
        other = EDGES[name]
        mutant = _with(_with(trial, name, None), other, limit)
        yield f"{name} {number(limit)} -> {other} {number(limit)}", mutant


def _is_sensible(trial: TrialDefinition, name: str) -> bool:
    """Whether a file could say so: in the range of what is measured, with a grey zone left."""
    value = getattr(trial, name)
    if name == "ended_within_years":
        return bool(value >= 1)
    measured = vocabulary.treatment_fields()[MEASURED_BY[name]]
    low, high = measured.min, measured.max
    is_within = (low is None or low <= value) and (high is None or value <= high)
    start, end = trial.weeks_unclear_from, trial.min_weeks
    return is_within and (start is None or end is None or start < end)


def _with(trial: TrialDefinition, name: str, value: Any) -> TrialDefinition:
    return replace(trial, **{name: value})
