"""Which questions can still change a verdict, and which of them to ask first."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from policies import terms, vocabulary
from policies.catalogue import Catalogue, CoveragePosition, Document
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
from policies.criteria.trials import MEASURED_BY
from policies.facts import facts_from
from policies.influence import Influence, influences
from policies.matcher import Finding, evaluate
from policies.situation import Situation
from policies.terms import RatingScale
from policies.verdict import CAN_BE_MET, PositionAnswer, judge_document
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
TREATMENTS = "treatments_tried"
PHASE = "request_phase"
IDEATION = "suicidal_ideation"


@dataclass(frozen=True, slots=True)
class Question:
    """Something to ask: a fact, the latest score on a scale, or the list of treatments tried.

    `settles` counts the verdicts that its yes or its no alone would settle.
    """

    name: str
    is_scale: bool = False
    settles: int = 0

    @property
    def is_sensitive(self) -> bool:
        definition = vocabulary.facts().get(self.name)
        return definition is not None and definition.sensitive

    @property
    def text(self) -> str:
        """The question in the patient's words."""
        if self.is_scale:
            return f"What is the latest {terms.rating_scales()[self.name].label} score?"
        if self.name == TREATMENTS:
            return "Which treatments were tried for this condition, how long, and what happened?"
        return vocabulary.fact(self.name).question


@dataclass(frozen=True, slots=True)
class Questions:
    """What the documents that apply still need to know.

    `in_order` is the order to ask in, the most decisive first and what is sensitive last; the
    other lists hold the same in the order of the vocabulary.
    """

    in_order: tuple[Question, ...] = ()
    facts: tuple[FactDefinition, ...] = ()
    treatment_fields: tuple[FactDefinition, ...] = ()
    scales: tuple[RatingScale, ...] = ()
    asked_by: tuple[Document, ...] = ()

    @property
    def are_none(self) -> bool:
        return not self.in_order

    @property
    def at_most(self) -> int:
        """No more than so many are left: an answer may make others pointless, but opens none."""
        return len(self.in_order)


def questions_for(
    situation: Situation,
    *,
    catalogue: Catalogue,
    on: dt.date,
    not_sure: frozenset[str] = frozenset(),
) -> Questions:
    """Name what can still change a verdict; `not_sure` are the questions answered with that.

    `situation` holds the plan, the treatment and the condition, and what was answered so far.
    """
    return questions_of(check(situation, catalogue=catalogue, on=on), not_sure=not_sure)


def questions_of(answer: Answer, *, not_sure: frozenset[str] = frozenset()) -> Questions:
    """Name what can still change the verdict of any document of an answer."""
    asker = _Asker(answer, not_sure)
    for checked in answer.documents:
        asker.look_at(checked)
    found = asker.questions()
    rows = vocabulary.treatment_fields()
    names = {question.name for question in found}
    asked = [name for name in rows if name in ALWAYS_ASKED or name in asker.row_fields]
    return Questions(
        in_order=found,
        facts=tuple(one for one in vocabulary.facts().values() if one.name in names),
        treatment_fields=tuple(rows[name] for name in asked) if TREATMENTS in names else (),
        scales=tuple(one for one in terms.rating_scales().values() if one.id in names),
        asked_by=tuple(asker.asked_by),
    )


