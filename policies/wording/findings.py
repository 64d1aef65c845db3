"""Findings in words: the state of a criterion, what was given, and what is still open."""

import datetime as dt

from policies import terms, vocabulary
from policies.catalogue import Edition, ReadingKind
from policies.criteria import (
    CountCriterion,
    Group,
    Judge,
    Judgement,
    Node,
    Operator,
    Source,
    Unread,
)
from policies.facts import DoseHint, TriedFact
from policies.matcher import CodesGiven, CountGiven, Finding, ScaleGiven, trial_tests
from policies.missing import open_details
from policies.situation import ScaleScore
from policies.truth import Truth
from policies.vocabulary import FactDefinition
from policies.wording.phrases import (
    DOCUMENTS_WORDS,
    EXCLUSION_STATES,
    OUR_WORDS,
    REPRODUCED_WORDS,
    STATES,
    date,
    lower_first,
)

OUTCOMES = {
    "": "what happened is not answered",
    "ongoing": "still being taken",
}
FAILING_OUTCOMES = {
    "not_tolerated": "stopped for side effects, which this does not count",
    "partial_response": "it helped a little, which this does not count",
    "no_response": "it did not help, which this does not count",
    "contraindicated": "never taken",
    "worked": "it worked",
}
FAILING = {
    "outcome": "what happened is not what this counts",
    "weeks": "not long enough",
    "adequate_dose": "dose not adequate",
    "maximum_dose": "not at the highest usual dose",
    "highest_tolerated_dose": "not at the highest dose tolerated",
    "sufficient_length": "not long enough",
    "adherence_percent": "too few of the doses taken",
    "adequate_adherence": "not taken regularly enough",
    "improvement_percent": "the improvement in percent is not what the document counts",
    "dose_limiting_side_effects": "no side effects kept the dose low",
    "led_to_change": "not changed because of it",
    "this_episode": "not in this episode",
    "ended_on": "too long ago",
}
DOSES = {
    DoseHint.BELOW: "dose below the usual range, clinician to say whether adequate",
    DoseHint.WITHIN: "dose within the usual range, clinician to confirm",
    DoseHint.ABOVE: "dose above the usual range, check the number",
    None: "clinician to say whether the dose was adequate",
}


def state(found: Finding) -> str:
    """Met, not met or to find out, in words."""
    if isinstance(found.node, Unread):
        return "Not readable"
    return (EXCLUSION_STATES if found.is_exclusion else STATES)[found.truth]


def whose_words(source: Source, edition: Edition) -> str:
    """Whose words: the document's where it is quoted, and then whether at second hand."""
    if not source.quote:
        return OUR_WORDS
    second_hand = {one.key for one in edition.readings if one.kind is ReadingKind.SECOND_HAND}
    if source.origin in second_hand:
        return REPRODUCED_WORDS
    return DOCUMENTS_WORDS


def shown(found: Finding) -> tuple[Finding, ...]:
    """The members worth showing: where any one is enough and one is met, those that are."""
    node = found.node
    is_any = isinstance(node, Group) and node.operator is Operator.ANY_OF
    if is_any and found.truth is Truth.MET:
        return tuple(one for one in found.members if one.truth is Truth.MET)
    return found.members


def given(found: Finding, *, in_short: bool = False) -> str:
    """What the person told us that bears on this criterion; empty for a group.

    In short, without what is still open of each treatment.
    """
    node, value = found.node, found.given
    fixed = _told_of_what_nobody_answers(node)
    if fixed:
        return fixed
    match value:
        case CountGiven() if isinstance(node, CountCriterion):
            return _count_given(node, value, in_short=in_short)
        case ScaleGiven():
            return _scale_given(value)
        case CodesGiven():
            codes = ", ".join(value.codes)
            return f"You told us: {codes}." if codes else "No diagnosis code given yet."
        case None:
            return "" if found.members else "Not answered yet."
        case _:
            return f"You told us: {_value(node, value)}."


def _told_of_what_nobody_answers(node: Node) -> str:
    if isinstance(node, Unread):
        return "We could not read this part. Ask the plan for the whole document."
    if isinstance(node, Judgement):
        return (
            "The plan weighs this." if node.judge is Judge.PLAN else "The clinic can answer this."
        )
    return ""


def _value(node: Node, value: object) -> str:
    return answer_in_words(vocabulary.fact(getattr(node, "fact", "")), value)


def answer_in_words(definition: FactDefinition, value: object) -> str:
    """An answer as it goes on inside a sentence."""
    choices = definition.choices or {}
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, frozenset):
        return ", ".join(sorted(lower_first(choices.get(one, one)) for one in value))
    if isinstance(value, str):
        return lower_first(choices.get(value, value))
    if isinstance(value, dt.date):
        return date(value)
    return f"{value:g} {definition.unit}".strip() if isinstance(value, int | float) else str(value)


