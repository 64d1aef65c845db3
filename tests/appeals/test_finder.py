"""The interview that finds the plan type: every way through it, and where people land."""

import itertools
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from appeals.law.finder import (
    AnswerError,
    answers_from,
    finder,
    next_question,
    outcome,
)
from appeals.law.finder_data import DONT_KNOW, Sureness
from appeals.law.plan_types import INSURED, INSURED_OR_NOT, PlanType
from policies import terms
from policies.catalogue.yaml_text import read_yaml
from policies.situation import Funding, LineOfBusiness, Plan

MOST_QUESTIONS = 5
SAME_FOR_EVERY_STATE = "OH"
CASES = read_yaml((Path(__file__).parent / "finder_cases.yaml").read_text("utf-8")).data

Way = tuple[dict[str, str], tuple[str, ...]]


def ways(told: Mapping[str, str], asked: tuple[str, ...] = ()) -> Iterator[Way]:
    """Every way through the interview: its answers, and what was asked on it.

    One state stands for all of them.
    """
    question = next_question(told)
    if question is None:
        yield dict(told), asked
        return
    assert len(asked) < MOST_QUESTIONS, f"a question too many: {asked}, then {question.id}"
    answers = question.answers
    if SAME_FOR_EVERY_STATE in answers:
        answers = (SAME_FOR_EVERY_STATE, DONT_KNOW)
    for answer in answers:
        yield from ways({**told, question.id: answer}, (*asked, question.id))


def every_plan() -> Iterator[Plan]:
    lines = (*LineOfBusiness, None)
    for line, funding in itertools.product(lines, (*Funding, None)):
        yield Plan(line_of_business=line, funding=funding)
        yield Plan(line_of_business=line, funding=funding, residence_state="KY", issue_state="OH")


EVERY_WAY = list(ways({}))
every_plan_told = pytest.mark.parametrize("plan", list(every_plan()), ids=str)


# Every way through it


def test_every_way_ends_after_at_most_five_questions() -> None:
    for answers, asked in EVERY_WAY:
        assert len(asked) == len(set(asked)) <= MOST_QUESTIONS
        assert outcome(answers).sureness


def test_a_way_on_which_all_is_known_takes_four_questions_or_five_for_a_church() -> None:
    for answers, asked in EVERY_WAY:
        if DONT_KNOW not in answers.values():
            assert len(asked) <= (5 if answers["source"] == "church" else 4), asked


def test_every_plan_type_can_be_reached_and_every_ending() -> None:
    outcomes = [outcome(answers) for answers, _ in EVERY_WAY]
    alone = {one.plan_types[0] for one in outcomes if len(one.plan_types) == 1}
    assert alone == set(PlanType)
    told = [outcome(way) for plan in every_plan() for way, _ in ways(answers_from(plan))]
    assert {one.id for one in (*outcomes, *told)} == {one.id for one in finder().endings}


def test_where_no_one_plan_type_is_left_something_safe_is_said() -> None:
    for answers, _ in EVERY_WAY:
        found = outcome(answers)
        if len(found.plan_types) != 1:
            assert found.do_first or found.not_handled
            assert (found.safe_days is None) == found.goes_by_notice


def test_every_i_dont_know_comes_with_whom_to_ask_about_it() -> None:
    for answers, asked in EVERY_WAY:
        asks = {name for one in outcome(answers).ask_next for when in one.when for name in when}
        for name in asked:
            # The card told the source, or could not; where someone lives names an office only.
            is_told = name == "source" and answers.get("clue", DONT_KNOW) != DONT_KNOW
            if answers[name] == DONT_KNOW and name not in ("clue", "residence_state"):
                assert is_told or name in asks, (name, answers)


def test_i_dont_know_is_the_last_choice_of_every_question() -> None:
    for question in finder().questions:
        assert question.choices[-1].id == DONT_KNOW
        assert question.answers.count(DONT_KNOW) == 1


