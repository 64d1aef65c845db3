"""Treatments tried: which of them count under a document's definition, and how many there are."""

from collections.abc import Iterator

from policies import terms
from policies.criteria import CountCriterion, TrialDefinition
from policies.facts import Facts, TriedFact
from policies.matcher.findings import CountGiven, Given
from policies.situation import TreatmentTried
from policies.truth import Count, Truth, every, some, truth_of


def count_trials(node: CountCriterion, facts: Facts) -> tuple[Truth, Given]:
    """Count the different treatments that meet a definition, and their classes."""
    if facts.treatments is None:
        return Truth.UNKNOWN, None
    by_truth: dict[Truth, list[TriedFact]] = {truth: [] for truth in Truth}
    for tried in facts.treatments:
        by_truth[trial_counts(node.where, tried)].append(tried)
    counted, possible = by_truth[Truth.MET], by_truth[Truth.UNKNOWN]
    is_open = not facts.treatments_complete
    given = CountGiven(
        treatments=_count_treatments(counted, possible, is_open=is_open),
        classes=_count_classes(node, counted, possible, is_open=is_open),
        counted=tuple(counted),
        possible=tuple(possible),
        failed=tuple(by_truth[Truth.NOT_MET]),
    )
    truth = every([given.treatments.reaches(node.min), given.classes.reaches(node.min_classes)])
    return truth, given


def _count_treatments(
    counted: list[TriedFact], possible: list[TriedFact], *, is_open: bool
) -> Count:
    """Count different treatments: two rows of one drug are one, brand or generic."""
    named = {tried.identity for tried in counted} - {None}
    kinds = {tried.kind for tried in counted if tried.identity is not None}
    nameless = {tried.kind for tried in counted if tried.identity is None}
    # One that has no name may be the same as another of its kind, and as any where that is open.
    low = len(named) + len(nameless - kinds - {None}) or min(1, len(counted))
    either = [tried.identity for tried in (*counted, *possible)]
    high = len(set(either) - {None}) + either.count(None)
    return Count(low, None if is_open else high)


def _count_classes(
    node: CountCriterion, counted: list[TriedFact], possible: list[TriedFact], *, is_open: bool
) -> Count:
    # A drug that the document names beside classes stands in its list as a class does.
    named = frozenset[str]().union(*(wanted.drug for wanted in node.where))

    def class_of(tried: TriedFact) -> str | None:
        is_named = tried.drug is not None and tried.drug.name in named
        return tried.identity if is_named else tried.drug_class

    certain = {class_of(tried) for tried in counted}
    low = len(certain - {None}) or len(certain)
    if is_open:
        return Count(low, None)
    either = (*counted, *possible)
    high = 0
    for class_id in {class_of(tried) for tried in either}:
        within = [tried for tried in either if class_of(tried) == class_id]
        known = terms.drug_classes().get(class_id) if class_id else None
        if class_id is None:
            high += len(within)
        elif known is not None and known.members_differ:
            # Bupropion and mirtazapine share a class in the table and work differently.
            high += len({tried.identity for tried in within})
        else:
            high += 1
    return Count(low, high)


def trial_counts(definitions: tuple[TrialDefinition, ...], tried: TriedFact) -> Truth:
    """Whether a treatment tried meets any one of the definitions."""
    return some(every(truth for _, truth in trial_tests(wanted, tried)) for wanted in definitions)


def trial_tests(wanted: TrialDefinition, tried: TriedFact) -> Iterator[tuple[str, Truth]]:
    """Each test of a definition on one treatment tried, by the row's field that settles it."""
    row = tried.row
    if "contraindicated" not in wanted.outcome:
        yield "outcome", tried.was_taken
    yield from _identity_tests(wanted, tried)
    yield from _length_tests(wanted, tried)
    if wanted.outcome:
        yield "outcome", _outcome_counts(wanted, tried)
    yield from _percent_tests(wanted, row)
    said = {
        # The maximum dose is an adequate one too, and one below adequate is not the maximum.
        "adequate_dose": True if row.maximum_dose else row.adequate_dose,
        "maximum_dose": False if row.adequate_dose is False else row.maximum_dose,
        # No dose lies above the maximum one, so whoever reached it could take no more.
        "highest_tolerated_dose": True if row.maximum_dose else row.highest_tolerated_dose,
        "sufficient_length": row.sufficient_length,
        "adequate_adherence": row.adequate_adherence,
        "dose_limiting_side_effects": row.dose_limiting_side_effects,
        "led_to_change": row.led_to_change,
        "this_episode": row.this_episode,
    }
    for name, answer in said.items():
        if getattr(wanted, name):
            yield name, truth_of(answer)