def _count_given(node: CountCriterion, found: CountGiven, *, in_short: bool) -> str:
    sentences = []
    if found.counted:
        names = dict.fromkeys(treatment_name(one) for one in found.counted)
        low = found.treatments.low
        count = f"{low} of the {node.min} wanted" if low < node.min else f"{low}"
        sentences.append(f"Counts ({count}): {', '.join(names)}.")
    if found.possible:
        listed = [
            treatment_name(one)
            if in_short
            else f"{treatment_name(one)} ({open_points_of(node, one)})"
            for one in found.possible
        ]
        sentences.append(f"May count: {'; '.join(listed)}.")
    failed = [(one, failing_points(node, one)) for one in found.failed]
    told = [f"{treatment_name(one)} ({why})" for one, why in failed if why]
    if told:
        sentences.append(f"Does not count: {'; '.join(dict.fromkeys(told))}.")
    if not sentences:
        sentences.append("Nothing named so far counts.")
    high = found.classes.high
    are_enough = found.treatments.reaches(node.min) is not Truth.NOT_MET
    if are_enough and high is not None and high < node.min_classes:
        sentences.append(f"Wanted are {node.min_classes} classes, and these are of {high}.")
    if found.treatments.high is None:
        sentences.append("The list is not finished.")
    return " ".join(sentences)


def treatment_name(tried: TriedFact) -> str:
    """A treatment tried, by its generic name where we know it."""
    if tried.drug is not None:
        return tried.drug.name
    kinds = vocabulary.treatment_fields()["kind"].choices or {}
    return tried.row.drug or lower_first(kinds.get(tried.row.kind or "other", "treatment"))


def open_points_of(node: CountCriterion, tried: TriedFact) -> str:
    """What is still open about a treatment that may count."""
    return ", ".join(dict.fromkeys(open_detail(name, tried) for name in open_details(node, tried)))


def failing_points(node: CountCriterion, tried: TriedFact) -> str:
    """Why a treatment does not count; nothing where it is of another kind than is counted."""
    by_definition = [
        [name for name, truth in trial_tests(wanted, tried) if truth is Truth.NOT_MET]
        for wanted in node.where
    ]
    nearest = min((names for names in by_definition if "drug" not in names), key=len, default=[])
    reasons = FAILING | {"outcome": FAILING_OUTCOMES.get(tried.row.outcome or "", "")}
    return ", ".join(dict.fromkeys(reasons[name] or FAILING[name] for name in nearest))


def open_detail(name: str, tried: TriedFact) -> str:
    """What is open about one field of a treatment tried."""
    if name == "adequate_dose":
        return DOSES[tried.dose_hint]
    return {
        "drug": _open_name(tried),
        "weeks": "length not answered"
        if tried.row.weeks is None
        else "the document leaves open whether this length is enough",
        "maximum_dose": "clinician to say whether the dose was the highest usual one",
        "highest_tolerated_dose": "clinician to say whether the dose was the highest tolerated one",
        "adherence_percent": "share of doses taken not answered",
        "adequate_adherence": "clinician to say whether it was taken regularly enough",
        "improvement_percent": "improvement in percent not answered",
        "ended_on": "when it ended is not answered",
        "sufficient_length": "clinician to say whether it was long enough",
        "outcome": OUTCOMES.get(
            tried.row.outcome or "", "the document leaves open how this counts"
        ),
        "this_episode": "not answered whether in this episode",
        "led_to_change": "not answered whether it was changed because of this",
        "dose_limiting_side_effects": "not answered whether side effects kept the dose low",
    }.get(name, "details are open")


def _open_name(tried: TriedFact) -> str:
    if tried.drug is not None:
        return "for what it was taken is not answered"
    return (
        "a medicine we do not know, check the spelling"
        if tried.row.drug
        else "which medicine is not answered"
    )


def _scale_given(found: ScaleGiven) -> str:
    if found.scores:
        return f"You told us: {'; '.join(score_line(one) for one in found.scores)}."
    if found.self_completed:
        listed = "; ".join(score_line(one) for one in found.self_completed)
        return f"You filled in: {listed}. The plan wants a score from the chart."
    return "No score yet."


def score_line(one: ScaleScore) -> str:
    """A score with its scale and date."""
    when = f" on {date(one.taken_on)}" if one.taken_on else ", undated"
    return f"{terms.rating_scales()[one.scale].label} {one.score}{when}"
