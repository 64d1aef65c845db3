"""How many questions the check asks until nothing more can matter, against asking them all.

Each worked case of a position with criteria is walked in the order of the screens, with the
answers of the case; one that is settled before any question is left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from statistics import median

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from policies import vocabulary
from policies.asked import TREATMENTS
from policies.catalogue import Document
from policies.facts import Facts
from policies.folder import Folder, read_folder
from policies.management.commands.load_policies import DEFAULT
from policies.questions import questions_of
from policies.screens.path import _few_of
from policies.situation import Situation
from policies.terms import rating_scales
from policies.verdict import judge_document
from policies.worked_cases import WorkedCase, settle
from policies.worked_cases.asking import answer_of_edition

EVERY_QUESTION = len(vocabulary.facts()) + len(rating_scales()) + len([TREATMENTS])
SAMPLE = 12
"""Without `make bench`, one case in so many is walked."""


@dataclass(frozen=True, slots=True)
class Way:
    """One case walked to its end; `own` is the length of the document's own full form."""

    case: str
    asked: int
    screens: int
    own: int
    has_same_verdict: bool


def walked(document: Document, case: WorkedCase) -> Way | None:
    """Answer screen after screen from the case; None where nothing is asked."""
    settled = settle(case, document)
    edition = settled.edition
    if edition is None:
        return None
    full, facts = settled.situation, settled.facts
    stated = {name: value for name, value in full.answers.items() if name == "conditions"}
    told = replace(full, answers=stated, treatments_tried=None, treatments_complete=None, scores=())
    answer = answer_of_edition(document, edition, told, on=settled.on)
    own = questions_of(answer).at_most
    if not own:
        return None
    asked: list[str] = []
    screens = 0
    while not (left := questions_of(answer, not_sure=frozenset(asked))).are_none:
        screens += 1
        for name in _few_of(left):
            told = _with(name, told, full, facts)
            asked.append(name)
        answer = answer_of_edition(document, edition, told, on=settled.on)
    verdict = judge_document(document, edition, treatment=full.treatment, facts=facts).verdict
    name = f"{document.stem}: {case.name}"
    return Way(name, len(asked), screens, own, answer.verdict is verdict)


def _with(name: str, told: Situation, full: Situation, facts: Facts) -> Situation:
    """What a person adds who is asked this; what the case does not know stays open."""
    if name == TREATMENTS:
        return replace(
            told,
            treatments_tried=full.treatments_tried,
            treatments_complete=full.treatments_complete,
        )
    if name in rating_scales():
        scores = (score for score in full.scores if score.scale == name)
        return replace(told, scores=(*told.scores, *scores))
    if name in facts.values:
        return replace(told, answers={**told.answers, name: facts.values[name]})
    return told


def ways(folder: Folder, step: int) -> Iterator[Way]:
    cases = (
        (document, case)
        for document in folder.documents
        for case in folder.cases.get(document.stem, ())
    )
    for document, case in islice(cases, None, None, step):
        way = walked(document, case)
        if way is not None:
            yield way


@pytest.mark.benchmark(group="questions")
def test_few_questions_settle_what_the_full_form_would(benchmark: BenchmarkFixture) -> None:
    folder = read_folder(DEFAULT)
    step = SAMPLE if benchmark.disabled else 1
    once = partial(benchmark.pedantic, rounds=1)  # typed as little as pytest-benchmark types it
    found: list[Way] = once(lambda: [*ways(folder, step)])
    assert [way.case for way in found if not way.has_same_verdict] == []
    of_all = median(way.asked / EVERY_QUESTION for way in found)
    of_own = median(way.asked / way.own for way in found)
    assert of_all < 1 / 3
    benchmark.extra_info["said"] = (
        f"questions until settled, median of {len(found)} worked cases: "
        f"{median(way.asked for way in found):g} on {median(way.screens for way in found):g} "
        f"screens; {of_all:.0%} of all {EVERY_QUESTION} of the vocabulary, "
        f"{of_own:.0%} of the document's own form"
    )
