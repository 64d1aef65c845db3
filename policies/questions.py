"""Which questions can still change a verdict, and which of them to ask first."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from policies import terms, vocabulary
from policies.asked import TREATMENTS, Question, Questions
from policies.catalogue import Catalogue, CoveragePosition, Document
from policies.check import Answer, CheckedDocument, check
from policies.criteria import (
    CountCriterion,
    FactCriterion,
    Node,
    ScaleCriterion,
    TrialDefinition,
    walk,
)
from policies.criteria.trials import MEASURED_BY
from policies.facts import facts_from
from policies.influence import influences
from policies.matcher import Finding, decide, evaluate
from policies.situation import Situation
from policies.truth import Truth
from policies.verdict import (
    CAN_BE_MET,
    DocumentAnswer,
    PositionAnswer,
    Verdict,
    judge_document,
    judge_position,
)

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
PHASE = "request_phase"
IDEATION = "suicidal_ideation"


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
        self.of_this_phase: set[str] = set()
        self.row_fields: set[str] = set()
        self.asked_by: list[Document] = []

    def look_at(self, checked: CheckedDocument) -> None:
        found: list[tuple[str, int]] = []
        of_going_on: list[tuple[str, int]] = []
        if checked.answer.verdict is not Verdict.APPEARS_TO_QUALIFY:
            for position in checked.answer.positions:
                found += self._of_position(position)
                of_going_on += self._of_going_on(position)
        found += [(name, 0) for name in sorted(_deciding(checked)) if self._decides(name, checked)]
        self.of_this_phase.update(name for name, _ in found)
        found += of_going_on
        for name, settles in found:
            self.settles[name] = self.settles.get(name, 0) + settles
        if found:
            self.asked_by.append(checked.applied.document)

    def questions(self) -> tuple[Question, ...]:
        known = [TREATMENTS, *vocabulary.facts(), *terms.rating_scales()]
        found = [
            Question(name, name in terms.rating_scales(), settles)
            for name, settles in self.settles.items()
        ]

        def place(one: Question) -> tuple[bool, bool, int, int]:
            # What only a list for going on asks waits until it is known that one goes on.
            waits = one.name not in self.of_this_phase
            return one.is_sensitive, waits, -one.settles, known.index(one.name)

        return tuple(sorted(found, key=place))

    def _of_position(self, answer: PositionAnswer) -> list[tuple[str, int]]:
        """What the list of a position asks."""
        return self._of_list(answer, answer.findings)

    def _asks(self, answer: PositionAnswer) -> bool:
        return bool(self._of_position(answer) or self._of_going_on(answer))

    def _of_going_on(self, answer: PositionAnswer) -> list[tuple[str, int]]:
        """What the list for going on asks, while it is open which of the two is the person's."""
        continuation = answer.position.continuation
        if continuation is None or answer.is_continuation or not self._can_ask(PHASE):
            return []
        return self._of_list(answer, evaluate(continuation, self.facts))

    def _of_list(self, answer: PositionAnswer, tree: Finding | None) -> list[tuple[str, int]]:
        if tree is None or answer.position.coverage not in CAN_BE_MET:
            return []
        return [
            (name, influence.settles)
            for influence in influences(tree, answer.applies, self._can_answer)
            for name in self._names(influence.leaf.node)
        ]

    def _decides(self, name: str, checked: CheckedDocument) -> bool:
        """Whether some answer leads to another verdict, or to another list that still can."""
        if not self._can_ask(name):
            return False
        if name == PHASE:
            return any(self._may_differ_later(checked, one) for one in checked.answer.positions)
        held = self._as_it_would_be(checked, self.situation)
        return any(
            self._differs(held, self._as_it_would_be(checked, changed))
            for changed in self._changed(name, checked)
        )

    def _changed(self, name: str, checked: CheckedDocument) -> Iterator[Situation]:
        for value in _values_near(name, checked):
            yield replace(self.situation, answers={**self.situation.answers, name: value})

    def _as_it_would_be(
        self, checked: CheckedDocument, situation: Situation
    ) -> DocumentAnswer | None:
        """The document's answer to a changed situation; nothing where it would not apply."""
        facts = facts_from(situation, on=self.facts.on)
        scope = checked.applied.document.applies_if
        if scope is not None and decide(scope, facts) is Truth.NOT_MET:
            return None
        return judge_document(
            checked.applied.document,
            checked.applied.edition,
            treatment=situation.treatment,
            facts=facts,
        )

    def _differs(self, held: DocumentAnswer | None, other: DocumentAnswer | None) -> bool:
        if held is None or other is None:
            return held is not other
        if (held.verdict, held.ground) != (other.verdict, other.ground):
            return True
        lists = {_list_of(one) for one in held.positions}
        return any(self._asks(one) for one in other.positions if _list_of(one) not in lists) or any(
            self._asks(one)
            for one in held.positions
            if _list_of(one) not in {_list_of(new) for new in other.positions}
        )

    def _may_differ_later(self, checked: CheckedDocument, answer: PositionAnswer) -> bool:
        """Whether going on with a course can come to something else than beginning one."""
        if answer.position.coverage is not CoveragePosition.COVERED_WITH_CRITERIA:
            return False
        facts = self.facts
        verdicts = set()
        for phase in ("first", "continuing"):
            phased = replace(facts, values={**facts.values, PHASE: phase})
            one = judge_position(checked.applied.edition, answer.position, phased)
            can_move = one.findings is not None and bool(
                influences(one.findings, one.applies, self._can_answer)
            )
            verdicts.add((one.verdict, can_move))
        return len(verdicts) > 1 or any(can_move for _, can_move in verdicts)

    def _names(self, node: Node) -> list[str]:
        """The questions that a criterion asks."""
        match node:
            case FactCriterion():
                return [IDEATION if node.fact == "conditions" else node.fact]
            case ScaleCriterion():
                return [name for name in node.scales if self._can_ask(name)]
            case CountCriterion():
                self.row_fields.update(_fields_of(node.where))
                return [TREATMENTS]
            case _:
                return []

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


def _deciding(checked: CheckedDocument) -> set[str]:
    """The phase, thoughts of suicide and what the scope names decide which list is the person's."""
    scopes = [one.applies_if for one in checked.applied.edition.positions]
    tests = _tests_in([*scopes, checked.applied.document.applies_if])
    return {PHASE, IDEATION} | {test.fact for test in tests}


def _tests_in(trees: Iterable[Node | None]) -> list[FactCriterion]:
    nodes = (node for tree in trees if tree is not None for node in walk(tree))
    return [node for node in nodes if isinstance(node, FactCriterion)]


def _values_near(name: str, checked: CheckedDocument) -> list[Any]:
    """The answers worth trying: every choice, or what the scopes of a document tell apart."""
    definition = vocabulary.fact(name)
    if definition.choices:
        return list(definition.choices)
    scopes = [one.applies_if for one in checked.applied.edition.positions]
    tests = _tests_in([*scopes, checked.applied.document.applies_if])
    return [value for test in tests if test.fact == name for value in definition.values_near(test)]


def _list_of(answer: PositionAnswer) -> object:
    return answer.position.indications, answer.position.applies_if, answer.applies


def _fields_of(definitions: Iterable[TrialDefinition]) -> Iterator[str]:
    """The fields of a treatment tried that definitions test."""
    for wanted in definitions:
        for name in TrialDefinition.__slots__:
            if getattr(wanted, name) not in (False, None, "", frozenset()):
                yield MEASURED_BY.get(name, name)
