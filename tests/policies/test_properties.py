"""What must hold of every tree and every situation, whatever they are."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies import terms
from policies.catalogue import Catalogue, Document
from policies.catalogue.insurers import read_insurers
from policies.catalogue.reading import read_document
from policies.catalogue.writing import write_document, write_insurers
from policies.catalogue.yaml_text import read_yaml, write_yaml
from policies.check import check
from policies.criteria import CountCriterion, Group, Node, Operator, TrialDefinition
from policies.criteria.reading import CriteriaError, read_criteria
from policies.criteria.writing import write_criteria
from policies.facts import facts_from
from policies.faults import Fault, InputError
from policies.matcher import CountGiven, evaluate
from policies.situation import Situation, SituationError, TreatmentTried
from policies.truth import Count, Truth, at_least, every, some
from policies.verdict import DocumentAnswer, Verdict, judge_document
from tests.factories import ON, make_insurer, make_situation, real_catalogue
from tests.policies import strategies
from tests.policies.strategies import ORIGINS, truths

T = TypeVar("T")

MANY = st.lists(truths, max_size=8)
# From false over unknown to true, and from unknown to known.
RANK = {Truth.NOT_MET: 0, Truth.UNKNOWN: 1, Truth.MET: 2}


# Kleene logic


@given(truths=MANY)
def test_not_all_is_the_same_as_some_not(truths: list[Truth]) -> None:
    assert ~every(truths) is some(~truth for truth in truths)
    assert ~some(truths) is every(~truth for truth in truths)


@given(truth=truths)
def test_turning_twice_changes_nothing(truth: Truth) -> None:
    assert ~~truth is truth


@given(needed=st.integers(0, 9), truths=MANY, data=st.data())
def test_at_least_does_not_mind_the_order(
    needed: int, truths: list[Truth], data: st.DataObject
) -> None:
    moved = data.draw(st.permutations(truths))
    assert at_least(needed, moved) is at_least(needed, truths)


@given(truths=MANY.filter(bool))
def test_all_and_any_are_the_two_ends_of_at_least(truths: list[Truth]) -> None:
    assert at_least(1, truths) is max(truths, key=RANK.__getitem__) is some(truths)
    assert at_least(len(truths), truths) is min(truths, key=RANK.__getitem__) is every(truths)
    assert at_least(0, truths) is Truth.MET
    assert at_least(len(truths) + 1, truths) is Truth.NOT_MET


@given(needed=st.integers(0, 9), truths=MANY, data=st.data())
def test_at_least_never_falls_when_a_truth_rises(
    needed: int, truths: list[Truth], data: st.DataObject
) -> None:
    higher = [
        data.draw(st.sampled_from([one for one in Truth if RANK[one] >= RANK[truth]]))
        for truth in truths
    ]
    assert RANK[at_least(needed, higher)] >= RANK[at_least(needed, truths)]


@given(needed=st.integers(0, 9), truths=MANY, data=st.data())
def test_at_least_keeps_what_it_settled_when_the_unknown_becomes_known(
    needed: int, truths: list[Truth], data: st.DataObject
) -> None:
    known = [
        data.draw(st.sampled_from([Truth.MET, Truth.NOT_MET])) if truth is Truth.UNKNOWN else truth
        for truth in truths
    ]
    full = at_least(needed, known)
    assert full is not Truth.UNKNOWN
    assert at_least(needed, truths) in (Truth.UNKNOWN, full)


def test_a_truth_is_refused_as_a_yes_or_no() -> None:
    with pytest.raises(TypeError, match=r"is Truth\.MET"):
        bool(Truth.NOT_MET)


@given(low=st.integers(0, 5), more=st.integers(0, 5), limit=st.integers(1, 12), data=st.data())
def test_a_range_reaches_a_limit_only_when_every_number_in_it_does(
    low: int, more: int, limit: int, data: st.DataObject
) -> None:
    true = data.draw(st.integers(low, low + more))
    settled = Count(low, low + more).reaches(limit)
    assert settled in (Truth.UNKNOWN, Truth.MET if true >= limit else Truth.NOT_MET)
    assert Count(low, None).reaches(limit) is not Truth.NOT_MET
    assert Count(true, true).reaches(limit) is not Truth.UNKNOWN


# Another answer never overturns a settled finding


@given(tree=strategies.trees, pair=strategies.pairs())
def test_another_answer_never_overturns_a_settled_finding(
    tree: Node, pair: tuple[Situation, Situation]
) -> None:
    early, full = (evaluate(tree, facts_from(one, on=ON)).truth for one in pair)
    assert early in (Truth.UNKNOWN, full)


def _real_trees() -> Iterator[Node]:
    for document in real_catalogue().documents:
        for edition in document.editions:
            for position in edition.positions:
                yield from (
                    tree for tree in (position.criteria, position.continuation) if tree is not None
                )


@given(pair=strategies.pairs())
def test_another_answer_never_overturns_a_settled_finding_of_the_real_documents(
    pair: tuple[Situation, Situation],
) -> None:
    early, full = (facts_from(one, on=ON) for one in pair)
    for tree in _real_trees():
        _expect_kept(tree, evaluate(tree, early).truth, evaluate(tree, full).truth)
        if isinstance(tree, Group):
            for member in tree.members:
                _expect_kept(member, evaluate(member, early).truth, evaluate(member, full).truth)


def _expect_kept(node: Node, early: Truth, full: Truth) -> None:
    assert early in (Truth.UNKNOWN, full), node.label


SETTLED = (Verdict.APPEARS_TO_QUALIFY, Verdict.DOES_NOT_MEET, Verdict.NOT_COVERED)
SILENT = (Verdict.NOT_ADDRESSED, Verdict.ANSWER_UNREAD)


def _judge(document: Document, situation: Situation) -> DocumentAnswer | None:
    edition = document.edition_in_force(ON)
    if edition is None:
        return None
    facts = facts_from(situation, on=ON)
    return judge_document(document, edition, treatment=situation.treatment, facts=facts)


def _verdicts(document: Document, pair: tuple[Situation, Situation]) -> list[Verdict]:
    answers = [_judge(document, situation) for situation in pair]
    return [answer.verdict for answer in answers if answer is not None]


@given(pair=strategies.pairs("conditions", "request_phase"))
def test_another_answer_never_overturns_a_settled_verdict_of_the_real_documents(
    pair: tuple[Situation, Situation],
) -> None:
    """The diagnosis and the phase say which list is asked about; all else may come later."""
    for document in real_catalogue().documents:
        early, full = _verdicts(document, pair)
        if early in SETTLED:
            assert full is early, document.stem


@given(pair=strategies.pairs())
def test_not_even_the_diagnosis_turns_a_refusal_of_the_real_documents_into_a_yes(
    pair: tuple[Situation, Situation],
) -> None:
    """A refusal known before the condition is of all that is named; that may not be the one."""
    for document in real_catalogue().documents:
        early, full = _verdicts(document, pair)
        if early in SETTLED:
            assert full in (early, *SILENT), document.stem


@given(
    document=strategies.documents(),
    pair=strategies.pairs("conditions", "request_phase", "suicidal_ideation"),
)
def test_another_answer_never_overturns_a_settled_verdict(
    document: Document, pair: tuple[Situation, Situation]
) -> None:
    """Where a document has a rule of its own for suicidal thoughts, they too say which list."""
    verdicts = _verdicts(document, pair)
    if verdicts and verdicts[0] in SETTLED:
        assert verdicts[1] is verdicts[0]


# Order never matters


@given(tree=strategies.trees, situation=strategies.situations, data=st.data())
def test_the_order_of_members_rows_and_scores_never_matters(
    tree: Node, situation: Situation, data: st.DataObject
) -> None:
    moved = _shuffled(situation, data)
    same_tree = strategies.shuffled(tree, lambda members: data.draw(st.permutations(members)))
    before = evaluate(tree, facts_from(situation, on=ON)).truth
    assert evaluate(same_tree, facts_from(moved, on=ON)).truth is before


@given(situation=strategies.situations, data=st.data())
def test_the_order_of_positions_rows_and_scores_never_changes_a_real_verdict(
    situation: Situation, data: st.DataObject
) -> None:
    moved = _shuffled(situation, data)
    for document in real_catalogue().documents:
        editions = tuple(
            replace(one, positions=tuple(reversed(one.positions))) for one in document.editions
        )
        turned = replace(document, editions=tuple(reversed(editions)))
        before, after = _judge(document, situation), _judge(turned, moved)
        assert before is not None
        assert after is not None
        assert (after.verdict, after.ground) == (before.verdict, before.ground), document.stem


@given(situation=strategies.situations, data=st.data())
def test_the_order_of_the_catalogue_never_changes_the_answer(
    situation: Situation, data: st.DataObject
) -> None:
    catalogue = real_catalogue()
    moved = Catalogue(
        catalogue.insurers,
        tuple(data.draw(st.permutations(catalogue.documents))),
        catalogue.administrations,
    )
    before, after = (check(situation, catalogue=one, on=ON) for one in (catalogue, moved))
    assert after.verdict is before.verdict
    assert after.documents == before.documents
    assert after.disagreeing == before.disagreeing


def _shuffled(situation: Situation, data: st.DataObject) -> Situation:
    tried = situation.treatments_tried
    return replace(
        situation,
        treatments_tried=None if tried is None else tuple(data.draw(st.permutations(tried))),
        scores=tuple(data.draw(st.permutations(situation.scores))),
        icd10_codes=situation.icd10_codes[::-1],
    )


# A range contains every completion


@given(criterion=strategies.count_criteria, pair=strategies.pairs())
def test_a_range_contains_every_completion(
    criterion: CountCriterion, pair: tuple[Situation, Situation]
) -> None:
    early, full = (evaluate(criterion, facts_from(one, on=ON)).given for one in pair)
    if isinstance(early, CountGiven) and isinstance(full, CountGiven):
        assert _holds(early.treatments, full.treatments)
        assert _holds(early.classes, full.classes)


def _holds(wide: Count, narrow: Count) -> bool:
    is_below = wide.high is None or (narrow.high is not None and narrow.high <= wide.high)
    return wide.low <= narrow.low and is_below


TWO_ADEQUATE = CountCriterion(
    label="Two adequate trials",
    where=(
        TrialDefinition(
            kind=frozenset({"antidepressant"}),
            min_weeks=6,
            adequate_dose=True,
            outcome=frozenset({"no_response"}),
        ),
    ),
    min=2,
)


@given(rows=st.lists(strategies.failed_trials(), max_size=6), data=st.data())
def test_a_range_contains_the_number_that_a_whole_list_comes_to(
    rows: list[TreatmentTried], data: st.DataObject
) -> None:
    """Counted here by hand: antidepressants with an adequate failed trial of six weeks."""
    adequate = set()
    for row in rows:
        drug = terms.find_drug(row.drug or "")
        assert drug is not None
        is_long_and_strong = (row.weeks or 0) >= 6 and row.adequate_dose is True
        if drug.drug_class.kind == "antidepressant" and row.outcome == "no_response":
            adequate |= {drug.name} if is_long_and_strong else set()
    whole = _range(rows, complete=True)
    assert (whole.low, whole.high) == (len(adequate), len(adequate))

    partly = [data.draw(strategies.blanked_row(row)) for row in rows]
    assert _holds(_range(partly, complete=True), whole)
    assert _holds(_range(partly[:-1], complete=False), whole)


def _range(rows: list[TreatmentTried], *, complete: bool) -> Count:
    facts = facts_from(make_situation(tried=rows, complete=complete), on=ON)
    given = evaluate(TWO_ADEQUATE, facts).given
    assert isinstance(given, CountGiven)
    return given.treatments


# Load and dump are inverse


@given(tree=strategies.trees)
def test_reading_a_written_tree_gives_the_tree(tree: Node) -> None:
    data = write_criteria(tree)
    assert read_criteria(data, origins=frozenset(ORIGINS)) == tree
    assert read_yaml(write_yaml(data)).data == data


@given(document=strategies.documents())
def test_reading_a_written_document_gives_the_document(document: Document) -> None:
    insurers = {"acme": make_insurer()}
    text = write_yaml(write_document(document))
    again = read_document(read_yaml(text).data, insurers)
    assert again == document
    assert write_yaml(write_document(again)) == text


@pytest.mark.parametrize(
    "document", [pytest.param(one, id=one.stem) for one in real_catalogue().documents]
)
def test_reading_a_real_document_written_gives_the_document(document: Document) -> None:
    text = write_yaml(write_document(document))
    assert read_document(read_yaml(text).data, real_catalogue().insurers) == document


def test_reading_the_written_insurers_gives_the_insurers() -> None:
    catalogue = real_catalogue()
    data = write_insurers(catalogue.insurers.values(), catalogue.administrations)
    read = read_insurers(read_yaml(write_yaml(data)).data)
    assert read == (catalogue.insurers, catalogue.administrations)


@given(situation=strategies.situations)
def test_reading_a_written_situation_gives_the_situation(situation: Situation) -> None:
    data: Any = json.loads(json.dumps(situation.to_json()))
    assert Situation.from_json(data) == situation
    assert Situation.from_json(data).to_json() == data


KEYS = ["version", "plan", "answers", "scores", "scale", "treatments_tried", "drug", "age", "x"]
KEYS += ["label", "all_of", "none_of", "fact", "count", "where", "min", "unread", "judgement"]
_json = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.sampled_from([1, "age", "phq9"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(KEYS),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)


@given(data=_json)
def test_any_json_is_read_or_refused_with_its_faults(data: Any) -> None:
    situation, faults = _taken(Situation.from_json, data, SituationError)
    assert (situation is None) is bool(faults)
    if situation is not None:
        assert data["version"] == 1
        assert Situation.from_json(situation.to_json()) == situation


def _taken(
    read: Callable[[Any], T], data: Any, refusal: type[InputError]
) -> tuple[T | None, tuple[Fault, ...]]:
    """What was read, or the faults; any other exception is a failure of the test."""
    try:
        return read(data), ()
    except refusal as error:
        return None, error.faults


@given(data=_json)
def test_any_data_is_read_or_refused_as_a_tree(data: Any) -> None:
    tree, faults = _taken(read_criteria, data, CriteriaError)
    assert (tree is None) is bool(faults)
    if tree is not None:
        assert isinstance(tree, Group) is any(operator in data for operator in Operator)
