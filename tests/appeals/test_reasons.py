"""What answers each reason, for whom, and what is never argued."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from appeals.law.answers import ReasonAnswer, answers_to
from appeals.law.arguments import ArgumentId, Fit, argument_data, read_arguments
from appeals.law.plan_types import PlanType
from appeals.law.reasons import ReasonId, denial_reasons, read_reasons
from policies import terms
from policies.faults import InputError
from policies.situation import Treatment
from tests.appeals.law_cases import NEVER_INSURED, case_of
from tests.policies.reading_level import school_years
from tests.policies.test_guide import EIGHTH_GRADE, PROMISE

ESKETAMINE = Treatment.ESKETAMINE_NASAL
INFUSION = Treatment.IV_KETAMINE
PAIN = ("crps", "crps_type_2", "chronic_pain", "neuropathic_pain", "migraine", "fibromyalgia")
WITH_STATE_TEXTS = ("AZ", "AR", "CA", "KY", "NY", "OH", "PA", "SC", "TX", "WA", "WI", "WY")
OF_PARITY = re.compile(r"parity|comparative analysis", re.IGNORECASE)

every_reason = pytest.mark.parametrize("reason", ReasonId)


def said(answer: ReasonAnswer) -> Iterator[str]:
    """What an answer tells to do; what it says never to do is left out."""
    yield from (*answer.answers, *answer.first_move, *answer.also, *answer.notes)
    yield from (one.label for one in answer.enclosures)
    for one in answer.arguments:
        yield from (one.argument.name, one.argument.explanation, one.why, one.only_if)
    reach = answer.external_review
    yield from (*reach.way.citations, reach.before)
    yield from (text for one in reach.by_reason for text in one.texts)


def all_texts() -> Iterator[str]:
    data = argument_data()
    for reason in denial_reasons().values():
        yield from (reason.label, reason.meaning, reason.external_review.text)
        yield from (one.text for one in reason.external_review.notes)
        for one in (*reason.answers, *reason.never, *reason.first_move, *reason.also):
            yield one.text
        yield from (one.text for one in reason.notes)
        yield from (one.only_if for one in reason.arguments if one.only_if)
    for argument in data.arguments.values():
        yield from (argument.name, argument.explanation, *argument.why.values())
    yield from (one.label for one in data.enclosures.values())
    yield from (one.text for one in data.never)


# What is there


@every_reason
@pytest.mark.parametrize("treatment", Treatment)
def test_every_reason_has_something_that_answers_it(reason: ReasonId, treatment: Treatment) -> None:
    for plan_type in PlanType:
        answer = answers_to(reason, case_of(plan_type, treatment=treatment))
        assert answer.answers
        assert answer.arguments
        assert answer.enclosures
        assert answer.never
        assert answer.reason.meaning


def test_every_argument_and_paper_is_used_and_every_one_used_is_defined() -> None:
    reasons = denial_reasons().values()
    data = argument_data()
    assert {one.id for reason in reasons for one in reason.arguments} == set(data.arguments)
    for_any = {one.id for one in data.enclosures.values() if one.for_any_reason}
    used = {one for reason in reasons for one in reason.enclosures}
    assert used | for_any == set(data.enclosures)
    assert not used & for_any


# What is never argued


@pytest.mark.parametrize("plan_type", NEVER_INSURED)
@every_reason
def test_no_state_law_is_argued_where_no_insurer_sells_the_plan(
    reason: ReasonId, plan_type: PlanType
) -> None:
    # Medicaid is a state's own, and what is said of California there is no insurance law.
    plain = {name for letters, name in terms.states().items() if letters in WITH_STATE_TEXTS}
    for state in WITH_STATE_TEXTS:
        case = case_of(plan_type, state=state, told_insured=True, treatment=ESKETAMINE)
        answer = answers_to(reason, case)
        assert ArgumentId.STEP_EXCEPTION_STATE not in {one.argument.id for one in answer.arguments}
        texts = " ".join(said(answer))
        if plan_type is PlanType.MEDICAID_MANAGED_CARE:
            texts = texts.replace("In California, to ask for the hearing first", "")
        assert not [name for name in plain if name in texts]


@pytest.mark.parametrize("condition", PAIN)
@every_reason
def test_parity_is_never_argued_for_pain(reason: ReasonId, condition: str) -> None:
    for plan_type in PlanType:
        answer = answers_to(reason, case_of(plan_type, condition=condition, told_insured=True))
        assert ArgumentId.PARITY_NQTL not in {one.argument.id for one in answer.arguments}
        spoken = [*said(answer), *answer.never, *answer.global_never]
        assert not [text for text in spoken if OF_PARITY.search(text)]


def test_parity_waits_for_the_condition() -> None:
    answer = answers_to(ReasonId.PLAN_EXCLUSION, case_of(condition=None))
    (parity,) = [one for one in answer.arguments if one.argument.id is ArgumentId.PARITY_NQTL]
    assert parity.fit is Fit.DEPENDS
    assert "mental health condition only" in parity.why


@every_reason
@pytest.mark.parametrize("treatment", [one for one in Treatment if one is not ESKETAMINE])
def test_what_is_of_esketamine_is_never_argued_for_ketamine(
    reason: ReasonId, treatment: Treatment
) -> None:
    for condition in ("treatment_resistant_depression", "crps", None):
        answer = answers_to(reason, case_of(treatment=treatment, condition=condition))
        assert ArgumentId.LABELED_USE not in {one.argument.id for one in answer.arguments}
        told = [*answer.answers, *answer.first_move, *answer.also, *answer.notes]
        told += [one.label for one in answer.enclosures]
        told += [text for one in answer.arguments for text in (one.argument.explanation, one.why)]
        of_esketamine = [one for one in told if "esketamine" in one.lower()]
        assert all("is for esketamine only" in one for one in of_esketamine)


def test_infused_ketamine_is_never_called_fda_approved() -> None:
    for text in all_texts():
        if re.search(r"FDA", text) and re.search(r"(?<!es)ketamine", text, re.IGNORECASE):
            assert text.startswith("Do not say")


@pytest.mark.parametrize(
    ("reason", "plan_type", "state", "words", "is_said"),
    [
        (ReasonId.MISSING_DOCUMENTATION, PlanType.ERISA_SELF_FUNDED, None, "45 days", True),
        (ReasonId.MISSING_DOCUMENTATION, PlanType.MEDICARE_ADVANTAGE, None, "45 days", False),
        (ReasonId.PLAN_EXCLUSION, PlanType.ERISA_SELF_FUNDED, None, "Ask the employer", True),
        (ReasonId.PLAN_EXCLUSION, PlanType.INDIVIDUAL_ACA, None, "Ask the employer", False),
        (ReasonId.CONTINUATION_WITHOUT_BENEFIT, PlanType.MEDICAID_FFS, None, "10 days", True),
        (ReasonId.CONTINUATION_WITHOUT_BENEFIT, PlanType.ERISA_INSURED, "TX", "Texas law", True),
        (ReasonId.CONTINUATION_WITHOUT_BENEFIT, PlanType.ERISA_INSURED, "OH", "Texas law", False),
        (ReasonId.OUT_OF_NETWORK_OR_SITE, PlanType.ERISA_INSURED, "NY", "New York reviews", True),
        (ReasonId.OUT_OF_NETWORK_OR_SITE, PlanType.ERISA_SELF_FUNDED, "NY", "New York", False),
    ],
)
def test_advice_is_given_to_those_it_is_for(
    reason: ReasonId, plan_type: PlanType, state: str | None, words: str, is_said: bool
) -> None:
    answer = answers_to(reason, case_of(plan_type, state=state))
    assert (words in " ".join(said(answer))) is is_said


def test_the_papers_and_the_number_of_the_safety_program_are_for_esketamine_alone() -> None:
    reason = ReasonId.REMS_OR_PROVIDER_NOT_CERTIFIED
    spray = answers_to(reason, case_of(treatment=ESKETAMINE))
    infusion = answers_to(reason, case_of(treatment=INFUSION))
    assert "1-855-382-6022" in " ".join(spray.first_move)
    assert not infusion.first_move
    assert len(spray.enclosures) == len(infusion.enclosures) + 1


# Words and files


def test_the_texts_read_at_eighth_grade_and_promise_nothing() -> None:
    texts = list(all_texts())
    assert school_years(one for one in texts if len(one.split()) >= 6) <= EIGHTH_GRADE
    for text in texts:
        assert "!" not in text
        assert not PROMISE.search(text)


def test_each_reason_reads_at_eighth_grade() -> None:
    for reason in ReasonId:
        answer = answers_to(reason, case_of(state="TX", treatment=ESKETAMINE))
        told = [*said(answer), *answer.never, *answer.global_never, answer.reason.meaning]
        assert school_years(one for one in told if len(one.split()) >= 6) <= EIGHTH_GRADE


REASON: dict[str, Any] = {
    "id": "step_therapy",
    "label": "Step therapy",
    "meaning": "Try others first.",
    "answers": ["The record of fills"],
    "enclosures": ["chart_notes"],
    "arguments": ["clerical"],
    "never": ["Do not claim it."],
    "external_review": {"reaches": "depends", "text": "It depends."},
    "sources": ["https://example.org/law"],
}


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        pytest.param({"arguments": ["magic"]}, "[0].arguments[0].id: 'magic'", id="argument"),
        pytest.param({"enclosures": ["a cake"]}, "[0].enclosures: 'a cake'", id="paper"),
        pytest.param({"answers": []}, "[0].answers: missing: give at least one", id="no answer"),
        pytest.param({"carc": [{"code": "50"}]}, "[0].carc[0].means: missing", id="code"),
        pytest.param({"keywords": []}, "[0].keywords: there is no such field", id="field"),
    ],
)
def test_a_reason_with_a_fault_is_refused(changed: dict[str, Any], fault: str) -> None:
    with pytest.raises(InputError) as raised:
        read_reasons([REASON | changed])
    assert fault in str(raised.value)


def test_a_list_without_all_the_reasons_is_refused() -> None:
    with pytest.raises(InputError, match="missing: experimental_investigational"):
        read_reasons([REASON])


def test_an_argument_may_rest_only_on_rights_that_there_are() -> None:
    argument = {
        "id": "clerical",
        "name": "A name",
        "explanation": "Words.",
        "rests_on": ["a_wish"],
        "why": {"applies": "Yes.", "depends": "Perhaps.", "never": "No."},
    }
    with pytest.raises(InputError, match="there is no right 'a_wish'"):
        read_arguments({"arguments": [argument], "enclosures": [], "never": []})
