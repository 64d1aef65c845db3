"""Ways to a goal: the sets of edits after which a finding would be met, or would not fail."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from itertools import combinations, islice

from policies import terms, vocabulary
from policies.changes.edits import CODE, FACT, SCORE, Edit, EditSet, Place
from policies.changes.trials import ways_to_count
from policies.criteria import (
    CodeCriterion,
    CountCriterion,
    FactCriterion,
    Group,
    ScaleCriterion,
)
from policies.facts import Facts
from policies.matcher import Finding, decide
from policies.truth import Truth
from policies.vocabulary import Speak

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
        for chosen in islice(combinations(by_member, group.threshold), MOST_WAYS):
            together += _joined(chosen)
        return _shortest(together)

    def _to_leaf(self, goal: Goal, found: Finding) -> Iterator[EditSet]:
        node = found.node
        match node:
            case FactCriterion(fact="conditions"):
                yield from self._to_condition(found, node)
            case FactCriterion():
                yield from self._to_fact(found, node)
            case ScaleCriterion() if not found.is_exclusion:
                yield from self._to_score(found, node)
            case CodeCriterion() if not found.is_exclusion:
                yield _one((CODE, min(node.icd10)), None, found, Speak.NEVER_SUGGEST)
            case CountCriterion() if not found.is_exclusion:
                yield from ways_to_count(found, node, self.facts, ENOUGH[goal])
            case _:
                return

    def _to_condition(self, found: Finding, node: FactCriterion) -> Iterator[EditSet]:
        if found.is_exclusion or node.includes is None:
            return
        if node.includes == "mdd_suicidal" and self.facts.condition("mdd") is Truth.MET:
            yield thoughts_of_suicide(self.facts, found)
            return
        stated = self.facts.stated_conditions or frozenset()
        definition = vocabulary.fact("conditions")
        value = stated | {node.includes}
        yield _one((FACT, definition.name), value, found, definition.speak, stated or None)

    def _to_fact(self, found: Finding, node: FactCriterion) -> Iterator[EditSet]:
        definition = vocabulary.fact(node.fact)
        wanted = Truth.NOT_MET if found.is_exclusion else Truth.MET
        was = self.facts.values.get(node.fact)
        for value in definition.values_near(node):
            facts = replace(self.facts, values={**self.facts.values, node.fact: value})
            if decide(node, facts) is wanted:
                speak = definition.speak
                if was is not None and speak is Speak.RECORD_IT:
                    # What was told is not to be told otherwise.
                    speak = Speak.NEVER_SUGGEST
                yield _one((FACT, node.fact), value, found, speak, was)
                return

    def _to_score(self, found: Finding, node: ScaleCriterion) -> Iterator[EditSet]:
        charted = {one.scale: one.score for one in self.facts.scores}
        for name in node.scales:
            was = charted.get(name)
            # A score that is in the chart may be added; another one than it is never suggested.
            speak = Speak.RECORD_IT if was is None else Speak.NEVER_SUGGEST
            yield _one((SCORE, name), _score_within(node, name), found, speak, was)


def thoughts_of_suicide(facts: Facts, found: Finding, *, opens_list: bool = False) -> EditSet:
    """Thoughts of suicide, which a rule may turn on and nobody is ever to be pointed to."""
    definition = vocabulary.fact("suicidal_ideation")
    edit = Edit(
        (FACT, definition.name),
        "without_intent",
        definition.speak,
        (found,),
        was_answered=definition.name in facts.values,
        opens_suicidality_list=opens_list,
    )
    return frozenset([edit])


def _one(
    place: tuple[str, str], value: object, found: Finding, speak: Speak, was: object = None
) -> EditSet:
    return frozenset([Edit(place, value, speak, (found,), was_answered=was is not None)])


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
    first = {edit.place: edit for edit in one}
    second = {edit.place: edit for edit in other}
    yield _over(second, first)
    if any(edit.value != second.get(place, edit).value for place, edit in first.items()):
        yield _over(first, second)


def _over(under: Mapping[Place, Edit], upper: Mapping[Place, Edit]) -> EditSet:
    """All edits, the upper ones where both have a place; each keeps the criteria of both."""
    both = {
        place: replace(
            edit,
            criteria=(*edit.criteria, *under[place].criteria),
            opens_suicidality_list=edit.opens_suicidality_list
            or under[place].opens_suicidality_list,
        )
        for place, edit in upper.items()
        if place in under
    }
    return frozenset({**under, **upper, **both}.values())


def _shortest(ways: Iterable[EditSet]) -> list[EditSet]:
    short = (way for way in dict.fromkeys(ways) if len(way) <= MOST_EDITS)
    return sorted(short, key=cost)[:MOST_WAYS]


def cost(way: EditSet) -> tuple[int, int, list[str]]:
    """Short ways first, of these what is to be found out before what is to be chosen."""
    speech = sum(SPOKEN_FIRST.index(edit.speak) for edit in way)
    return len(way), speech, sorted(str(edit.place) for edit in way)
