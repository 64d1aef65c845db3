"""What is missing and who can settle it, and the two treatments beside one another."""

from typing import Any

import pytest

from policies import vocabulary
from policies.criteria import CodeCriterion, Judge, Judgement, Node, ScaleCriterion
from policies.guidance import Guidance, guide, side_by_side
from policies.situation import Treatment
from policies.verdict import Verdict
from policies.vocabulary import SettledBy
from policies.wording.to_do import to_do_list
from tests.factories import (
    ADULT,
    ON,
    REST,
    SEVERE,
    all_of,
    any_of,
    fact,
    make_catalogue,
    make_document,
    make_edition,
    make_position,
    make_situation,
    make_tried,
    real_catalogue,
)
from tests.policies.checking import COMMERCIAL
from tests.policies.counting import ADEQUATE_TRIAL, FAILED, count, define

YOU, CHART, CLINICIAN, PLAN = SettledBy
TWO = count(ADEQUATE_TRIAL)
AGE, SEVERITY = (vocabulary.fact(name).question for name in ("age", "episode_severity"))


def guided(*criteria: Node, **situation: Any) -> Guidance:
    documents = [
        make_document(
            make_edition(make_position(criteria=tree)),
            slug=f"policy-{number}",
            number=f"K-{number}",
        )
        for number, tree in enumerate(criteria)
    ]
    asked = make_situation(insurer="acme", line_of_business=COMMERCIAL, **situation)
    return guide(asked, catalogue=make_catalogue(*documents), on=ON)


def to_do(*criteria: Node, **situation: Any) -> dict[SettledBy, list[str]]:
    return {
        group.who: [item.text for item in group.items]
        for group in to_do_list(guided(*criteria, **situation).missing)
    }


@pytest.mark.parametrize(
    ("criterion", "expected"),
    [
        pytest.param(ADULT, {YOU: [AGE]}, id="the person"),
        pytest.param(SEVERE, {CLINICIAN: [SEVERITY]}, id="the clinician"),
        pytest.param(
            ScaleCriterion("MADRS of 28 or more", ("madrs",), min=28),
            {CHART: ["A score on MADRS in the chart, with its date."]},
            id="a score stands in the chart, and nobody is told which one to have",
        ),
        pytest.param(
            CodeCriterion("A listed code", frozenset({"F33.2"})),
            {CHART: ["The diagnosis code that the clinic uses (ICD-10-CM)."]},
            id="a code stands in the chart",
        ),
        pytest.param(
            Judgement("Needed", Judge.PLAN), {PLAN: ["Needed."]}, id="what the plan weighs"
        ),
        pytest.param(
            REST, {PLAN: ["What we could not read: the rest of the list."]}, id="a part unread"
        ),
        pytest.param(
            TWO,
            {YOU: ["Every treatment that was tried, with its length, its dose and what happened."]},
            id="treatments nobody asked about",
        ),
    ],
)
def test_each_open_point_stands_under_the_one_who_can_settle_it(
    criterion: Node, expected: dict[SettledBy, list[str]]
) -> None:
    met = fact("structured_interview", equals=True)
    assert to_do(all_of(met, criterion), answers={"structured_interview": True}) == expected


def test_what_is_open_of_a_treatment_is_named_with_the_treatment() -> None:
    rows = [make_tried("Zoloft", adequate_dose=None, weeks=None), make_tried("Effexor")]
    assert to_do(TWO, tried=rows, complete=True) == {
        CHART: ["Sertraline: for how many weeks it was taken."],
        CLINICIAN: ["Sertraline: whether the dose was adequate."],
    }


def test_what_the_document_leaves_open_only_the_plan_can_say() -> None:
    failed = count(define(outcome=FAILED, outcome_unclear="not_tolerated"), at_least=1)
    rows = [make_tried("Zoloft", outcome="not_tolerated")]
    assert to_do(failed, tried=rows, complete=True) == {
        PLAN: ["Sertraline: the document leaves open how this counts."]
    }


