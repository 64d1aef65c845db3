"""What would change an answer: the smallest edits of a situation that lead to a better verdict.

Every set of edits is applied to the whole situation and run through the whole check, so criteria
that share a fact are never taken as independent; no part of a set does what the set does.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from policies.catalogue import Catalogue, Document
from policies.changes.edits import FACT, FURTHER, ROW, Edit, EditSet, edited, is_consistent
from policies.changes.ways import Goal, Ways, cost, merged, thoughts_of_suicide
from policies.check import Answer, CheckedDocument, check
from policies.criteria import FactCriterion, Node
from policies.facts import Facts, facts_from
from policies.matcher import Finding, evaluate
from policies.situation import Situation
from policies.truth import Truth
from policies.verdict import CAN_BE_MET, Verdict, match_condition
from policies.vocabulary import Speak

__all__ = ["FACT", "FURTHER", "ROW", "Change", "Edit", "edited", "what_would_change"]

# A document is asked for so many ways, the shortest first.
MOST_CHANGES = 4
# What a list for suicidality asks of whoever it is for, before its first criterion.
OWN_LIST = Finding(
    FactCriterion("Thoughts of suicide", "suicidal_ideation", equals="without_intent"),
    Truth.NOT_MET,
)
RANKS = {Verdict.COULD_QUALIFY: 1, Verdict.APPEARS_TO_QUALIFY: 2}


@dataclass(frozen=True, slots=True)
class Change:
    """A smallest set of edits that leads to a better verdict of one document.

    `is_offered` tells whether it may be spoken of as something to do: a set that holds anything
    never to be suggested is the document's rule, and no advice.
    """

    document: Document
    edits: tuple[Edit, ...]
    verdict: Verdict

    @property
    def is_offered(self) -> bool:
        return all(edit.speak is not Speak.NEVER_SUGGEST for edit in self.edits)

    @property
    def leads_to_suicidality_list(self) -> bool:
        """Whether it goes by a list that is for people with thoughts of suicide."""
        return any(edit.opens_suicidality_list for edit in self.edits)


def what_would_change(answer: Answer, *, catalogue: Catalogue) -> tuple[Change, ...]:
    """The smallest edits that lead to a better verdict, of every document that has a list."""
    searcher = _Searcher(answer, catalogue)
    return tuple(change for checked in answer.documents for change in searcher.changes_of(checked))


class _Searcher:
    """Tries sets of edits on one person's situation; each is run through the check once."""

    def __init__(self, answer: Answer, catalogue: Catalogue) -> None:
        self.answer = answer
        self.catalogue = catalogue
        self.facts = facts_from(answer.situation, on=answer.on)
        self.tried: dict[EditSet, dict[str, Verdict]] = {}

    def changes_of(self, checked: CheckedDocument) -> list[Change]:
        """The smallest changes; those to offer and the others are counted apart."""
        stem = checked.applied.document.stem
        now = _rank(checked.answer.verdict)
        found: list[Change] = []
        for way in self._ways(checked):
            if any(_says_no_more(one.edits, way) for one in found):
                continue
            change = self._change(checked, way)
            alike = sum(one.is_offered is change.is_offered for one in found) if change else 0
            if change is None or alike == MOST_CHANGES:
                continue
            if not self._is_more_than_needed(way, stem, now):
                found.append(change)
        return found

    def _change(self, checked: CheckedDocument, way: EditSet) -> Change | None:
        verdict = self._verdicts(way).get(checked.applied.document.stem)
        if verdict is None or _rank(verdict) <= _rank(checked.answer.verdict):
            return None
        edits = tuple(sorted(way, key=lambda one: str(one.place)))
        return Change(checked.applied.document, edits, verdict)

    def _is_more_than_needed(self, way: EditSet, stem: str, now: int) -> bool:
        """Whether a part of the edits does it too."""
        parts = (frozenset(part) for size in range(len(way)) for part in combinations(way, size))
        return any(_rank(self._verdicts(part).get(stem)) > now for part in parts)

    def _verdicts(self, way: EditSet) -> dict[str, Verdict]:
        """What every document comes to with the edits; nothing where they contradict themselves."""
        if way not in self.tried:
            self.tried[way] = self._run(edited(self.answer.situation, way, on=self.answer.on))
        return self.tried[way]

    def _run(self, situation: Situation) -> dict[str, Verdict]:
        if not is_consistent(situation):
            return {}
        answer = check(situation, catalogue=self.catalogue, on=self.answer.on)
        return {one.applied.document.stem: one.answer.verdict for one in answer.documents}

    def _ways(self, checked: CheckedDocument) -> list[EditSet]:
        goal = Goal.MET if checked.answer.verdict is Verdict.COULD_QUALIFY else Goal.OPEN
        if checked.answer.verdict is Verdict.APPEARS_TO_QUALIFY:
            return []
        ways = Ways(self.facts)
        found = [
            both
            for tree, to_apply in _lists(checked, self.answer.situation, self.facts)
            for way in ways.to(goal, evaluate(tree, self.facts))
            for both in merged(way, to_apply)
        ]
        return sorted(found, key=cost)


def _says_no_more(edits: tuple[Edit, ...], way: EditSet) -> bool:
    """Whether a way holds all places of a change, or serves the same criteria in the same way."""
    places = {edit.place for edit in way}
    return {edit.place for edit in edits} <= places or _served(edits) == _served(way)


def _served(edits: Iterable[Edit]) -> set[tuple[str | int, str]]:
    return {(edit.place[0], found.node.label) for edit in edits for found in edit.criteria}


def _rank(verdict: Verdict | None) -> int:
    return 0 if verdict is None else RANKS.get(verdict, 0)


def _lists(
    checked: CheckedDocument, situation: Situation, facts: Facts
) -> Iterator[tuple[Node, EditSet]]:
    """The lists that are or may be the person's, each with what would make it so."""
    is_continuing = facts.values.get("request_phase") == "continuing"
    for position in checked.answer.edition.positions:
        tree = position.continuation if is_continuing else position.criteria
        if tree is None or position.coverage not in CAN_BE_MET:
            continue
        if position.treatment is not situation.treatment:
            continue
        applies, _, _ = match_condition(position, facts)
        if applies is not Truth.NOT_MET:
            yield tree, frozenset()
        if "mdd_suicidal" in position.indications and applies is not Truth.MET:
            yield tree, thoughts_of_suicide(facts, OWN_LIST, opens_list=True)
