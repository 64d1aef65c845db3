"""Which mistakes in an edition no worked case would notice."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from policies.catalogue import Document, Edition
from policies.criteria import Group, Node, Operator
from policies.facts import Facts
from policies.matcher import Finding
from policies.mutations import Mutant, mutants, with_position
from policies.truth import Truth
from policies.verdict import PositionAnswer, judge_position
from policies.worked_cases import WorkedCase, run_case, settle


@dataclass(frozen=True)
class ReadyCase:
    """A worked case, its facts, and what each position on its treatment makes of it."""

    case: WorkedCase
    facts: Facts
    answers: Mapping[int, object]


@dataclass(frozen=True)
class Mistake:
    """A mutant of the position at an index of an edition."""

    index: int
    mutant: Mutant


def line_of(mistake: Mistake, edition: Edition) -> tuple[str, Node]:
    """The line in which a mistake is, and its place in the edition's data form."""
    position = edition.positions[mistake.index]
    field = mistake.mutant.field
    node: Node = getattr(position, field)
    place = f"positions[{mistake.index}].{field}"
    for index in mistake.mutant.at:
        if isinstance(node, Group):
            held = "of" if node.operator is Operator.AT_LEAST else node.operator.value
            place, node = f"{place}.{held}[{index}]", node.members[index]
    return place, node


def cases_on(
    edition: Edition, document: Document, cases: Iterable[WorkedCase]
) -> Iterator[ReadyCase]:
    """The cases that prove an edition of a document, made ready."""
    for case in cases:
        settled = settle(case, document)
        if settled.edition is edition:
            facts = settled.facts
            answers = {
                index: _in_short(judge_position(edition, position, facts))
                for index, position in enumerate(edition.positions)
                if position.treatment is case.situation.treatment
            }
            yield ReadyCase(case, facts, answers)


def mistakes(edition: Edition, stem: str = "") -> list[Mistake]:
    """Every small mistake that could be made in the lists of an edition."""
    return [
        Mistake(index, mutant)
        for index, position in enumerate(edition.positions)
        for mutant in mutants(stem, position)
    ]


def is_noticed(
    mistake: Mistake, edition: Edition, document: Document, cases: Iterable[ReadyCase]
) -> bool:
    """Whether a case turns; those that name a changed criterion are asked first."""
    index, mutant = mistake.index, mistake.mutant
    changed = with_position(edition, index, mutant.position)
    editions = tuple(changed if one is edition else one for one in document.editions)
    wrong = replace(document, editions=editions)
    likely = sorted(cases, key=lambda ready: mutant.ids.isdisjoint(ready.case.findings))
    return any(
        # To hold one position against the facts is quick, and most often settles it.
        _in_short(judge_position(changed, mutant.position, ready.facts)) != ready.answers[index]
        and run_case(ready.case, wrong)
        for ready in likely
        if index in ready.answers
    )


def _in_short(answer: PositionAnswer) -> object:
    """All of a position's answer that a worked case can see."""
    found = answer.findings
    return answer.verdict, answer.ground, answer.score, found and list(_truths(found))


def _truths(found: Finding) -> Iterator[tuple[str, Truth]]:
    if found.node.id:
        yield found.node.id, found.truth
    for member in found.members:
        yield from _truths(member)
