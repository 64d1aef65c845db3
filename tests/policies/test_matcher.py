"""Facts and groups held against what was answered: what is met, and what stays open."""

from typing import Any

import pytest

from policies.criteria import FactCriterion, Judge, Judgement, Node, Unread
from policies.matcher import evaluate
from policies.truth import Truth
from tests.factories import (
    ADULT,
    MET,
    NOT_MET,
    UNKNOWN,
    all_of,
    any_of,
    at_least_of,
    fact,
    make_facts,
    none_of,
)

# Facts


@pytest.mark.parametrize(
    ("criterion", "value", "expected"),
    [
        pytest.param(ADULT, 18, MET, id="18 is 18 or older"),
        pytest.param(ADULT, 17, NOT_MET, id="17 is not"),
        pytest.param(ADULT, 17.9, NOT_MET, id="nor is almost 18"),
        pytest.param(ADULT, None, UNKNOWN, id="age not answered"),
        pytest.param(fact("age", above=18), 18, NOT_MET, id="18 is not above 18"),
        pytest.param(fact("age", above=18), 18.5, MET, id="18.5 is"),
        pytest.param(fact("age", below=65), 65, NOT_MET, id="65 is not below 65"),
        pytest.param(fact("age", max=65), 65, MET, id="65 is at most 65"),
        pytest.param(fact("age", min=12, max=17), 18, NOT_MET, id="both tests must hold"),
        pytest.param(fact("pregnancy", equals=False), False, MET, id="no, and no is wanted"),
        pytest.param(fact("pregnancy", equals=False), None, UNKNOWN, id="no answer is not no"),
        pytest.param(
            fact("prescriber", equals="psychiatrist"),
            "psychiatric_nurse_practitioner",
            NOT_MET,
            id="psychiatrist alone means a psychiatrist",
        ),
        pytest.param(
            fact("substance_use_disorder", one_of=frozenset({"none", "in_remission"})),
            "in_remission",
            MET,
            id="no active disorder includes remission",
        ),
        pytest.param(
            fact("documents_on_hand", includes="visit_notes"),
            frozenset({"visit_notes", "denial_notice"}),
            MET,
            id="a list that has it",
        ),
        pytest.param(
            fact("documents_on_hand", includes="visit_notes"),
            frozenset(),
            NOT_MET,
            id="a list that is answered, and empty",
        ),
    ],
)
def test_fact(criterion: FactCriterion, value: Any, expected: Truth) -> None:
    answers = {} if value is None else {criterion.fact: value}
    found = evaluate(criterion, make_facts(answers=answers))
    assert found.truth is expected
    assert found.given == value


# Groups

YES = fact("age", min=18)
NO = fact("age", min=65)
OPEN = fact("pregnancy", equals=False)
PLAN = Judgement(label="Reasonable and necessary", judge=Judge.PLAN)
REST = Unread(label="The rest")


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        pytest.param(all_of(YES, YES), MET, id="all"),
        pytest.param(all_of(YES, NO, OPEN), NOT_MET, id="one of all fails, whatever is open"),
        pytest.param(all_of(YES, OPEN), UNKNOWN, id="one of all is open"),
        pytest.param(any_of(NO, YES, OPEN), MET, id="one of any is met, whatever is open"),
        pytest.param(any_of(NO, OPEN), UNKNOWN, id="one of any is open"),
        pytest.param(any_of(NO, NO), NOT_MET, id="none of any"),
        pytest.param(at_least_of(2, YES, OPEN, NO), UNKNOWN, id="one met and one open of two"),
        pytest.param(at_least_of(2, YES, YES, NO), MET, id="two met of two"),
        pytest.param(at_least_of(2, YES, NO, NO), NOT_MET, id="two can't be reached any more"),
        pytest.param(none_of(NO, NO), MET, id="none applies"),
        pytest.param(none_of(NO, YES), NOT_MET, id="one applies"),
        pytest.param(none_of(YES, OPEN), NOT_MET, id="one applies, whatever is open"),
        pytest.param(none_of(NO, OPEN), UNKNOWN, id="one may apply"),
        pytest.param(none_of(NO, REST), UNKNOWN, id="what was not read may apply"),
        pytest.param(all_of(YES, REST), UNKNOWN, id="what was not read is never met"),
        pytest.param(all_of(NO, REST), NOT_MET, id="nor does it save what failed"),
        pytest.param(all_of(YES, PLAN), UNKNOWN, id="only the plan can answer"),
        pytest.param(any_of(PLAN, YES), MET, id="another way in is met"),
    ],
)
def test_group(tree: Node, expected: Truth) -> None:
    assert evaluate(tree, make_facts(answers={"age": 40})).truth is expected


def test_under_none_of_met_means_that_it_does_not_apply() -> None:
    found = evaluate(none_of(NO, YES, OPEN), make_facts(answers={"age": 40}))
    assert [one.truth for one in found.members] == [MET, NOT_MET, UNKNOWN]
    assert all(one.is_exclusion for one in found.members)
    assert [one.given for one in found.members] == [40, 40, None]
    assert not found.is_exclusion


def test_findings_stand_in_the_order_of_the_tree() -> None:
    tree = all_of(YES, any_of(NO, OPEN), REST)
    found = evaluate(tree, make_facts(answers={"age": 40}))
    assert [one.node for one in found.members] == list(tree.members)
    assert [one.node for one in found.members[1].members] == [NO, OPEN]
