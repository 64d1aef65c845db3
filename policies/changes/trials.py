"""Ways to a count: treatments tried that would count with another detail, and further ones."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, islice, repeat
from typing import Any

from policies import terms, vocabulary
from policies.changes.edits import FURTHER, ROW, Edit, EditSet, edited_rows
from policies.criteria import CountCriterion, TrialDefinition
from policies.facts import Facts, TriedFact, tried_fact
from policies.matcher import CountGiven, Finding, count_trials, trial_tests
from policies.situation import TreatmentTried
from policies.truth import Truth
from policies.vocabulary import Speak

# Of more rows that another detail would make count, the first are looked at.
MOST_ROWS = 6


def ways_to_count(
    found: Finding, node: CountCriterion, facts: Facts, enough: frozenset[Truth]
) -> Iterator[EditSet]:
    """The sets of edits after which the count is one of `enough`: details, further ones, both."""
    rows = list(facts.treatments or ())
    _, given = count_trials(node, facts)
    counted = list(given.counted) if isinstance(given, CountGiven) else []
    mendable = list(
        islice(
            (
                edits
                for index, tried in enumerate(rows)
                if not any(tried is one for one in counted)
                and (edits := _mended(found, node, index, tried)) is not None
            ),
            MOST_ROWS,
        )
    )
    most = max(1, max(node.min, node.min_classes) - len(counted) + 1)
    further = _further(found, node, facts, most)
    for size in range(1, most + 1):
        for mended in range(min(size, len(mendable)) + 1):
            for chosen in combinations(mendable, mended):
                way = frozenset().union(*chosen, further[: size - mended])
                if _counted(node, facts, way) in enough:
                    yield way


def _mended(found: Finding, node: CountCriterion, index: int, tried: TriedFact) -> EditSet | None:
    """The fewest edits of one row after which it counts; None where no detail would do."""
    ways = [
        edits
        for wanted in node.where
        if (edits := _as_wanted(found, wanted, index, tried)) is not None
    ]
    return min(ways, key=len, default=None)


def _as_wanted(
    found: Finding, wanted: TrialDefinition, index: int, tried: TriedFact
) -> EditSet | None:
    short = {name for name, truth in trial_tests(wanted, tried) if truth is not Truth.MET}
    if "drug" in short or tried.row.outcome == "contraindicated":
        # What was tried, and whether it was, is history and not a detail.
        return None
    model = _details(wanted, tried)
    return frozenset(_row_edit(found, index, name, model[name], tried.row) for name in short)


def _row_edit(found: Finding, index: int, name: str, value: object, row: TreatmentTried) -> Edit:
    is_told = getattr(row, name) is not None
    # What was told of a treatment is history; only what is still open may be written down.
    speak = Speak.NEVER_SUGGEST if is_told else vocabulary.treatment_fields()[name].speak
    return Edit((ROW, index, name), value, speak, (found,), was_answered=is_told)


def _details(wanted: TrialDefinition, tried: TriedFact) -> dict[str, Any]:
    """The details of a treatment that a definition takes."""
    most, below, above = (
        wanted.max_improvement_percent,
        wanted.below_improvement_percent,
        wanted.above_improvement_percent,
    )
    improvement = most if most is not None else below - 1 if below is not None else None
    if improvement is not None:
        # From 50 percent on it would be a response.
        improvement = min(improvement, 49)
    outcomes = sorted(wanted.outcome) or ["no_response"]
    return {
        "weeks": max(
            1,
            wanted.min_weeks or 0,
            0 if wanted.above_weeks is None else wanted.above_weeks + 1,
        ),
        "outcome": "no_response" if "no_response" in outcomes else outcomes[0],
        "improvement_percent": above + 1 if above is not None else improvement,
        "adherence_percent": wanted.min_adherence_percent,
        "adequate_dose": True,
        "maximum_dose": True,
        "highest_tolerated_dose": True,
        "sufficient_length": True,
        "adequate_adherence": True,
        "dose_limiting_side_effects": True,
        "led_to_change": True,
        "this_episode": True,
        "ended_on": tried.on,
    }


def _further(found: Finding, node: CountCriterion, facts: Facts, most: int) -> list[Edit]:
    """At most so many further treatments that would count, each of another drug and class."""
    speak = Speak.DISCUSS_WITH_CLINICIAN if facts.treatments_complete else Speak.RECORD_IT
    # Lists that count the same kind name the same further treatment, and so it is one.
    return [
        Edit((FURTHER, row.drug or f"{row.kind} {place}"), row, speak, (found,))
        for place, row in enumerate(islice(_unused(node, facts), most))
    ]


def _unused(node: CountCriterion, facts: Facts) -> Iterator[TreatmentTried]:
    """Treatments that would count and that were not tried, one of each class of drugs first."""
    tried = {one.identity for one in facts.treatments or ()}
    classes = {one.drug_class for one in facts.treatments or ()}
    later: list[TreatmentTried] = []
    for drug in terms.drugs().values():
        blank = TreatmentTried(kind=drug.drug_class.kind, drug=drug.name)
        row = None if drug.name in tried else _as_counted(node, blank, facts)
        if row is None:
            continue
        if drug.drug_class.id in classes or drug.drug_class.members_differ:
            later.append(row)
        else:
            classes.add(drug.drug_class.id)
            yield row
    yield from later
    # Talk therapy and the like have no drug.
    kinds = sorted({kind for wanted in node.where for kind in wanted.kind}) or ["other"]
    for kind in kinds:
        row = _as_counted(node, TreatmentTried(kind=kind), facts)
        if row is not None:
            yield from repeat(row)


def _as_counted(node: CountCriterion, blank: TreatmentTried, facts: Facts) -> TreatmentTried | None:
    """The treatment with the details of the first definition that takes it, or None."""
    tried = tried_fact(blank, facts.on)
    for wanted in node.where:
        short = {name for name, truth in trial_tests(wanted, tried) if truth is not Truth.MET}
        if "drug" not in short:
            model = _details(wanted, tried)
            return replace(blank, **{name: model[name] for name in short | {"outcome"}})
    return None


def _counted(node: CountCriterion, facts: Facts, way: EditSet) -> Truth:
    rows = edited_rows((one.row for one in facts.treatments or ()), way)
    with_edits = replace(facts, treatments=tuple(tried_fact(row, facts.on) for row in rows))
    return count_trials(node, with_edits)[0]
