"""Which arguments fit which plan and which request, and the rules that they lean on."""

import datetime as dt

import pytest

from appeals.law.answers import answers_to, fit_of
from appeals.law.arguments import ArgumentId, Fit
from appeals.law.circumstances import Circumstances
from appeals.law.plan_types import PlanType
from appeals.law.reasons import ReasonId
from policies import terms
from policies.guide.grades import Grade
from policies.situation import Treatment
from tests.appeals.law_cases import NEVER_INSURED, case_of

ESKETAMINE = Treatment.ESKETAMINE_NASAL
INFUSION = Treatment.IV_KETAMINE


def test_no_state_step_law_fits_outside_insured_plans_in_any_state() -> None:
    for plan_type in NEVER_INSURED:
        for state in terms.states():
            case = case_of(plan_type, state=state, told_insured=True)
            assert fit_of(ArgumentId.STEP_EXCEPTION_STATE, case) is Fit.NEVER


@pytest.mark.parametrize(
    ("treatment", "condition", "fit"),
    [
        pytest.param(ESKETAMINE, "treatment_resistant_depression", Fit.APPLIES, id="on label"),
        pytest.param(ESKETAMINE, "mdd_suicidal", Fit.APPLIES, id="the label's second use"),
        pytest.param(ESKETAMINE, "mdd", Fit.DEPENDS, id="major depression: perhaps resistant"),
        pytest.param(ESKETAMINE, None, Fit.DEPENDS, id="condition not named"),
        pytest.param(ESKETAMINE, "ptsd", Fit.NEVER, id="esketamine for PTSD"),
        pytest.param(ESKETAMINE, "bipolar_depression", Fit.NEVER, id="esketamine, bipolar"),
        pytest.param(INFUSION, "treatment_resistant_depression", Fit.NEVER, id="an infusion"),
        pytest.param(None, "treatment_resistant_depression", Fit.NEVER, id="treatment not named"),
    ],
)
def test_when_a_use_is_on_the_label(
    treatment: Treatment | None, condition: str | None, fit: Fit
) -> None:
    case = case_of(treatment=treatment, condition=condition)
    assert fit_of(ArgumentId.LABELED_USE, case) is fit


@pytest.mark.parametrize(
    ("plan_type", "treatment", "condition", "fit"),
    [
        (PlanType.ORIGINAL_MEDICARE, INFUSION, "crps", Fit.APPLIES),
        (PlanType.MEDICARE_ADVANTAGE, INFUSION, "depression", Fit.APPLIES),
        (PlanType.ORIGINAL_MEDICARE, ESKETAMINE, "ptsd", Fit.APPLIES),
        (PlanType.ORIGINAL_MEDICARE, ESKETAMINE, "mdd", Fit.DEPENDS),
        (PlanType.ORIGINAL_MEDICARE, ESKETAMINE, "treatment_resistant_depression", Fit.NEVER),
        (PlanType.ORIGINAL_MEDICARE, None, "ptsd", Fit.DEPENDS),
        (PlanType.MEDICARE_PART_D, ESKETAMINE, "ptsd", Fit.NEVER),
        (PlanType.ERISA_INSURED, INFUSION, "depression", Fit.NEVER),
        (PlanType.TRICARE, INFUSION, "depression", Fit.NEVER),
    ],
)
def test_when_medicare_may_accept_a_use_off_the_label(
    plan_type: PlanType, treatment: Treatment | None, condition: str, fit: Fit
) -> None:
    case = case_of(plan_type, treatment=treatment, condition=condition)
    assert fit_of(ArgumentId.MEDICARE_ACCEPTED_USE, case) is fit


