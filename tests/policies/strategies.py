"""Hypothesis strategies: answers, situations, and what is left of them unanswered."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from hypothesis import strategies as st

from policies import terms, vocabulary
from policies.situation import (
    Asker,
    Funding,
    LineOfBusiness,
    Plan,
    ScaleScore,
    Situation,
    Treatment,
    TreatmentTried,
    contradictions,
)
from policies.truth import Truth
from policies.vocabulary import FactDefinition, FactType

truths = st.sampled_from(Truth)
ORIGINS = ("form", "clinic")

# Names of which a careless count makes too many or too few: brands, salts, patches, combinations,
# medicines of other kinds, and names nobody knows.
DRUGS = (
    "sertraline",
    "Zoloft 100 mg",
    "escitalopram",
    "venlafaxine",
    "bupropion",
    "Wellbutrin XL",
    "mirtazapine",
    "trazodone",
    "Emsam",
    "lithium",
    "aripiprazole",
    "lorazepam",
    "ketamine",
    "esketamine",
    "gabapentin",
    "Symbyax",
    "something blue",
    "weekly sessions",
)
SCALES = ("phq9", "madrs", "hamd17", "qids_c16")
LIMITS = {"age": (15, 17, 18, 45), "substance_use_remission_months": (0, 1, 6)}
CODES = ("F33.2", "F32.A", "R45.851", "F43.10", "G90.511", "F31.81", "Z99.89")

texts = (
    st.text(
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn", "Zl", "Zp")),
        max_size=20,
    )
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)
days = st.dates(dt.date(2026, 9, 1), dt.date(2026, 12, 31))
SIMPLE: dict[FactType, st.SearchStrategy[Any]] = {
    FactType.BOOLEAN: st.booleans(),
    FactType.TEXT: texts,
    FactType.DATE: days,
}


def values_of(definition: FactDefinition) -> st.SearchStrategy[Any]:
    """Any answer to a fact, near the limits that documents set where there are some."""
    if definition.name in LIMITS:
        return st.sampled_from(LIMITS[definition.name])
    match definition.type:
        case FactType.NUMBER:
            return _numbers(definition)
        case FactType.CHOICE:
            return st.sampled_from(list(definition.choices or {}))
        case FactType.SET:
            return st.frozensets(st.sampled_from(list(definition.choices or {})), max_size=3)
        case _:
            return SIMPLE[definition.type]


def _numbers(definition: FactDefinition) -> st.SearchStrategy[Any]:
    least, most = int(definition.min or 0), int(definition.max or 0)
    return st.integers(least, min(most, least + 20)) if least >= 0 else st.integers(least, most)


def _any_of_these(entries: Mapping[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries({}, optional=dict(entries))


# Situations

_row_fields = {
    name: values_of(definition) for name, definition in vocabulary.treatment_fields().items()
} | {"drug": st.sampled_from(DRUGS), "weeks": st.sampled_from([0, 3, 4, 6, 8, 8.5, 12])}

rows: st.SearchStrategy[TreatmentTried] = (
    _any_of_these(_row_fields)
    .map(lambda values: TreatmentTried(**values))
    .filter(lambda row: not contradictions(row))
)
scores = st.builds(
    ScaleScore,
    scale=st.sampled_from(SCALES),
    score=st.integers(0, 27),
    origin=st.sampled_from(["chart", "chart", "self_completed"]),
    taken_on=st.none() | days,
)
plans = st.builds(
    Plan,
    line_of_business=st.none() | st.sampled_from(LineOfBusiness),
    funding=st.none() | st.sampled_from(Funding),
    insurer=st.none() | st.sampled_from(["bcbs-ma", "aetna", "nobody"]),
    insurer_name=st.none() | texts,
    administrator_name=st.none() | texts,
    residence_state=st.none() | st.sampled_from(["MA", "NY", "WI"]),
    issue_state=st.none() | st.sampled_from(["MA", "NY", "WI"]),
)


def is_consistent(situation: Situation) -> bool:
    """Whether a situation file with these answers would be taken: none contradicts another."""
    answers, codes = situation.answers, situation.icd10_codes
    stated = answers.get("conditions")
    conditions = stated if isinstance(stated, frozenset) else frozenset()
    return all(
        answers.get(one.fact, one.value) == one.value
        for one in terms.implied_facts()
        if one.carried_by(conditions, codes, answers)
    )


situations = st.builds(
    Situation,
    treatment=st.sampled_from(Treatment),
    plan=plans,
    asker=st.none() | st.sampled_from(Asker),
    icd10_codes=st.lists(st.sampled_from(CODES), max_size=2, unique=True).map(tuple),
    answers=_any_of_these(
        {name: values_of(definition) for name, definition in vocabulary.facts().items()}
    ),
    treatments_tried=st.none() | st.lists(rows, max_size=6).map(tuple),
    treatments_complete=st.none() | st.booleans(),
    scores=st.lists(scores, max_size=4).map(tuple),
).filter(is_consistent)


@st.composite
def failed_trials(draw: st.DrawFn) -> TreatmentTried:
    """A medicine row with every field answered, as a careful clinic fills it in."""
    known = {name: drug for name in DRUGS if (drug := terms.find_drug(name))}
    name = draw(st.sampled_from(sorted(known)))
    return TreatmentTried(
        kind=known[name].drug_class.kind,
        drug=name,
        weeks=draw(st.sampled_from([3, 4, 6, 8, 12])),
        adequate_dose=draw(st.booleans()),
        maximum_dose=False,
        sufficient_length=draw(st.booleans()),
        outcome=draw(st.sampled_from(["no_response", "partial_response", "not_tolerated"])),
        improvement_percent=draw(st.integers(-20, 40)),
        dose_limiting_side_effects=draw(st.booleans()),
        led_to_change=draw(st.booleans()),
        this_episode=draw(st.booleans()),
    )


@st.composite
def blanked(draw: st.DrawFn, full: Situation, *, keep: frozenset[str] = frozenset()) -> Situation:
    """The same situation with some of its answers not given yet; those to `keep` stay.

    The diagnosis, stated and coded, is one answer. A list of rows may lose some when it was said
    not to be finished; the scores of one scale go together, since a newer one is another score.
    """
    kept = draw(st.sets(st.sampled_from([*vocabulary.facts()]))) | keep
    has_diagnosis = "conditions" in keep or draw(st.booleans())
    kept = (kept | {"conditions"}) if has_diagnosis else (kept - {"conditions"})
    scales = draw(st.sets(st.sampled_from(SCALES)))
    early = replace(
        full,
        icd10_codes=full.icd10_codes if has_diagnosis else (),
        answers={name: value for name, value in full.answers.items() if name in kept},
        scores=tuple(score for score in full.scores if score.scale in scales),
    )
    if full.treatments_tried is None or draw(st.integers(0, 4)) == 0:
        return replace(early, treatments_tried=None)
    tried = tuple(draw(blanked_row(row)) for row in full.treatments_tried)
    complete = full.treatments_complete if draw(st.booleans()) else None
    if complete is not True:
        tried = tuple(row for row in tried if draw(st.booleans()))
    return replace(early, treatments_tried=tried, treatments_complete=complete)


@st.composite
def blanked_row(draw: st.DrawFn, row: TreatmentTried) -> TreatmentTried:
    """The same row with some of its fields not answered yet."""
    names = [one.name for one in fields(row)]
    unanswered = draw(st.sets(st.sampled_from(names), max_size=5))
    return replace(row, **dict.fromkeys(unanswered))


def pairs(*keep: str) -> st.SearchStrategy[tuple[Situation, Situation]]:
    """A situation that is partly answered, and the same with every answer."""
    return situations.flatmap(
        lambda full: st.tuples(blanked(full, keep=frozenset(keep)), st.just(full)),
    )
