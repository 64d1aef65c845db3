"""What comes of holding a tree against the facts: for each node whether it is met, and why."""

from typing import NamedTuple, TypeAlias

from policies.criteria import Node, requirements
from policies.facts import TriedFact
from policies.situation import ScaleScore
from policies.truth import Count, Truth
from policies.vocabulary import Value


class CountGiven(NamedTuple):
    """How many treatments and classes count, and the treatments that do, still may, or don't."""

    treatments: Count
    classes: Count
    counted: tuple[TriedFact, ...]
    possible: tuple[TriedFact, ...]
    failed: tuple[TriedFact, ...] = ()


class ScaleGiven(NamedTuple):
    """The scores that were looked at; `self_completed` ones never settle anything."""

    scores: tuple[ScaleScore, ...] = ()
    self_completed: tuple[ScaleScore, ...] = ()


class CodesGiven(NamedTuple):
    """The diagnosis codes that were given."""

    codes: tuple[str, ...] = ()


Given: TypeAlias = Value | CountGiven | ScaleGiven | CodesGiven | None


class Finding(NamedTuple):
    """One node held against the facts: whether it is met, and what was given.

    Under a `none_of`, `is_exclusion` is set and the truth is turned: met means "does not apply".
    """

    node: Node
    truth: Truth
    given: Given = None
    is_exclusion: bool = False
    members: tuple["Finding", ...] = ()


def top_level(findings: Finding) -> tuple[Finding, ...]:
    """The findings of the top-level requirements, which a score counts; an `any_of` is one."""
    is_list = requirements(findings.node) != (findings.node,)
    return findings.members if is_list else (findings,)
