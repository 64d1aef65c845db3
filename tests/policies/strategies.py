"""Hypothesis strategies: situations, what is left of them unanswered, and criteria trees."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Any, TypeVar

from hypothesis import strategies as st

from policies import terms, vocabulary
from policies.catalogue import (
    BillingCodes,
    CoveragePosition,
    Document,
    DocumentKind,
    Edition,
    EditionStatus,
    Position,
    PrintedDate,
    PriorAuthorization,
    ReadingKind,
    SourceReading,
)
from policies.criteria import (
    CountCriterion,
    FactCriterion,
    Group,
    Judge,
    Judgement,
    Node,
    Operator,
    ScaleCriterion,
    Source,
    TrialDefinition,
    Unread,
)
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
from tests.factories import make_insurer

T = TypeVar("T")

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


# Criteria

sources = st.builds(
    Source, origin=st.sampled_from(["", *ORIGINS]), section=st.just("") | texts, quote=texts
) | st.just(Source())
_words: dict[str, st.SearchStrategy[Any]] = {
    "label": texts,
    "source": sources,
    "note": st.just("") | texts,
}
_words_of_a_node: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(_words)


@st.composite
def fact_criteria(draw: st.DrawFn) -> FactCriterion:
    definition = draw(st.sampled_from([*vocabulary.facts().values()]))
    words = draw(_words_of_a_node)
    tests: dict[str, Any]
    match definition.type:
        case FactType.NUMBER:
            limit = values_of(definition)
            names = st.sets(st.sampled_from(["min", "max", "above", "below"]), min_size=1)
            tests = {name: draw(limit) for name in sorted(draw(names))}
        case FactType.CHOICE if draw(st.booleans()):
            choices = st.sampled_from([*(definition.choices or {})])
            tests = {"one_of": draw(st.frozensets(choices, min_size=1))}
        case FactType.SET:
            known = terms.conditions() if definition.name == "conditions" else definition.choices
            tests = {"includes": draw(st.sampled_from([*(known or {})]))}
        case _:
            tests = {"equals": draw(values_of(definition))}
    return FactCriterion(fact=definition.name, **tests, **words)


def _some(names: Mapping[str, object] | None) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from([*(names or {})]), min_size=1, max_size=3)


_outcomes = _some(vocabulary.treatment_fields()["outcome"].choices)
_flags = (
    "adequate_dose",
    "maximum_dose",
    "sufficient_length",
    "dose_limiting_side_effects",
    "led_to_change",
    "this_episode",
)
trial_definitions: st.SearchStrategy[TrialDefinition] = (
    st.fixed_dictionaries(
        {"kind": _some(vocabulary.treatment_fields()["kind"].choices)},
        optional={
            "drug": st.frozensets(st.sampled_from(["sertraline", "bupropion"]), min_size=1),
            "drug_class": st.frozensets(st.sampled_from(["ssri", "atypical"]), min_size=1),
            "route": st.just("oral"),
            "min_weeks": st.sampled_from([0, 4, 6, 8]),
            "outcome": _outcomes,
            "outcome_unclear": _outcomes,
            "max_improvement_percent": st.integers(0, 50),
        }
        | {name: st.just(value=True) for name in _flags},
    )
    | st.just({"outcome": frozenset({"no_response"})})
    | st.just({"kind": frozenset({"antidepressant"}), "adequate_dose": True, "min_weeks": 6})
).map(lambda values: TrialDefinition(**values))
count_criteria = st.builds(
    CountCriterion,
    where=st.lists(trial_definitions, min_size=1, max_size=3).map(tuple),
    min=st.integers(1, 4),
    min_classes=st.integers(1, 3),
    **_words,
)
scale_criteria = st.builds(
    ScaleCriterion,
    scales=st.lists(st.sampled_from(SCALES), min_size=1, max_size=3, unique=True).map(tuple),
    min=st.none() | st.integers(0, 27),
    max=st.none() | st.integers(0, 27),
    within_days=st.none() | st.integers(0, 90),
    **_words,
)
leaves: st.SearchStrategy[Node] = st.one_of(
    fact_criteria(),
    fact_criteria(),
    count_criteria,
    scale_criteria,
    st.builds(Judgement, judge=st.sampled_from(Judge), **_words),
    st.builds(Unread, **_words),
)


@st.composite
def groups(draw: st.DrawFn, children: st.SearchStrategy[Node]) -> Group:
    operator = draw(st.sampled_from(Operator))
    member = leaves if operator is Operator.NONE_OF else children
    members = tuple(draw(st.lists(member, min_size=1, max_size=4)))
    needed = draw(st.integers(1, len(members))) if operator is Operator.AT_LEAST else None
    words = draw(_words_of_a_node)
    return Group(operator=operator, members=members, needed=needed, **words)


def trees_with_ids(tree: Node) -> Node:
    """The tree with an id of its own on every second node."""
    counter = iter(range(10_000))

    def numbered(node: Node) -> Node:
        number = next(counter)
        if isinstance(node, Group):
            node = replace(node, members=tuple(numbered(member) for member in node.members))
        return replace(node, id=f"c{number}") if number % 2 else node

    return numbered(tree)


trees: st.SearchStrategy[Node] = st.recursive(leaves, groups, max_leaves=6).map(trees_with_ids)


def shuffled(tree: Node, shuffle: Callable[[list[Node]], list[Node]]) -> Node:
    """The tree with the members of every group in another order."""
    if not isinstance(tree, Group):
        return tree
    members = shuffle([shuffled(member, shuffle) for member in tree.members])
    return replace(tree, members=tuple(members))


# Documents

printed_dates = st.one_of(
    st.dates(dt.date(2019, 1, 1), dt.date(2027, 12, 31)).map(lambda day: day.isoformat()),
    st.sampled_from(["2024-11", "2021-04", "2023"]),
).map(PrintedDate)
readings = st.tuples(
    *(
        st.builds(
            SourceReading,
            key=st.just(key),
            kind=st.sampled_from(ReadingKind),
            read_on=printed_dates,
            read_by=texts,
            description=texts,
            url=st.just("") | texts,
        )
        for key in ORIGINS
    )
)
_lists_of_texts = st.lists(texts, max_size=2).map(tuple)


@st.composite
def positions(draw: st.DrawFn) -> Position:
    coverage = draw(st.sampled_from(CoveragePosition))
    has_list = coverage in ("covered_with_criteria", "individual_consideration")
    maybe_trees = st.none() | trees if has_list else st.none()
    indications = st.lists(
        st.sampled_from([*terms.conditions()]), min_size=1, max_size=3, unique=True
    )
    return Position(
        treatment=draw(st.sampled_from(Treatment)),
        indications=tuple(draw(indications)),
        coverage=coverage,
        prior_authorization=draw(st.sampled_from(PriorAuthorization)),
        prior_authorization_note=draw(st.just("") | texts),
        criteria=draw(maybe_trees),
        continuation=draw(maybe_trees),
        limits=draw(_lists_of_texts),
        documents_wanted=draw(_lists_of_texts),
        codes=BillingCodes(hcpcs=("G2082",), cpt=draw(st.sampled_from([(), ("96365",)]))),
        source=draw(sources),
        note=draw(st.just("") | texts),
    )


@st.composite
def editions(draw: st.DrawFn) -> Edition:
    revision = draw(st.integers(1, 3))
    listed = st.lists(
        positions(), max_size=3, unique_by=lambda one: (one.treatment, one.indications)
    )
    return Edition(
        positions=tuple(draw(listed)),
        readings=draw(readings),
        effective=draw(st.none() | printed_dates),
        revision=revision,
        last_reviewed=draw(st.none() | printed_dates),
        status=draw(st.sampled_from(EditionStatus)),
        is_read_whole=draw(st.booleans()),
        change_note=draw(texts) if revision > 1 else "",
        notes=draw(_lists_of_texts),
    )


@st.composite
def documents(draw: st.DrawFn) -> Document:
    listed = st.lists(
        editions(), min_size=1, max_size=2, unique_by=lambda one: (one.effective, one.revision)
    )
    lines = st.lists(st.sampled_from(LineOfBusiness), min_size=1, max_size=3, unique=True)
    return Document(
        insurer=make_insurer(),
        slug=draw(st.sampled_from(["087", "cpb-0938", "no", "2024"])),
        title=draw(texts),
        kind=draw(st.sampled_from(DocumentKind)),
        lines_of_business=tuple(draw(lines)),
        editions=tuple(sorted(draw(listed), key=lambda one: one.order)),
        number=draw(st.sampled_from(["", "087", "0x1F", "1.5e+3", "2024-13-45", "null"])),
        states=draw(st.sampled_from([(), ("MA",), ("NY", "WI")])),
        url=draw(st.just("") | texts),
        binds_line=draw(st.booleans()),
        scope_note=draw(st.just("") | texts),
        applies_if=draw(st.none() | trees.map(_without_sources)),
    )


def _without_sources(tree: Node) -> Node:
    """A condition for applying belongs to no edition, so it names no source of one."""
    if isinstance(tree, Group):
        tree = replace(tree, members=tuple(_without_sources(member) for member in tree.members))
    return replace(tree, source=Source())
