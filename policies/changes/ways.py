"""Ways to a goal: the sets of edits after which a finding would be met, or would not fail."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from itertools import combinations
from typing import Any

from policies import terms, vocabulary
from policies.changes.edits import CODE, FACT, SCORE, Edit, EditSet
from policies.changes.trials import ways_to_count
from policies.criteria import (
    CodeCriterion,
    CountCriterion,
    FactCriterion,
    Group,
    Node,
    ScaleCriterion,
)
from policies.facts import Facts
from policies.matcher import Finding, decide
from policies.truth import Truth
from policies.vocabulary import FactType, Speak

NOTHING: EditSet = frozenset()
# No way is longer, and of the ways to one goal only the shortest so many are followed.
MOST_EDITS = 4
MOST_WAYS = 24


class Goal(Enum):
    """What a finding should come to: met, or at least not failed."""

    MET = "met"
    OPEN = "open"


SPOKEN_FIRST = (
    Speak.RECORD_IT,
    Speak.ASK_SOMEONE,
    Speak.DISCUSS_WITH_CLINICIAN,
    Speak.NEVER_SUGGEST,
)
ENOUGH = {
    Goal.MET: frozenset([Truth.MET]),
    Goal.OPEN: frozenset([Truth.MET, Truth.UNKNOWN]),
}


@dataclass(frozen=True, slots=True)
class Ways:
    """Finds the ways for one person's facts."""

    facts: Facts

    def to(self, goal: Goal, found: Finding) -> list[EditSet]:
        """The shortest sets of edits to a goal; an empty set where it is reached already."""
        if found.truth is Truth.MET or (goal is Goal.OPEN and found.truth is Truth.UNKNOWN):
            return [NOTHING]
        node = found.node
        if isinstance(node, Group):
            return self._to_group(goal, found, node)
        return _shortest(self._to_leaf(goal, found))

    def _to_group(self, goal: Goal, found: Finding, group: Group) -> list[EditSet]:
        by_member = [ways for ways in (self.to(goal, one) for one in found.members) if ways]
        together: list[EditSet] = []
        for chosen in combinations(by_member, group.threshold):
            together += _joined(chosen)
        return _shortest(together)

    def _to_leaf(self, goal: Goal, found: Finding) -> Iterator[EditSet]:
        node = found.node
        match node:
            case FactCriterion(fact="conditions"):
                yield from self._to_condition(node, is_exclusion=found.is_exclusion)
            case FactCriterion():
                yield from self._to_fact(node, is_exclusion=found.is_exclusion)
            case ScaleCriterion() if not found.is_exclusion:
                yield from self._to_score(node)
            case CodeCriterion() if not found.is_exclusion:
                yield _one((CODE, min(node.icd10)), None, node, Speak.NEVER_SUGGEST, None)
            case CountCriterion() if not found.is_exclusion:
                enough = ENOUGH[goal]
                yield from ways_to_count(node, self.facts, enough)
            case _:
                return

    def _to_condition(self, node: FactCriterion, *, is_exclusion: bool) -> Iterator[EditSet]:
        if is_exclusion or node.includes is None:
            return
        if node.includes == "mdd_suicidal" and self.facts.condition("mdd") is Truth.MET:
            definition = vocabulary.fact("suicidal_ideation")
            was = self.facts.values.get(definition.name)
            yield _one((FACT, definition.name), "without_intent", node, definition.speak, was)
            return
        stated = self.facts.stated_conditions or frozenset()
        definition = vocabulary.fact("conditions")
        value = stated | {node.includes}
        yield _one((FACT, definition.name), value, node, definition.speak, stated or None)

    def _to_fact(self, node: FactCriterion, *, is_exclusion: bool) -> Iterator[EditSet]:
        definition = vocabulary.fact(node.fact)
        wanted = Truth.NOT_MET if is_exclusion else Truth.MET
        was = self.facts.values.get(node.fact)
        for value in _candidates(node):
            facts = replace(self.facts, values={**self.facts.values, node.fact: value})
            if decide(node, facts) is wanted:
                speak = definition.speak
                if was is not None and speak is Speak.RECORD_IT:
                    # What was told is not to be told otherwise.
                    speak = Speak.NEVER_SUGGEST
                yield _one((FACT, node.fact), value, node, speak, was)
                return

    def _to_score(self, node: ScaleCriterion) -> Iterator[EditSet]:
        charted = {one.scale: one.score for one in self.facts.scores}
        # Any one of the scales will do, so one of those that were not given stands for all.
        name = next((one for one in node.scales if one not in charted), node.scales[0])
        was = charted.get(name)
        # A score that is in the chart may be added; another one than it is never suggested.
        speak = Speak.RECORD_IT if was is None else Speak.NEVER_SUGGEST
        yield _one((SCORE, name), _score_within(node, name), node, speak, was)


def _one(place: tuple[str, str], value: object, node: Node, speak: Speak, was: object) -> EditSet:
    return frozenset([Edit(place, value, speak, node, was_answered=was is not None)])


def _candidates(node: FactCriterion) -> list[Any]:
    """Answers worth trying: every choice, and numbers at a limit and one step beyond it."""
    definition = vocabulary.fact(node.fact)
    match definition.type:
        case FactType.BOOLEAN:
            return [True, False]
        case FactType.CHOICE:
            return list(definition.choices or {})
        case FactType.NUMBER:
            limits = [
                one for one in (node.min, node.max, node.above, node.below) if one is not None
            ]
            near = [limit + step for limit in limits for step in (0, 1, -1)]
            low, high = definition.min, definition.max
            return [
                one for one in near if (low is None or one >= low) and (high is None or one <= high)
            ]
        case FactType.SET:
            return [] if node.includes is None else [frozenset([node.includes])]
        case _:
            return [] if node.equals is None else [node.equals]


def _score_within(node: ScaleCriterion, scale: str) -> int:
    """A score within the limits, as near to them as can be."""
    reach = terms.rating_scales()[scale].range
    if node.min is not None:
        return int(node.min)
    if node.above is not None:
        return int(node.above) + 1
    if node.max is not None:
        return int(node.max)
    if node.below is not None:
        return int(node.below) - 1
    return reach[1] if reach else 0


def _joined(by_member: Iterable[list[EditSet]]) -> list[EditSet]:
    """One way of each member, taken together in every combination."""
    joined = [NOTHING]
    for ways in by_member:
        joined = _shortest(both for one in joined for other in ways for both in merged(one, other))
    return joined


def merged(one: EditSet, other: EditSet) -> Iterator[EditSet]:
    """Both sets at once; where they want two answers in one place, once with each of the two."""
    places = {edit.place for edit in one} & {edit.place for edit in other}
    kept_of_one = frozenset(edit for edit in one if edit.place not in places)
    kept_of_other = frozenset(edit for edit in other if edit.place not in places)
    yield one | kept_of_other
    if any(_value(one, place) != _value(other, place) for place in places):
        yield kept_of_one | other


def _value(edits: EditSet, place: object) -> object:
    return next(edit.value for edit in edits if edit.place == place)


def _shortest(ways: Iterable[EditSet]) -> list[EditSet]:
    unique = {frozenset((one.place, repr(one.value)) for one in way): way for way in ways}
    short = [way for way in unique.values() if len(way) <= MOST_EDITS]
    return sorted(short, key=cost)[:MOST_WAYS]


def cost(way: EditSet) -> tuple[int, int, list[str]]:
    """Short ways first, of these what is to be found out before what is to be chosen."""
    speech = sum(SPOKEN_FIRST.index(edit.speak) for edit in way)
    return len(way), speech, sorted(str(edit.place) for edit in way)
