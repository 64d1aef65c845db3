"""What must hold of every tree and every situation, whatever they are."""

from collections.abc import Iterator
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from policies import terms
from policies.catalogue import Catalogue, Document
from policies.check import check
from policies.criteria import CountCriterion, Group, Node, TrialDefinition
from policies.facts import facts_from
from policies.matcher import CountGiven, evaluate
from policies.situation import Situation, TreatmentTried
from policies.truth import Count, Truth
from policies.verdict import DocumentAnswer, Verdict, judge_document
from tests.factories import ON, make_situation, real_catalogue
from tests.policies import document_strategies, strategies, tree_strategies

# Another answer never overturns a settled finding


@given(tree=tree_strategies.trees, pair=strategies.pairs())
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


@given(pair=strategies.pairs("request_phase"))
def test_not_even_the_diagnosis_turns_a_refusal_of_the_real_documents_into_a_yes(
    pair: tuple[Situation, Situation],
) -> None:
    """A refusal known before the condition is of all that is named; that may not be the one."""
    for document in real_catalogue().documents:
        early, full = _verdicts(document, pair)
        if early in SETTLED:
            assert full in (early, *SILENT), document.stem


@given(
    document=document_strategies.documents(),
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


@given(tree=tree_strategies.trees, situation=strategies.situations, data=st.data())
def test_the_order_of_members_rows_and_scores_never_matters(
    tree: Node, situation: Situation, data: st.DataObject
) -> None:
    moved = _shuffled(situation, data)
    same_tree = tree_strategies.shuffled(tree, lambda members: data.draw(st.permutations(members)))
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


@given(criterion=tree_strategies.count_criteria, pair=strategies.pairs())
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