def _length_tests(wanted: TrialDefinition, tried: TriedFact) -> Iterator[tuple[str, Truth]]:
    row = tried.row
    if wanted.min_weeks is not None:
        yield "weeks", _long_enough(wanted, wanted.min_weeks, row.weeks)
    if wanted.above_weeks is not None:
        yield "weeks", truth_of(None if row.weeks is None else row.weeks > wanted.above_weeks)
    if wanted.ended_within_years is not None:
        yield "ended_on", tried.ended_within(wanted.ended_within_years)


def _long_enough(wanted: TrialDefinition, least: float, weeks: float | None) -> Truth:
    if weeks is None:
        return Truth.UNKNOWN
    if wanted.weeks_unclear_from is not None and wanted.weeks_unclear_from <= weeks < least:
        return Truth.UNKNOWN
    return truth_of(weeks >= least)


def _percent_tests(wanted: TrialDefinition, row: TreatmentTried) -> Iterator[tuple[str, Truth]]:
    adherence, improvement = row.adherence_percent, row.improvement_percent
    if wanted.min_adherence_percent is not None:
        is_enough = None if adherence is None else adherence >= wanted.min_adherence_percent
        yield "adherence_percent", truth_of(is_enough)
    most, below, above = (
        wanted.max_improvement_percent,
        wanted.below_improvement_percent,
        wanted.above_improvement_percent,
    )
    if (most, below, above) != (None, None, None):
        is_within = None
        if improvement is not None:
            is_within = (
                (most is None or improvement <= most)
                and (below is None or improvement < below)
                and (above is None or improvement > above)
            )
        yield "improvement_percent", truth_of(is_within)


def _identity_tests(wanted: TrialDefinition, tried: TriedFact) -> Iterator[tuple[str, Truth]]:
    if wanted.kind:
        yield "drug", _of_kind(wanted, tried)
    if wanted.drug or wanted.drug_class:
        yield "drug", _in_closed_list(wanted, tried)
    if wanted.route:
        yield "drug", truth_of(None if tried.drug is None else tried.drug.route == wanted.route)


def _of_kind(wanted: TrialDefinition, tried: TriedFact) -> Truth:
    if tried.kind is not None:
        return truth_of(tried.kind in wanted.kind)
    # A medicine of whatever kind is no talk therapy.
    is_possible = not tried.is_some_medicine or bool(wanted.kind & terms.medicine_kinds())
    return Truth.UNKNOWN if is_possible else Truth.NOT_MET


def _in_closed_list(wanted: TrialDefinition, tried: TriedFact) -> Truth:
    if tried.drug is None:
        # An unknown medicine may be any of them; a treatment that is no medicine is none.
        return truth_of(None if tried.kind is None else False)
    return truth_of(tried.drug.name in wanted.drug or tried.drug.drug_class.id in wanted.drug_class)


def _outcome_counts(wanted: TrialDefinition, tried: TriedFact) -> Truth:
    outcome = tried.row.outcome
    if outcome in wanted.outcome:
        return Truth.MET
    if wanted.outcome == {"contraindicated"} and tried.was_taken is Truth.MET:
        # What was begun can't come to have been ruled out.
        return Truth.NOT_MET
    # A treatment still running has no outcome yet.
    is_open = outcome is None or outcome == "ongoing" or outcome in wanted.outcome_unclear
    return Truth.UNKNOWN if is_open else Truth.NOT_MET
