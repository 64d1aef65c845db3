"""Which open criteria can still change what a document comes to.

A group of criteria is settled by some of its members alone, and a list that was cut off can never
be met in full; so not every open criterion matters. Each open one is tried as met, not met and
open, with every other one free: it matters when some of these come to different verdicts.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeAlias

from policies.criteria import Group, is_cut_off, is_wholly_unread
from policies.matcher import Finding
from policies.truth import Truth, every

MET, NOT_MET, UNKNOWN = Truth.MET, Truth.NOT_MET, Truth.UNKNOWN

# What a group comes to if one criterion is met, if it is not met, and if it stays open.
Outcomes: TypeAlias = tuple[Truth, Truth, Truth]
# How many members are met, and how many are open.
Counted: TypeAlias = tuple[int, int]
# Whether anyone is still to be asked about an open criterion.
Answerable: TypeAlias = Callable[[Finding], bool]


class Influence(NamedTuple):
    """One open criterion that can still change a verdict.

    `settles` tells for how many of its two answers, yes and no, that answer alone settles it.
    """

    leaf: Finding
    settles: int


def influences(findings: Finding, applies: Truth, can_answer: Answerable) -> list[Influence]:
    """The open criteria of a list that can still change the verdict, in reading order."""
    if is_wholly_unread(findings.node):
        return []
    fixed = [applies, UNKNOWN] if is_cut_off(findings.node) else [applies]

    def verdict(truth: Truth) -> Truth:
        return every([*fixed, truth])

    found = []
    for leaf, outcomes in _outcomes(findings, can_answer):
        verdicts = {tuple(verdict(truth) for truth in three) for three in outcomes}
        if any(len(set(three)) > 1 for three in verdicts):
            as_things_are = _as_things_are(findings, leaf)
            settles = sum(
                verdict(truth) is not UNKNOWN and verdict(truth) is not verdict(UNKNOWN)
                for truth in as_things_are[:2]
            )
            found.append(Influence(leaf, settles))
    return found


def reachable(findings: Finding, can_answer: Answerable) -> frozenset[Truth]:
    """What a list can still come to."""
    if findings.truth is not UNKNOWN:
        return frozenset([findings.truth])
    if not isinstance(findings.node, Group):
        return frozenset(Truth) if can_answer(findings) else frozenset([UNKNOWN])
    counted = _counted([reachable(one, can_answer) for one in findings.members])
    return frozenset(_settle(findings, pair) for pair in counted)


def _outcomes(
    found: Finding, can_answer: Answerable
) -> Iterator[tuple[Finding, frozenset[Outcomes]]]:
    """Every open criterion below with all that the whole can come to, by its three truths."""
    if found.truth is not UNKNOWN:
        return
    if not isinstance(found.node, Group):
        if can_answer(found):
            yield found, frozenset([(MET, NOT_MET, UNKNOWN)])
        return
    reach = [reachable(one, can_answer) for one in found.members]
    for place, member in enumerate(found.members):
        others = _counted(reach[:place] + reach[place + 1 :])
        for leaf, outcomes in _outcomes(member, can_answer):
            yield (
                leaf,
                frozenset(
                    _with_member(found, pair, three) for pair in others for three in outcomes
                ),
            )


def _with_member(group: Finding, others: Counted, three: Outcomes) -> Outcomes:
    met, not_met, unknown = (_settle(group, _add(others, truth)) for truth in three)
    return met, not_met, unknown


def _counted(reach: list[frozenset[Truth]]) -> frozenset[Counted]:
    """Every count of met and open members that is possible together."""
    counted = {(0, 0)}
    for truths in reach:
        counted = {_add(pair, truth) for pair in counted for truth in truths}
    return frozenset(counted)


def _add(pair: Counted, truth: Truth) -> Counted:
    met, unknown = pair
    return met + (truth is MET), unknown + (truth is UNKNOWN)


def _settle(group: Finding, pair: Counted) -> Truth:
    met, unknown = pair
    needed = group.node.threshold if isinstance(group.node, Group) else 1
    if met >= needed:
        return MET
    return UNKNOWN if met + unknown >= needed else NOT_MET


def _as_things_are(found: Finding, leaf: Finding) -> Outcomes:
    """What the whole comes to by the truth of one criterion, while all others stay as they are."""
    if found is leaf:
        return MET, NOT_MET, UNKNOWN
    for place, member in enumerate(found.members):
        if member is leaf or _holds(member, leaf):
            others = [one.truth for one in found.members[:place] + found.members[place + 1 :]]
            pair = (others.count(MET), others.count(UNKNOWN))
            return _with_member(found, pair, _as_things_are(member, leaf))
    raise LookupError("the criterion does not stand below this one")


def _holds(found: Finding, leaf: Finding) -> bool:
    return any(member is leaf or _holds(member, leaf) for member in found.members)
