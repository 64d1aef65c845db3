"""Worked cases held against two editions: whose verdict changes, and by which line."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from policies.catalogue import Document, Edition, Position
from policies.effects import EditionEffect, PositionEffect
from policies.effects.fields import FieldEffect
from policies.effects.rows import LineEffect, State, Weight, said
from policies.effects.rules import RuleChange
from policies.facts import Facts
from policies.matcher import Finding, evaluate
from policies.outline import Line, Working, WorkingPosition
from policies.situation import Treatment
from policies.truth import Truth
from policies.verdict import DocumentAnswer, Ground, Verdict, judge_document
from policies.worked_cases import Settled, WorkedCase, settle

# The fields of a position by which a verdict goes; by limits and codes none does.
DECIDING = ("treatment", "indications", "coverage")
# Which verdicts go by a field of the edition itself.
BY_EDITION = {
    "status": {Verdict.WITHDRAWN},
    "is_read_whole": {Verdict.NOT_ADDRESSED, Verdict.ANSWER_UNREAD},
}


@dataclass(frozen=True, slots=True)
class Held:
    """An edition that can be judged by, with the working form whose keys its lines have."""

    edition: Edition
    working: Working


@dataclass(frozen=True)
class Outcome:
    """What an edition makes of a case; the rest is found once it is asked for."""

    held: Held
    treatment: Treatment
    facts: Facts
    answer: DocumentAnswer

    @property
    def verdict(self) -> tuple[Verdict, Ground | None]:
        return self.answer.verdict, self.answer.ground

    @cached_property
    def positions(self) -> tuple[str, ...]:
        """The keys of the positions that decide."""
        return tuple(self._working_of(one.position).key for one in self.answer.positions)

    @cached_property
    def truths(self) -> Mapping[str, Truth]:
        """The truth of each line that decides, by its key."""
        truths: dict[str, Truth] = {}
        for position, working in self._pairs():
            if position.applies_if is not None and position.treatment is self.treatment:
                scope = working.lists.get("applies_if", ())
                _note(truths, scope, evaluate(position.applies_if, self.facts))
        for one in self.answer.positions:
            name = "continuation" if one.is_continuation else "criteria"
            _note(truths, self._working_of(one.position).lists.get(name, ()), one.findings)
        return truths

    def _pairs(self) -> Iterator[tuple[Position, WorkingPosition]]:
        yield from zip(self.held.edition.positions, self.held.working.positions, strict=True)

    def _working_of(self, position: Position) -> WorkingPosition:
        return next(working for one, working in self._pairs() if one is position)


@dataclass(frozen=True, slots=True)
class Turn:
    """A change that turned a case, with the truth of its line before and after.

    A truth is None where the line does not stand, or where it is no line that changed.
    """

    label: str
    anchor: str
    rules: tuple[RuleChange, ...]
    before: Truth | None = None
    after: Truth | None = None


@dataclass(frozen=True, slots=True)
class CaseEffect:
    """A case before and after. `is_as_if`: on its day the newer edition is not in force yet."""

    settled: Settled
    before: Outcome
    after: Outcome
    is_as_if: bool

    @property
    def case(self) -> WorkedCase:
        return self.settled.case

    @property
    def is_turned(self) -> bool:
        return self.before.verdict != self.after.verdict


def case_effects(
    cases: Iterable[WorkedCase], document: Document, before: Held, after: Held
) -> tuple[CaseEffect, ...]:
    """Each case judged by both editions on its own day; `document` holds both."""
    return tuple(_case_effect(settle(case, document), document, before, after) for case in cases)


def _case_effect(settled: Settled, document: Document, before: Held, after: Held) -> CaseEffect:
    treatment, facts = settled.situation.treatment, settled.facts
    was, now = (
        Outcome(
            held,
            treatment,
            facts,
            judge_document(document, held.edition, treatment=treatment, facts=facts),
        )
        for held in (before, after)
    )
    return CaseEffect(settled, was, now, is_as_if=settled.on < after.edition.known_from)


def _note(truths: dict[str, Truth], lines: Iterable[Line], finding: Finding | None) -> None:
    """The working form has the same lines in the same order as the tree that was judged."""
    if finding is None:
        return
    for line in lines:
        truths[line.key] = finding.truth
        for member, found in zip(line.members, finding.members, strict=False):
            _note(truths, (member,), found)


def turns_of(case: CaseEffect, effect: EditionEffect) -> tuple[Turn, ...]:
    """The changes of the rule by which a case came out otherwise, as far as they can be told."""
    verdicts = {one.answer.verdict for one in (case.before, case.after)}
    by_edition = tuple(
        Turn("The edition", "edition", (_told(one),))
        for one in effect.fields
        if verdicts & BY_EDITION.get(one.name, set())
    )
    if Verdict.WITHDRAWN in verdicts:
        # Of what was withdrawn no line decides.
        return by_edition
    by_positions = (
        turn for one in effect.positions for turn in _of_position(one, case.before, case.after)
    )
    return (*by_positions, *by_edition)


def _told(field: FieldEffect) -> RuleChange:
    return RuleChange(field.label, field.before, field.after)


def _of_position(position: PositionEffect, was: Outcome, now: Outcome) -> Iterator[Turn]:
    is_deciding = position.before is not None and position.before.key in was.positions
    is_deciding |= position.after is not None and position.after.key in now.positions
    if position.state in (State.NEW, State.GONE):
        if is_deciding:
            what = "Came" if position.state is State.NEW else "Went"
            yield Turn("What is said of this treatment", position.anchor, (RuleChange(what),))
        return
    told = [_told(one) for one in position.fields if is_deciding and one.name in DECIDING]
    if told:
        yield Turn("What is said of this treatment", position.anchor, tuple(told))
    for line in position.lines:
        before = was.truths.get(line.before.key) if line.before else None
        after = now.truths.get(line.after.key) if line.after else None
        if line.weight is Weight.RULE and line.is_top and _counts(line, before, after):
            yield Turn(said(line.line, "label"), line.anchor, line.rules, before, after)


def _counts(line: LineEffect, before: Truth | None, after: Truth | None) -> bool:
    """Whether a changed line came out otherwise; one that came or went, whether it decides."""
    if line.is_elsewhere:
        return before is not None or after is not None
    if line.state not in (State.NEW, State.GONE):
        return None not in (before, after) and before is not after
    truth = after if line.state is State.NEW else before
    if truth is None:
        return False
    # Of several ways one that fails changes nothing; of what is wanted, one that is met.
    is_way = line.group is not None and line.group.kind in ("any_of", "at_least")
    return truth is not (Truth.NOT_MET if is_way else Truth.MET)
