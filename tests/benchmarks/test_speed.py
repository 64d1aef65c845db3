"""How long an answer takes, as ratios within one run: a whole check against its parts."""

import datetime as dt
import json
from typing import Any

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from policies.answer_json import answer_to_json
from policies.catalogue import Catalogue
from policies.check import check
from policies.facts import facts_from
from policies.folder import read_folder
from policies.guidance import guide
from policies.management.commands.load_policies import DEFAULT
from policies.matcher import evaluate
from policies.questions import questions_for
from policies.situation import Situation
from policies.verdict import judge_document

ON = dt.date(2026, 11, 25)

SITUATION: dict[str, Any] = {
    "version": 1,
    "plan": {"line_of_business": "commercial", "insurer": "bcbs-ma", "issue_state": "MA"},
    "treatment": "iv_ketamine",
    "answers": {"age": 44, "conditions": ["treatment_resistant_depression"]},
    "treatments_tried": [
        {"kind": "antidepressant", "drug": name, "weeks": 8, "outcome": "no_response"}
        for name in ("Zoloft", "Effexor XR", "Wellbutrin XL", "Remeron")
    ],
    "scores": [{"scale": "madrs", "score": 31, "origin": "chart"}],
}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    folder = read_folder(DEFAULT)
    return Catalogue(folder.insurers, folder.documents, folder.administrations)


@pytest.mark.benchmark(group="one situation")
def test_one_tree_with_its_findings(benchmark: BenchmarkFixture, catalogue: Catalogue) -> None:
    document = next(one for one in catalogue.documents if one.slug == "087")
    tree = document.editions[0].positions[0].criteria
    assert tree is not None
    facts = facts_from(Situation.from_json(SITUATION), on=ON)
    assert len(benchmark(evaluate, tree, facts).members) == 9


@pytest.mark.benchmark(group="one situation")
def test_a_whole_check(benchmark: BenchmarkFixture, catalogue: Catalogue) -> None:
    situation = Situation.from_json(SITUATION)
    assert benchmark(check, situation, catalogue=catalogue, on=ON).headline is not None


@pytest.mark.benchmark(group="one situation")
def test_a_whole_check_from_json_to_json(benchmark: BenchmarkFixture, catalogue: Catalogue) -> None:
    text = json.dumps(SITUATION)

    def answer() -> str:
        situation = Situation.from_json(json.loads(text))
        return json.dumps(answer_to_json(guide(situation, catalogue=catalogue, on=ON)))

    assert "bcbs-ma--087" in benchmark(answer)


@pytest.mark.benchmark(group="the whole catalogue")
def test_an_answer_with_the_next_question(
    benchmark: BenchmarkFixture, catalogue: Catalogue
) -> None:
    """From the answers given to the documents that apply, their verdicts and what to ask next."""
    situation = Situation.from_json(SITUATION)
    questions = benchmark(questions_for, situation, catalogue=catalogue, on=ON)
    assert questions.in_order


@pytest.mark.benchmark(group="the whole catalogue")
def test_every_document_held_against_one_situation(
    benchmark: BenchmarkFixture, catalogue: Catalogue
) -> None:
    """As if all of them applied to one plan."""
    situation = Situation.from_json(SITUATION)

    def judge_all() -> int:
        facts = facts_from(situation, on=ON)
        answers = [
            judge_document(document, edition, treatment=situation.treatment, facts=facts)
            for document in catalogue.documents
            if (edition := document.edition_in_force(ON)) is not None
        ]
        return len(answers)

    assert benchmark(judge_all) == 77


@pytest.mark.benchmark(group="the whole catalogue")
def test_an_answer_with_all_that_helps_on(
    benchmark: BenchmarkFixture, catalogue: Catalogue
) -> None:
    """With what is missing and what would change it too."""
    situation = Situation.from_json(SITUATION)
    assert benchmark(guide, situation, catalogue=catalogue, on=ON).missing
