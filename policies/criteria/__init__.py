"""The criteria tree: what a document wants, in a form that can be tested.

Every node has a label; its `id`, where it has one, is unique in its tree. A criterion's words are
the insurer's only where its source carries a quote; otherwise the label is ours and the page says
so. The data form is read by `criteria.reading` and written by `criteria.writing`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class Operator(StrEnum):
    """How a group joins its members. `all_of` and `any_of` are the two ends of `at_least`.

    `first_list` stands in a list for going on: its one member is the whole first list.
    """

    ALL_OF = "all_of"
    ANY_OF = "any_of"
    AT_LEAST = "at_least"
    NONE_OF = "none_of"
    FIRST_LIST = "first_list"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a criterion was read: the key of a source of its edition, section, and the quote."""

    origin: str = ""
    section: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class FactCriterion:
    """One fact against one test. Exactly the tests that are set apply, all of them together."""

    label: str
    fact: str
    equals: bool | str | None = None
    one_of: frozenset[str] | None = None
    includes: str | None = None
    min: float | None = None
    max: float | None = None
    above: float | None = None
    below: float | None = None
    id: str = ""
    source: Source = Source()
    note: str = ""


@dataclass(frozen=True, slots=True)
class TrialDefinition:
    """What makes a treatment tried count; every test set must hold for the same trial.

    `drug_class` is a closed list of classes, `drug` a closed list of drugs; with both, either
    will do. An outcome in `outcome_unclear` is one the document leaves open, and so are lengths
    from `weeks_unclear_from` up to `min_weeks`. What begins with `min` or `max` is inclusive, with
    `above` or `below` strict; weeks, years, and percent.
    """

    kind: frozenset[str] = frozenset()
    drug: frozenset[str] = frozenset()
    drug_class: frozenset[str] = frozenset()
    route: str = ""
    min_weeks: float | None = None
    weeks_unclear_from: float | None = None
    above_weeks: float | None = None
    adequate_dose: bool = False
    maximum_dose: bool = False
    highest_tolerated_dose: bool = False
    sufficient_length: bool = False
    min_adherence_percent: float | None = None
    adequate_adherence: bool = False
    outcome: frozenset[str] = frozenset()
    outcome_unclear: frozenset[str] = frozenset()
    max_improvement_percent: float | None = None
    below_improvement_percent: float | None = None
    above_improvement_percent: float | None = None
    dose_limiting_side_effects: bool = False
    led_to_change: bool = False
    this_episode: bool = False
    ended_within_years: int | None = None


@dataclass(frozen=True, slots=True)
class CountCriterion:
    """At least `min` different treatments tried, and `min_classes` classes, on the same trials.

    A trial counts when it meets any one of the definitions in `where`.
    """

    label: str
    where: tuple[TrialDefinition, ...]
    min: int
    min_classes: int = 1
    id: str = ""
    source: Source = Source()
    note: str = ""


@dataclass(frozen=True, slots=True)
class ScaleCriterion:
    """The latest charted score on one of `scales`: within the limits, or that there is one at all.

    `min` and `max` are inclusive, `above` and `below` strict; `within_days` wants the score that
    recent on the day asked about.
    """

    label: str
    scales: tuple[str, ...]
    min: float | None = None
    max: float | None = None
    above: float | None = None
    below: float | None = None
    within_days: int | None = None
    id: str = ""
    source: Source = Source()
    note: str = ""


@dataclass(frozen=True, slots=True)
class CodeCriterion:
    """One of the ICD-10-CM codes that the document lists; the list is closed."""

    label: str
    icd10: frozenset[str]
    id: str = ""
    source: Source = Source()
    note: str = ""


class Judge(StrEnum):
    """Who alone can answer a judgement."""

    CLINIC = "clinic"
    PLAN = "plan"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A requirement no fact can test; only the clinic or the plan can answer it."""

    label: str
    judge: Judge
    id: str = ""
    source: Source = Source()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """A part of the list that we could not read: never met, since silence is not a yes."""

    label: str
    id: str = ""
    source: Source = Source()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Criteria joined by an operator; `needed` is set for `at_least` alone."""

    label: str
    operator: Operator
    members: tuple["Node", ...]
    needed: int | None = None
    id: str = ""
    source: Source = Source()
    note: str = ""

    @property
    def threshold(self) -> int:
        """How many members must hold (of `none_of`: must not)."""
        if self.needed is not None:
            return self.needed
        return 1 if self.operator is Operator.ANY_OF else len(self.members)


Leaf: TypeAlias = (
    FactCriterion | CountCriterion | ScaleCriterion | CodeCriterion | Judgement | Unread
)
Node: TypeAlias = Leaf | Group


def walk(node: Node) -> Iterator[Node]:
    """Yield the node and everything below it, in reading order."""
    yield node
    if isinstance(node, Group):
        for member in node.members:
            yield from walk(member)


def requirements(tree: Node) -> tuple[Node, ...]:
    """The top-level requirements that a score counts; an `any_of` is one."""
    if isinstance(tree, Group) and tree.operator is Operator.ALL_OF:
        return tree.members
    return (tree,)


def is_cut_off(tree: Node) -> bool:
    """Whether some part of the list could not be read."""
    return any(isinstance(node, Unread) for node in walk(tree))


def is_for_the_plan_alone(tree: Node) -> bool:
    """Whether every criterion is for the plan to judge: its duties, and no test of the patient."""
    leaves = [node for node in walk(tree) if not isinstance(node, Group)]
    return all(isinstance(node, Judgement) and node.judge is Judge.PLAN for node in leaves)


def is_wholly_unread(tree: Node) -> bool:
    """Whether nothing of the list could be read."""
    return all(isinstance(node, Unread | Group) for node in walk(tree))