def test_no_plan_type_is_named_for_what_is_not_handled() -> None:
    for source in ("workers_compensation", "chip"):
        found = outcome({"source": source})
        assert (found.plan_types, found.how_sure) == ((), Sureness.NOT_HANDLED)


def test_the_state_of_issue_is_asked_only_where_an_insurer_may_bear_the_risk() -> None:
    for answers, asked in EVERY_WAY:
        found = outcome(answers)
        may_be_insured = found.is_insured is not False and bool(found.plan_types)
        assert ("issue_state" in asked) == may_be_insured, answers
        if found.is_insured is False:
            assert found.issue_state is None or "medicaid_state" in asked


def test_the_state_where_someone_lives_is_never_taken_for_the_state_of_issue() -> None:
    for answers, _ in EVERY_WAY:
        if answers.get("issue_state") == DONT_KNOW:
            found = outcome(answers)
            assert found.issue_state is None
            assert "Which state's rules apply to this plan?" in {
                one.question for one in found.ask_next
            }


@pytest.mark.parametrize("state", [*terms.states(), DONT_KNOW])
def test_every_state_leads_to_the_same_kind_of_plan(state: str) -> None:
    bought = {"source": "bought", "document": "neither", "residence_state": "OH"}
    found = outcome(bought | {"issue_state": state})
    assert found.plan_types == (PlanType.INDIVIDUAL_ACA,)
    assert found.issue_state == (None if state == DONT_KNOW else state)


# Answers


@pytest.mark.parametrize(
    ("answers", "fault"),
    [
        pytest.param({"source": "lottery"}, "source: 'lottery' is no choice. Use one", id="choice"),
        pytest.param({"color": "red"}, "color: there is no such question. Use one", id="question"),
        pytest.param(
            {"source": "medicare", "card": "drug"},
            "card: 'drug' is no choice. Use one of: original, advantage, dont_know",
            id="another question's choice",
        ),
        pytest.param(
            {"line_of_business": "commercial", "source": "medicare"},
            "source: 'medicare' does not fit what the coverage check was told.",
            id="against what was told",
        ),
        pytest.param({"issue_state": "ZZ"}, "issue_state: 'ZZ' is no choice.", id="state"),
        pytest.param({"funding": "both"}, "funding: 'both' is no choice.", id="funding"),
    ],
)
def test_an_answer_that_is_no_choice_is_refused(answers: dict[str, str], fault: str) -> None:
    with pytest.raises(AnswerError, match=re.escape(fault)):
        next_question(answers)
    with pytest.raises(AnswerError, match=re.escape(fault)):
        outcome(answers)


def test_every_wrong_answer_is_named_at_once() -> None:
    with pytest.raises(AnswerError) as caught:
        outcome({"source": "lottery", "payer": "nobody"})
    assert {fault.place for fault in caught.value.faults} == {"source", "payer"}


def test_there_is_no_outcome_before_the_end() -> None:
    with pytest.raises(AnswerError, match="payer: is not answered yet"):
        outcome({"source": "job"})


def test_answers_off_the_way_are_left_aside_after_an_earlier_one_was_changed() -> None:
    before = {"source": "job", "payer": "insurer", "grandfathered": "no", "issue_state": "OH"}
    assert outcome(before | {"source": "federal"}) == outcome({"source": "federal"})
    changed = before | {"payer": "employer"}
    assert outcome(changed).issue_state is None


# What the coverage check was told


@every_plan_told
def test_nothing_that_was_told_is_asked_again(plan: Plan) -> None:
    told = answers_from(plan)
    for answers, asked in ways(told):
        found = outcome(answers)
        assert not set(asked) & set(told)
        if plan.funding is not None:
            assert "payer" not in asked
            if set(found.plan_types) <= INSURED_OR_NOT and found.plan_types:
                assert found.is_insured is (plan.funding is Funding.INSURED)
        if plan.line_of_business not in (None, LineOfBusiness.COMMERCIAL):
            assert "source" not in asked


