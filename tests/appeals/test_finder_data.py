"""What the interview says rests on the steps of the routes and reads easily; and its file."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from appeals.law.finder import finder
from appeals.law.finder_data import Ending, Sureness, read_finder
from appeals.law.plan_types import PlanType
from appeals.law.plans import plan_law
from appeals.law.spans import Span, Unit
from appeals.law.stages import Stage
from policies.faults import InputError
from policies.guide.grades import Grade
from tests.policies.reading_level import school_years

EIGHTH_GRADE = 8
NUMBER = re.compile(r"\b\d+\b")
every_ending = pytest.mark.parametrize(
    "ending", [pytest.param(one, id=one.id) for one in finder().endings]
)


def stages_of(ending: Ending) -> list[Stage]:
    return [plan_law(one.plan_type).stage(one.step) for one in ending.rests_on]


def days_of(span: Span | None) -> int | None:
    return span.amount if span is not None and span.unit is Unit.DAYS else None


# What is said rests on the records


@every_ending
def test_the_days_said_are_those_of_the_steps_and_hold_under_all_of_them(ending: Ending) -> None:
    stages = stages_of(ending)
    if ending.safe_days is not None:
        limits = [days_of(one.filing.limit) for one in stages if not one.filing.is_without_limit]
        assert ending.safe_days == min(one for one in limits if one is not None)
        for one in stages:
            figure = days_of(one.filing.limit)
            assert one.filing.is_verified is (None if figure is None else True)
            assert not one.filing.is_most
            assert figure is not None or one.id == "va-clinical-appeal"
        assert f"within {ending.safe_days} days of the date on" in ending.do_first
    for number in map(int, NUMBER.findall(ending.do_first)):
        filed = [one for one in stages if days_of(one.filing.limit) == number]
        kept = [one for one in stages if days_of(one.keep_services.within) == number]
        assert filed or kept, number
        is_sure = kept or any(one.filing.is_verified for one in filed)
        assert is_sure or "could not confirm" in ending.do_first


@every_ending
def test_an_ending_rests_on_steps_of_its_own_plan_types_with_the_weakest_grade(
    ending: Ending,
) -> None:
    named = {one.plan_type for one in ending.rests_on}
    if ending.plan_types:
        assert named in (set(), set(ending.plan_types))
    if len(ending.plan_types) == 2:
        assert named
    grades = list(Grade)
    weakest = max((grades.index(one.grade) for one in stages_of(ending)), default=None)
    assert ending.grade == (None if weakest is None else grades[weakest])


def test_no_day_is_counted_where_a_plan_type_does_not_bind_or_is_not_known() -> None:
    for ending in finder().endings:
        if not ending.plan_types and ending.safe_days is None:
            assert ending.goes_by_notice
        assert not (ending.goes_by_notice and ending.safe_days)


# The texts


def texts() -> Iterator[str]:
    for question in finder().questions:
        yield from (question.text, question.help)
        if "OH" not in question.answers:
            yield from (one.label for one in question.choices)
    for ending in finder().endings:
        yield from (ending.do_first, ending.not_handled)
    yield from finder().sureness.values()
    yield from (part for one in finder().assumed for part in (one.text, one.check))
    yield from (part for one in finder().ask_next for part in (one.whom, one.question))


def test_an_eighth_grader_can_read_it() -> None:
    assert school_years(one for one in texts() if one) <= EIGHTH_GRADE


@every_ending
def test_an_eighth_grader_can_read_what_to_do_first(ending: Ending) -> None:
    said = ending.do_first or ending.not_handled
    assert not said or school_years([said]) <= EIGHTH_GRADE + 1


def test_nothing_is_shouted_and_every_question_asks() -> None:
    assert not [one for one in texts() if "!" in one]
    assert all(one.text.endswith("?") for one in finder().questions)
    assert all(one.question.endswith(("?", ".")) for one in finder().ask_next)


# The file

WHEN: list[dict[str, list[str]]] = [{"source": ["federal"]}]
QUESTION = {
    "id": "source",
    "text": "From where?",
    "help": "See the card.",
    "choices": [{"id": "federal", "label": "A federal job"}],
}
ENDING = {"id": "federal", "plan_types": ["fehb"], "when": WHEN}
FILE = {
    "questions": [QUESTION],
    "endings": [ENDING],
    "sureness": dict.fromkeys(Sureness, "A sentence."),
    "assumed": [],
    "ask_next": [],
}


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        pytest.param(
            {"questions": [QUESTION, QUESTION]},
            "questions[1].id: 'source' stands twice",
            id="a question twice",
        ),
        pytest.param(
            {"questions": [QUESTION | {"when": [{"payer": ["insurer"]}]}]},
            "questions[0].when[0].payer: there is no such field. Use: line_of_business, funding",
            id="a later question",
        ),
        pytest.param(
            {"endings": [ENDING | {"when": [{"source": ["lottery"]}]}]},
            "endings[0].when[0].source: 'lottery' is no answer to source. Use one of: federal",
            id="no such answer",
        ),
        pytest.param({"endings": [ENDING | {"when": []}]}, "when: is empty", id="no condition"),
        pytest.param(
            {"endings": [ENDING | {"plan_types": ["fehb", "va"]}]},
            "endings[0]: is not one kind of plan: say what to do first",
            id="two, and nothing to do",
        ),
        pytest.param(
            {"endings": [ENDING | {"plan_types": ["fehb", "va", "church"]}]},
            "endings[0].plan_types: name two at most",
            id="three",
        ),
        pytest.param(
            {"endings": [ENDING | {"not_handled": "Ask them."}]},
            "endings[0].not_handled: has a kind of plan",
            id="a kind of plan that is not handled",
        ),
        pytest.param(
            {"endings": [ENDING | {"do_first": "Act.", "rests_on": ["fehb"], "grade": "copy"}]},
            "endings[0].rests_on[0]: 'fehb' is not a kind of plan and a step",
            id="no step",
        ),
        pytest.param(
            {"endings": [ENDING | {"safe_days": "soon"}]},
            "endings[0].safe_days: 'soon' is not a number of days",
            id="days in words",
        ),
        pytest.param(
            {"sureness": {"settled": "Yes."}}, "sureness.two: missing: give", id="no sentence"
        ),
    ],
)
def test_a_fault_of_the_file_is_named_with_its_place(changed: dict[str, Any], fault: str) -> None:
    with pytest.raises(InputError, match=re.escape(fault)):
        read_finder(FILE | changed)


def test_the_file_as_it_should_be_is_read() -> None:
    assert read_finder(FILE).endings[0].plan_types == (PlanType.FEHB,)