def test_where_all_is_told_and_still_open_only_the_plan_can_say() -> None:
    two = count(ADEQUATE_TRIAL, classes=2)
    rows = [make_tried("bupropion"), make_tried("mirtazapine")]
    assert to_do(two, tried=rows, complete=True) == {
        PLAN: ["Whether what was tried is enough: 2 treatments."]
    }


def test_nothing_is_to_be_found_out_where_another_way_is_met() -> None:
    met = make_position(criteria=ADULT)
    other = make_position(criteria=SEVERE, indications=("treatment_resistant_depression", "mdd"))
    asked = make_situation(insurer="acme", line_of_business=COMMERCIAL, answers={"age": 40})
    catalogue = make_catalogue(make_document(make_edition(met, other)))
    found = guide(asked, catalogue=catalogue, on=ON)
    assert (found.answer.verdict, found.missing) == (Verdict.APPEARS_TO_QUALIFY, ())
    assert {one.name for one in found.questions.in_order} <= {"request_phase"}


def test_a_branch_that_is_met_leaves_nothing_to_find_out() -> None:
    either = all_of(any_of(ADULT, SEVERE), fact("rems_certified_site", equals=True))
    found = to_do(either, answers={"age": 40})
    assert found == {CLINICIAN: [vocabulary.fact("rems_certified_site").question]}


def test_what_two_documents_want_is_listed_once_with_both() -> None:
    groups = to_do_list(guided(ADULT, all_of(ADULT, SEVERE)).missing)
    items = {item.text: item.documents for group in groups for item in group.items}
    assert items == {
        AGE: ("Acme, K-0", "Acme, K-1"),
        SEVERITY: ("Acme, K-1",),
    }


def test_a_list_that_has_failed_keeps_its_open_points_for_an_exception() -> None:
    found = to_do(all_of(ADULT, SEVERE), answers={"age": 17})
    assert found == {CLINICIAN: [SEVERITY]}


def test_another_list_is_asked_about_only_once_it_is_the_persons() -> None:
    """Nobody is led through a list for suicidality before it is theirs."""
    own = make_position(criteria=SEVERE)
    other = make_position(criteria=TWO, indications=("mdd_suicidal",))
    asked = make_situation(insurer="acme", line_of_business=COMMERCIAL)
    catalogue = make_catalogue(make_document(make_edition(own, other)))
    groups = to_do_list(guide(asked, catalogue=catalogue, on=ON).missing)
    assert [item.text for group in groups for item in group.items] == [
        SEVERITY,
        "Whether this is major depression with suicidal ideation.",
    ]


# Both treatments


def real(treatment: Treatment, *conditions: str) -> tuple[Guidance, ...]:
    asked = make_situation(
        treatment=treatment,
        conditions=conditions,
        line_of_business=COMMERCIAL,
        insurer="bcbs-ma",
        issue_state="MA",
        answers={"age": 40},
    )
    found = guide(asked, catalogue=real_catalogue(), on=ON)
    return side_by_side(found, catalogue=real_catalogue())


@pytest.mark.parametrize("treatment", [Treatment.IV_KETAMINE, Treatment.ESKETAMINE_NASAL])
def test_both_treatments_are_held_against_the_same_plan(treatment: Treatment) -> None:
    beside = real(treatment, "treatment_resistant_depression")
    assert [one.answer.situation.treatment for one in beside] == [
        Treatment.IV_KETAMINE,
        Treatment.ESKETAMINE_NASAL,
    ]
    assert {one.answer.verdict for one in beside} == {Verdict.COULD_QUALIFY}
    scores = [one.answer.documents[0].answer.positions[0].score for one in beside]
    assert [one.total for one in scores if one is not None] == [9, 5]
    assert all(one.missing and one.questions.in_order for one in beside)


@pytest.mark.parametrize(
    ("treatment", "condition"),
    [
        (Treatment.IV_KETAMINE, "chronic_pain"),
        (Treatment.ORAL_KETAMINE, "treatment_resistant_depression"),
    ],
)
def test_there_is_nothing_to_compare_for_pain_or_for_another_form(
    treatment: Treatment, condition: str
) -> None:
    assert real(treatment, condition) == ()