class _Asker:
    """Gathers what the documents of an answer need to know."""

    def __init__(self, answer: Answer, not_sure: frozenset[str]) -> None:
        self.situation = answer.situation
        self.facts = facts_from(answer.situation, on=answer.on)
        self.not_sure = not_sure
        self.settles: dict[str, int] = {}
        self.row_fields: set[str] = set()
        self.asked_by: list[Document] = []

    def look_at(self, checked: CheckedDocument) -> None:
        before = dict(self.settles)
        for position in checked.answer.positions:
            if position.position.coverage in CAN_BE_MET:
                self._look_at_position(position)
        self._look_at_what_decides_the_list(checked)
        if self.settles != before:
            self.asked_by.append(checked.applied.document)

    def questions(self) -> tuple[Question, ...]:
        known = [TREATMENTS, *vocabulary.facts(), *terms.rating_scales()]
        found = [
            Question(name, name in terms.rating_scales(), settles)
            for name, settles in self.settles.items()
        ]
        return tuple(
            sorted(found, key=lambda one: (one.is_sensitive, -one.settles, known.index(one.name)))
        )

    def _look_at_position(self, answer: PositionAnswer) -> None:
        trees = [answer.findings] if answer.findings is not None else []
        continuation = answer.position.continuation
        if self._can_ask(PHASE) and not answer.is_continuation and continuation is not None:
            trees.append(evaluate(continuation, self.facts))
        for tree in trees:
            for one in influences(tree, answer.applies, self._can_answer):
                self._note(one)

    def _look_at_what_decides_the_list(self, checked: CheckedDocument) -> None:
        """The phase, thoughts of suicide and the formulary decide which list is the person's."""
        deciding = {PHASE, IDEATION}
        for position in checked.applied.edition.positions:
            deciding |= _facts_in(position.applies_if)
        deciding |= _facts_in(checked.applied.document.applies_if)
        for name in sorted(deciding):
            if self._can_ask(name) and self._decides(name, checked):
                self.settles.setdefault(name, 0)

    def _decides(self, name: str, checked: CheckedDocument) -> bool:
        """Whether some answer leads to another list, or to another verdict, in this document."""
        if name == PHASE:
            return any(_may_differ_later(one) for one in checked.answer.positions)
        held = _lists_of(checked, self.situation, self.facts.on)
        choices = vocabulary.fact(name).choices or {}
        return any(
            _lists_of(checked, _with_answer(self.situation, name, choice), self.facts.on) != held
            for choice in choices
        )

    def _note(self, influence: Influence) -> None:
        node = influence.leaf.node
        names: Iterable[str] = ()
        if isinstance(node, FactCriterion):
            names = [IDEATION if node.fact == "conditions" else node.fact]
        elif isinstance(node, ScaleCriterion):
            names = [name for name in node.scales if self._can_ask(name)]
        elif isinstance(node, CountCriterion):
            names = [TREATMENTS]
            self.row_fields.update(_fields_of(node.where))
        for name in names:
            self.settles[name] = self.settles.get(name, 0) + influence.settles

    def _can_ask(self, name: str) -> bool:
        """Whether it was not answered, be it with "not sure"."""
        if name in self.not_sure:
            return False
        if name == TREATMENTS:
            return self.situation.treatments_tried is None
        if name in terms.rating_scales():
            return all(score.scale != name for score in self.situation.scores)
        return name not in self.facts.values

    def _can_answer(self, leaf: Finding) -> bool:
        match leaf.node:
            case FactCriterion(fact="conditions"):
                # The condition is asked with the plan; thoughts of suicide may settle it later.
                is_open = leaf.node.includes == "mdd_suicidal"
                return is_open and self._can_ask(IDEATION)
            case FactCriterion():
                return self._can_ask(leaf.node.fact)
            case ScaleCriterion():
                return any(self._can_ask(name) for name in leaf.node.scales)
            case CountCriterion():
                return self._can_ask(TREATMENTS)
            case _:
                return False


def _may_differ_later(answer: PositionAnswer) -> bool:
    """Whether going on with a course may be answered otherwise than beginning one."""
    position = answer.position
    if position.coverage is not CoveragePosition.COVERED_WITH_CRITERIA:
        return False
    trees = (position.criteria, position.continuation)
    # Of lists of which nothing was read, the one is answered like the other.
    return any(tree is not None and not is_wholly_unread(tree) for tree in trees)


def _lists_of(checked: CheckedDocument, situation: Situation, on: dt.date) -> object:
    """Which lists of a document decide, and what it comes to."""
    answer = judge_document(
        checked.applied.document,
        checked.applied.edition,
        treatment=situation.treatment,
        facts=facts_from(situation, on=on),
    )
    lists = {(one.position.indications, one.applies) for one in answer.positions}
    return lists, answer.verdict, answer.ground


def _with_answer(situation: Situation, name: str, choice: str) -> Situation:
    return replace(situation, answers={**situation.answers, name: choice})


def _facts_in(tree: Node | None) -> set[str]:
    if tree is None:
        return set()
    return {node.fact for node in walk(tree) if isinstance(node, FactCriterion)}


def _fields_of(definitions: Iterable[TrialDefinition]) -> Iterator[str]:
    """The fields of a treatment tried that definitions test."""
    for wanted in definitions:
        for name in TrialDefinition.__slots__:
            if getattr(wanted, name) not in (False, None, "", frozenset()):
                yield MEASURED_BY.get(name, name)
