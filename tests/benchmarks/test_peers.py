"""Our matcher beside other rule engines: the same criteria held against the same six people.

Every engine prepares its rules once, as its documentation advises, and finds each person in the
form it is quickest with. `make bench` alone installs the others and runs this file.
"""

import datetime as dt
import json
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, TypeVar

import json_logic
import pytest
import rule_engine
import zen
from pytest_benchmark.fixture import BenchmarkFixture

from policies.facts import facts_from
from policies.matcher import make_matcher
from policies.situation import Situation
from policies.truth import Truth
from tests.benchmarks.same_rules import (
    ANSWERS,
    EXPRESSION,
    JSON_LOGIC,
    OURS,
    PEOPLE,
    ZEN_DECISION,
)

BARE = "a bare decision, for six people"
EXPLAINED = "explained: a decision with every finding, beside one without, for six people"

MATCHER = make_matcher(OURS)
FACTS = [facts_from(Situation(answers=answers), on=dt.date(2026, 11, 25)) for answers in PEOPLE]
TEXTS = [json.dumps(answers) for answers in PEOPLE]

Person = TypeVar("Person")
Answer = TypeVar("Answer")


def each(decide: Callable[[Person], Answer], people: Iterable[Person]) -> list[Answer]:
    """Hold every person to the criteria, one after another."""
    return [decide(person) for person in people]


@pytest.mark.benchmark(group=BARE)
def test_ours_decides(benchmark: BenchmarkFixture) -> None:
    truths = benchmark(each, MATCHER.decide, FACTS)
    assert [truth is Truth.MET for truth in truths] == ANSWERS


@pytest.mark.benchmark(group=BARE)
def test_zen_engine_decides(benchmark: BenchmarkFixture) -> None:
    # A decision compiled when it is loaded; `create_decision` was some twenty times slower.
    loader: Any = {"type": "static", "content": {"criteria": ZEN_DECISION}}
    decide = partial(zen.ZenEngine({"loader": loader}).evaluate, "criteria")
    answers = benchmark(each, decide, TEXTS)
    assert [answer["result"]["is_met"] for answer in answers] == ANSWERS


@pytest.mark.benchmark(group=BARE)
def test_zen_expression_decides(benchmark: BenchmarkFixture) -> None:
    # The expression language of zen-engine alone, without its decisions.
    assert benchmark(each, zen.compile_expression(EXPRESSION).evaluate, TEXTS) == ANSWERS


@pytest.mark.benchmark(group=BARE)
def test_rule_engine_decides(benchmark: BenchmarkFixture) -> None:
    # Without type hints, which made it slower.
    assert benchmark(each, rule_engine.Rule(EXPRESSION).matches, PEOPLE) == ANSWERS


@pytest.mark.benchmark(group=BARE)
def test_json_logic_decides(benchmark: BenchmarkFixture) -> None:
    # It has no form to prepare: rules are read as they are.
    assert benchmark(each, partial(json_logic.jsonLogic, JSON_LOGIC), PEOPLE) == ANSWERS


@pytest.mark.benchmark(group=EXPLAINED)
def test_ours_explains(benchmark: BenchmarkFixture) -> None:
    findings = benchmark(each, MATCHER.explain, FACTS)
    assert [finding.truth is Truth.MET for finding in findings] == ANSWERS


@pytest.mark.benchmark(group=EXPLAINED)
def test_json_logic_explains_nothing(benchmark: BenchmarkFixture) -> None:
    assert benchmark(each, partial(json_logic.jsonLogic, JSON_LOGIC), PEOPLE) == ANSWERS