KINDS: dict[LineOfBusiness | None, set[str]] = {
    LineOfBusiness.FEDERAL_EMPLOYEES: {"fehb"},
    LineOfBusiness.ORIGINAL_MEDICARE: {"original_medicare", "medicare_part_d"},
    LineOfBusiness.MEDICARE_ADVANTAGE: {"medicare_advantage", "medicare_part_d"},
    LineOfBusiness.MEDICAID: {"medicaid_ffs"},
    LineOfBusiness.MEDICAID_MANAGED_CARE: {"medicaid_managed_care"},
    LineOfBusiness.TRICARE: {"tricare"},
    LineOfBusiness.VA: {"va"},
    LineOfBusiness.WORKERS_COMPENSATION: set(),
    LineOfBusiness.CHIP: set(),
    LineOfBusiness.COMMERCIAL: {
        "erisa_self_funded",
        "erisa_insured",
        "individual_aca",
        "grandfathered",
        "nonfederal_governmental",
        "church",
        "short_term_limited_sharing",
    },
    None: {str(one) for one in PlanType},
}


@every_plan_told
def test_what_was_told_leaves_only_the_kinds_of_plan_that_it_can_mean(plan: Plan) -> None:
    reached = {
        str(kind) for answers, _ in ways(answers_from(plan)) for kind in outcome(answers).plan_types
    }
    left = set(KINDS[plan.line_of_business])
    if plan.funding is Funding.SELF_FUNDED:
        left -= INSURED | {PlanType.SHORT_TERM_LIMITED_SHARING}
    if plan.funding is Funding.INSURED:
        left -= {PlanType.ERISA_SELF_FUNDED}
    assert reached == left


@pytest.mark.parametrize(
    ("line", "most"),
    [
        (LineOfBusiness.FEDERAL_EMPLOYEES, 0),
        (LineOfBusiness.TRICARE, 0),
        (LineOfBusiness.CHIP, 0),
        (LineOfBusiness.WORKERS_COMPENSATION, 0),
        (LineOfBusiness.MEDICAID, 0),
        (LineOfBusiness.ORIGINAL_MEDICARE, 1),
        (LineOfBusiness.MEDICARE_ADVANTAGE, 1),
        (LineOfBusiness.VA, 1),
    ],
)
def test_someone_who_comes_from_the_check_is_asked_little(line: LineOfBusiness, most: int) -> None:
    plan = Plan(line_of_business=line, residence_state="OH")
    assert max(len(asked) for _, asked in ways(answers_from(plan))) == most


# Where people land


@pytest.mark.parametrize("case", [pytest.param(one, id=one["name"]) for one in CASES])
def test_where_people_land(case: Mapping[str, Any]) -> None:
    told = case.get("told", {})
    plan = Plan(
        line_of_business=LineOfBusiness(told["line_of_business"]) if told else None,
        funding=Funding(told["funding"]) if "funding" in told else None,
        residence_state=told.get("residence_state"),
        issue_state=told.get("issue_state"),
    )
    given = answers_from(plan)
    for name, answer in case["answers"].items():
        question = next_question(given)
        assert question is not None
        assert (question.id, answer in question.answers) == (name, True)
        given[name] = answer
    found, expect = outcome(given), dict(case["expect"])
    assert list(found.plan_types) == expect.pop("plan_types")
    assert expect.pop("not_handled", "") in found.not_handled
    assert len(found.assumed) == expect.pop("assumed", 0)
    rest = ("is_insured", "issue_state", "safe_days")
    assert {name: getattr(found, name) for name in rest} == {
        name: expect.pop(name, None) for name in rest
    }
    assert found.residence_state == expect.pop("residence_state", None)
    assert found.goes_by_notice == expect.pop("goes_by_notice", False)
    assert not expect
