"""What is missing: the open points of lists to be met, and who can settle each."""

from collections.abc import Iterator
from dataclasses import dataclass

from policies import vocabulary
from policies.catalogue import Document, Position
from policies.check import Answer
from policies.criteria import (
    CodeCriterion,
    CountCriterion,
    FactCriterion,
    Judge,
    Judgement,
    ScaleCriterion,
    Unread,
    is_for_the_plan_alone,
)
from policies.facts import TriedFact
from policies.matcher import CountGiven, Finding, top_level, trial_tests
from policies.truth import Truth
from policies.verdict import CAN_BE_MET, PositionAnswer, Verdict
from policies.vocabulary import SettledBy


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """Something that is not known yet, of one requirement of one document's list.

    `tried` and `field` name the detail of a treatment tried. Without a `leaf` it is open whether
    the list, for `conditions`, is for this person, or (`is_scope`) for this plan.
    """

    who: SettledBy
    document: Document
    position: Position
    requirement: Finding | None = None
    leaf: Finding | None = None
    tried: TriedFact | None = None
    field: str = ""
    conditions: tuple[str, ...] = ()
    is_scope: bool = False


def open_points(answer: Answer) -> tuple[OpenPoint, ...]:
    """Every open point of the lists that a person is to meet, in reading order.

    A list that has failed keeps its open points: whoever asks for an exception needs them.
    """
    return tuple(
        point
        for checked in answer.documents
        for position in checked.answer.positions
        if checked.answer.verdict is not Verdict.APPEARS_TO_QUALIFY
        if position.scope_is_open or _is_open_list(position)
        for point in _of_position(
            checked.applied.document,
            position,
            is_only_way=checked.answer.positions[0].applies is not Truth.MET,
        )
    )


def _is_open_list(answer: PositionAnswer) -> bool:
    tree = answer.findings.node if answer.findings is not None else None
    is_open = answer.verdict in (Verdict.COULD_QUALIFY, Verdict.DOES_NOT_MEET)
    is_open = is_open and answer.position.coverage in CAN_BE_MET
    return is_open and (tree is None or not is_for_the_plan_alone(tree))


def _of_position(
    document: Document, answer: PositionAnswer, *, is_only_way: bool
) -> Iterator[OpenPoint]:
    position = answer.position
    if answer.scope_is_open:
        yield OpenPoint(SettledBy.PLAN, document, position, is_scope=True)
        return
    if answer.applies is Truth.UNKNOWN:
        conditions = answer.conditions or position.indications
        yield OpenPoint(SettledBy.CLINICIAN, document, position, conditions=conditions)
        if not is_only_way:
            # Another list than the person's own is asked about only once it is theirs.
            return
    for requirement in top_level(answer.findings) if answer.findings else ():
        for leaf in _open_leaves(requirement):
            for who, tried, field in _who_settles(leaf):
                yield OpenPoint(who, document, position, requirement, leaf, tried, field)


def _open_leaves(found: Finding) -> Iterator[Finding]:
    """The open criteria that an open group still waits for."""
    if found.truth is not Truth.UNKNOWN:
        return
    if not found.members:
        yield found
    for member in found.members:
        yield from _open_leaves(member)


def _who_settles(leaf: Finding) -> Iterator[tuple[SettledBy, TriedFact | None, str]]:
    match leaf.node:
        case FactCriterion():
            yield vocabulary.fact(leaf.node.fact).settled_by, None, ""
        case CountCriterion():
            yield from _open_in_count(leaf.node, leaf)
        case ScaleCriterion() | CodeCriterion():
            yield SettledBy.CHART, None, ""
        case Judgement(judge=Judge.CLINIC):
            yield SettledBy.CLINICIAN, None, ""
        case Judgement() | Unread():
            yield SettledBy.PLAN, None, ""


def _open_in_count(
    node: CountCriterion, leaf: Finding
) -> Iterator[tuple[SettledBy, TriedFact | None, str]]:
    given = leaf.given
    if not isinstance(given, CountGiven):
        yield SettledBy.YOU, None, ""
        return
    details = [(tried, name) for tried in given.possible for name in open_details(node, tried)]
    for tried, name in details:
        yield _who_knows(name, tried), tried, name
    if given.treatments.high is None:
        yield SettledBy.YOU, None, ""
    elif not details:
        # All of it was told; how many of them are different is what the document leaves open.
        yield SettledBy.PLAN, None, ""


def _who_knows(name: str, tried: TriedFact) -> SettledBy:
    told = getattr(tried.row, name)
    if name in ("weeks", "outcome") and told not in (None, "ongoing"):
        # It was told; what it counts for is what the document leaves open.
        return SettledBy.PLAN
    return vocabulary.treatment_fields()[name].settled_by


def open_details(node: CountCriterion, tried: TriedFact) -> list[str]:
    """The fields still open of a treatment that may count, by the definition nearest to met."""
    nearest = min(
        (
            [name for name, truth in trial_tests(wanted, tried) if truth is Truth.UNKNOWN]
            for wanted in node.where
            if all(truth is not Truth.NOT_MET for _, truth in trial_tests(wanted, tried))
        ),
        key=len,
        default=[],
    )
    return list(dict.fromkeys(nearest))
