"""Every worked case, and that the cases leave nothing of the trees untried."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import pytest

from policies.catalogue import Edition, Position
from policies.catalogue.yaml_text import read_yaml
from policies.criteria import Group, Judgement, Node, Unread, walk
from policies.facts import Facts
from policies.matcher import Finding
from policies.situation import Situation
from policies.truth import Truth
from policies.verdict import DocumentAnswer, judge_document, judge_position
from policies.worked_cases import Settled, read_cases, settle
from tests.factories import DATA, real_catalogue, real_document

TRAPS = Path(__file__).parent / "traps.yaml"


@dataclass(frozen=True)
class Case:
    stem: str
    name: str
    wanted: dict[str, Any]

    @cached_property
    def settled(self) -> Settled:
        entry = {name: value for name, value in self.wanted.items() if name != "document"}
        return settle(read_cases([entry])[0], real_document(self.stem))

    @property
    def edition(self) -> Edition:
        assert self.settled.edition is not None
        return self.settled.edition

    @property
    def situation(self) -> Situation:
        return self.settled.situation

    @cached_property
    def facts(self) -> Facts:
        return self.settled.facts

    def answer(self) -> DocumentAnswer:
        return judge_document(
            real_document(self.stem),
            self.edition,
            treatment=self.situation.treatment,
            facts=self.facts,
        )

    def truths(self) -> Iterator[tuple[Position, str, Truth]]:
        """The truth of every criterion with an id, in the positions on the treatment."""
        for position in self.edition.positions:
            findings = judge_position(self.edition, position, self.facts).findings
            if position.treatment is self.situation.treatment and findings is not None:
                for found in _walk(findings):
                    if found.node.id:
                        yield position, found.node.id, found.truth


def _walk(found: Finding) -> Iterator[Finding]:
    yield found
    for member in found.members:
        yield from _walk(member)


@cache
def all_cases() -> tuple[Case, ...]:
    files = [(path.stem, path) for path in sorted((DATA / "cases").glob("*.yaml"))]
    return tuple(
        Case(entry.get("document", stem), entry["name"], entry)
        for stem, path in [*files, ("", TRAPS)]
        for entry in read_yaml(path.read_text(encoding="utf-8")).data
    )


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=f"{case.stem}: {case.name}") for case in all_cases()]
)
def test_worked_case(case: Case) -> None:
    answer = case.answer()
    assert answer.verdict == case.wanted["verdict"]
    assert answer.ground == case.wanted.get("ground")

    wanted = case.wanted.get("findings", {})
    found = {name: truth.value for _, name, truth in case.truths()}
    assert {name: found.get(name) for name in wanted} == wanted

    if "score" in case.wanted:
        score = answer.positions[0].score
        assert score is not None
        assert {
            "met": score.met,
            "not_met": score.not_met,
            "to_find_out": score.to_find_out,
            "at_least": score.at_least,
        } == {"at_least": False} | case.wanted["score"]


def test_every_document_has_a_file_of_cases() -> None:
    files = {path.stem for path in (DATA / "cases").glob("*.yaml")}
    assert files == {document.stem for document in real_catalogue().documents}
    assert len(files) >= 12


def test_no_two_cases_of_a_document_have_one_name() -> None:
    names = Counter((case.stem, case.name) for case in all_cases())
    assert [name for name, count in names.items() if count > 1] == []


def test_no_case_wants_something_that_is_not_checked() -> None:
    known = {"name", "on", "situation", "verdict", "ground", "findings", "score", "document"}
    assert {field for case in all_cases() for field in case.wanted} <= known


def _positions_with_criteria() -> Iterator[tuple[str, Position]]:
    for document in real_catalogue().documents:
        for edition in document.editions:
            for position in edition.positions:
                if position.criteria is not None or position.continuation is not None:
                    yield document.stem, position


def test_every_position_with_criteria_has_at_least_three_cases() -> None:
    counts = Counter(
        (case.stem, one.position.treatment, one.position.indications)
        for case in all_cases()
        for one in case.answer().positions
    )
    wanted = [
        (stem, position.treatment, position.indications)
        for stem, position in _positions_with_criteria()
    ]
    assert wanted
    assert [key for key in wanted if counts[key] < 3] == []


def test_every_criterion_that_a_case_names_exists() -> None:
    known = {
        (stem, node.id)
        for stem, position in _positions_with_criteria()
        for node in _nodes(position)
    }
    named = {(case.stem, name) for case in all_cases() for name in case.wanted.get("findings", {})}
    assert named - known == set()


def _nodes(position: Position) -> Iterator[Node]:
    for tree in (position.criteria, position.continuation):
        if tree is not None:
            yield from walk(tree)


def test_every_criterion_is_met_in_one_case_and_not_in_another() -> None:
    """What only the clinic or the plan can answer, and what was not read, is never met."""
    seen = {
        (case.stem, position.treatment, name, truth)
        for case in all_cases()
        for position, name, truth in case.truths()
    }
    untried = []
    for stem, position in _positions_with_criteria():
        for node in _nodes(position):
            key = (stem, position.treatment, node.id)
            is_open = isinstance(node, Judgement | Unread)
            met = (*key, Truth.MET) in seen
            short = (*key, Truth.NOT_MET) in seen or (*key, Truth.UNKNOWN) in seen
            if node.id and not isinstance(node, Group) and (met is is_open or not short):
                untried.append(key)
    assert untried == []