@pytest.mark.parametrize(
    ("argument", "plan_type", "state", "fit"),
    [
        (ArgumentId.STEP_EXCEPTION_STATE, PlanType.ERISA_INSURED, "OH", Fit.APPLIES),
        (ArgumentId.STEP_EXCEPTION_STATE, PlanType.INDIVIDUAL_ACA, "TX", Fit.DEPENDS),
        (ArgumentId.STEP_EXCEPTION_STATE, PlanType.INDIVIDUAL_ACA, "IL", Fit.NEVER),
        (ArgumentId.STEP_EXCEPTION_STATE, PlanType.INDIVIDUAL_ACA, None, Fit.NEVER),
        (ArgumentId.WRONG_REVIEWER, PlanType.ERISA_SELF_FUNDED, None, Fit.APPLIES),
        (ArgumentId.WRONG_REVIEWER, PlanType.MEDICARE_ADVANTAGE, None, Fit.APPLIES),
        (ArgumentId.WRONG_REVIEWER, PlanType.GRANDFATHERED, None, Fit.DEPENDS),
        (ArgumentId.WRONG_REVIEWER, PlanType.NONFEDERAL_GOVERNMENTAL, None, Fit.NEVER),
        (ArgumentId.WRONG_REVIEWER, PlanType.ORIGINAL_MEDICARE, None, Fit.NEVER),
        (ArgumentId.PROCEDURAL_DEFECT, PlanType.MEDICAID_MANAGED_CARE, None, Fit.APPLIES),
        (ArgumentId.PROCEDURAL_DEFECT, PlanType.MEDICARE_PART_D, None, Fit.APPLIES),
        (ArgumentId.PROCEDURAL_DEFECT, PlanType.CHURCH, None, Fit.DEPENDS),
        (ArgumentId.PROCEDURAL_DEFECT, PlanType.VA, None, Fit.NEVER),
        (ArgumentId.PARITY_NQTL, PlanType.ERISA_SELF_FUNDED, "TX", Fit.APPLIES),
        (ArgumentId.PARITY_NQTL, PlanType.MEDICARE_ADVANTAGE, None, Fit.NEVER),
    ],
)
def test_which_arguments_fit_which_plan(
    argument: ArgumentId, plan_type: PlanType, state: str | None, fit: Fit
) -> None:
    assert fit_of(argument, case_of(plan_type, state=state)) is fit


@pytest.mark.parametrize(
    ("argument", "reason", "case", "citation", "grade"),
    [
        (
            ArgumentId.STEP_EXCEPTION_STATE,
            ReasonId.STEP_THERAPY,
            case_of(PlanType.ERISA_INSURED, state="OH"),
            "Ohio Rev. Code 3901.83",
            Grade.SOURCE,
        ),
        (
            ArgumentId.PARITY_NQTL,
            ReasonId.STEP_THERAPY,
            case_of(PlanType.ERISA_SELF_FUNDED),
            "The federal parity law (MHPAEA) as amended in 2021; 29 CFR 2590.712",
            Grade.SECOND_HAND,
        ),
        (
            ArgumentId.WRONG_REVIEWER,
            ReasonId.NOT_MEDICALLY_NECESSARY,
            case_of(PlanType.MEDICARE_ADVANTAGE),
            "42 CFR 422.590(h)(1)-(2)",
            Grade.COPY,
        ),
        (
            ArgumentId.MEDICARE_ACCEPTED_USE,
            ReasonId.EXPERIMENTAL_INVESTIGATIONAL,
            case_of(PlanType.ORIGINAL_MEDICARE),
            "Medicare Benefit Policy Manual, chapter 15, section 50.4.2",
            Grade.SECOND_HAND,
        ),
        (
            ArgumentId.CLERICAL,
            ReasonId.NO_PRIOR_AUTHORIZATION,
            case_of(PlanType.VA),
            None,
            None,
        ),
    ],
)
def test_an_argument_names_the_rule_it_leans_on_and_how_it_was_read(
    argument: ArgumentId,
    reason: ReasonId,
    case: Circumstances,
    citation: str | None,
    grade: Grade | None,
) -> None:
    answer = answers_to(reason, case)
    (found,) = [one for one in answer.arguments if one.argument.id is argument]
    assert found.grade is grade
    assert (citation in found.citations) if citation else not found.citations


def test_an_argument_that_never_fits_names_no_rule() -> None:
    answer = answers_to(ReasonId.STEP_THERAPY, case_of(PlanType.ERISA_SELF_FUNDED, state="OH"))
    (never,) = answer.never_arguments
    assert never.argument.id is ArgumentId.STEP_EXCEPTION_STATE
    assert not never.citations
    assert "binds only plans that an insurer sells" in never.why


def test_the_answer_is_of_the_day() -> None:
    before = case_of(state="AR", on=dt.date(2021, 12, 31))
    assert fit_of(ArgumentId.STEP_EXCEPTION_STATE, before) is Fit.NEVER
    after = case_of(state="AR", on=dt.date(2022, 1, 1))
    assert fit_of(ArgumentId.STEP_EXCEPTION_STATE, after) is Fit.DEPENDS
