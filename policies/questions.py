"""Which questions can still change an answer, once the plan and the condition are known."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from policies import terms, vocabulary
from policies.catalogue import Catalogue, Document
from policies.check import Answer, CheckedDocument, check
from policies.criteria import (
    CountCriterion,
    FactCriterion,
    Node,
    ScaleCriterion,
    TrialDefinition,
    is_wholly_unread,
    walk,
)
from policies.situation import Situation
from policies.terms import RatingScale
from policies.truth import Truth
from policies.verdict import CAN_BE_MET, PositionAnswer, Verdict
from policies.vocabulary import FactDefinition

# Asked of every treatment tried; the others only where a criterion names them.
ALWAYS_ASKED = (
    "kind",
    "drug",
    "weeks",
    "highest_dose_mg",
    "adequate_dose",
    "outcome",
    "this_episode",
)
ASKED_BY_NAME = (
    "maximum_dose",
    "sufficient_length",
    "improvement_percent",
    "dose_limiting_side_effects",
    "led_to_change",
)
TESTED_AS = {"max_improvement_percent": "improvement_percent"}


@dataclass(frozen=True, slots=True)
class Questions:
    """What the documents that apply still need to know, in the order of the vocabulary."""

    facts: tuple[FactDefinition, ...] = ()
    treatment_fields: tuple[FactDefinition, ...] = ()
    scales: tuple[RatingScale, ...] = ()
    asked_by: tuple[Document, ...] = ()

    @property
    def are_none(self) -> bool:
        return not (self.facts or self.treatment_fields or self.scales)


@dataclass(slots=True)
class _Named:
    """What the criteria name."""

    facts: set[str] = field(default_factory=set)
    row_fields: set[str] = field(default_factory=set)
    counts_treatments: bool = False
    scales: set[str] = field(default_factory=set)

    def take(self, node: Node) -> None:
        if isinstance(node, FactCriterion):
            self.facts.add(node.fact)
            if node.includes == "mdd_suicidal":
                self.facts.add("suicidal_ideation")
        elif isinstance(node, CountCriterion):
            self.counts_treatments = True
            self.row_fields.update(_fields_of(node.where))
        elif isinstance(node, ScaleCriterion):
            self.scales.update(node.scales)


def questions_for(situation: Situation, *, catalogue: Catalogue, on: dt.date) -> Questions:
    """Name the facts, treatment fields and scales that can still change a verdict.

    `situation` holds the plan, the treatment and the condition; a verdict that these settle asks
    for nothing more.
    """
    named = _Named()
    answer = check(situation, catalogue=catalogue, on=on)
    for node in _open_criteria(answer):
        named.take(node)
    for one in _open_positions(answer.documents):
        named.facts.add("request_phase")
        is_open = one.applies is Truth.UNKNOWN
        if is_open and "mdd_suicidal" in one.position.indications:
            named.facts.add("suicidal_ideation")
    named.facts.discard("conditions")
    rows = vocabulary.treatment_fields()
    asked = (*ALWAYS_ASKED, *(name for name in ASKED_BY_NAME if name in named.row_fields))
    return Questions(
        facts=tuple(one for one in vocabulary.facts().values() if one.name in named.facts),
        treatment_fields=tuple(rows[name] for name in asked) if named.counts_treatments else (),
        scales=tuple(one for one in terms.rating_scales().values() if one.id in named.scales),
        asked_by=tuple(
            one.applied.document for one in answer.documents if any(_open_positions([one]))
        ),
    )


def _open_positions(documents: Iterable[CheckedDocument]) -> Iterator[PositionAnswer]:
    """The positions with a list to meet, or one for going on, that is not yet known to fail."""
    for checked in documents:
        for one in checked.answer.positions:
            has_failed = one.verdict is Verdict.DOES_NOT_MEET and one.position.continuation is None
            if one.position.coverage in CAN_BE_MET and not has_failed:
                yield one


def _open_criteria(answer: Answer) -> Iterator[Node]:
    for one in _open_positions(answer.documents):
        for tree in (one.position.criteria, one.position.continuation):
            if tree is not None and not is_wholly_unread(tree):
                yield from walk(tree)
    # Whether a document applies at all may hang on a fact too.
    for checked in answer.documents:
        if checked.applied.document.applies_if is not None:
            yield from walk(checked.applied.document.applies_if)


def _fields_of(definitions: Iterable[TrialDefinition]) -> set[str]:
    names = {
        name
        for wanted in definitions
        for name in TrialDefinition.__slots__
        if getattr(wanted, name) not in (False, None, "", frozenset())
    }
    return {TESTED_AS.get(name, name) for name in names}
