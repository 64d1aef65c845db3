"""Truths in three values, and ranges held against a limit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.truth import Count, Truth, at_least, every, some
from tests.policies.strategies import truths

MANY = st.lists(truths, max_size=8)
# From false over unknown to true, and from unknown to known.
RANK = {Truth.NOT_MET: 0, Truth.UNKNOWN: 1, Truth.MET: 2}


@given(truths=MANY)
def test_not_all_is_the_same_as_some_not(truths: list[Truth]) -> None:
    assert ~every(truths) is some(~truth for truth in truths)
    assert ~some(truths) is every(~truth for truth in truths)


@given(truth=truths)
def test_turning_twice_changes_nothing(truth: Truth) -> None:
    assert ~~truth is truth


@given(needed=st.integers(0, 9), truths=MANY, data=st.data())
def test_at_least_does_not_mind_the_order(
    needed: int, truths: list[Truth], data: st.DataObject
) -> None:
    moved = data.draw(st.permutations(truths))
    assert at_least(needed, moved) is at_least(needed, truths)


@given(truths=MANY.filter(bool))
def test_all_and_any_are_the_two_ends_of_at_least(truths: list[Truth]) -> None:
    assert at_least(1, truths) is max(truths, key=RANK.__getitem__) is some(truths)
    assert at_least(len(truths), truths) is min(truths, key=RANK.__getitem__) is every(truths)
    assert at_least(0, truths) is Truth.MET
    assert at_least(len(truths) + 1, truths) is Truth.NOT_MET


@given(needed=st.integers(0, 9), truths=MANY, data=st.data())
def test_at_least_never_falls_when_a_truth_rises(
    needed: int, truths: list[Truth], data: st.DataObject
) -> None:
    higher = [
        data.draw(st.sampled_from([one for one in Truth if RANK[one] >= RANK[truth]]))
        for truth in truths
    ]
    assert RANK[at_least(needed, higher)] >= RANK[at_least(needed, truths)]


@given(needed=st.integers(0, 9), truths=MANY, data=st.data())
def test_at_least_keeps_what_it_settled_when_the_unknown_becomes_known(
    needed: int, truths: list[Truth], data: st.DataObject
) -> None:
    known = [
        data.draw(st.sampled_from([Truth.MET, Truth.NOT_MET])) if truth is Truth.UNKNOWN else truth
        for truth in truths
    ]
    full = at_least(needed, known)
    assert full is not Truth.UNKNOWN
    assert at_least(needed, truths) in (Truth.UNKNOWN, full)


def test_a_truth_is_refused_as_a_yes_or_no() -> None:
    with pytest.raises(TypeError, match=r"is Truth\.MET"):
        bool(Truth.NOT_MET)


@given(low=st.integers(0, 5), more=st.integers(0, 5), limit=st.integers(1, 12), data=st.data())
def test_a_range_reaches_a_limit_only_when_every_number_in_it_does(
    low: int, more: int, limit: int, data: st.DataObject
) -> None:
    true = data.draw(st.integers(low, low + more))
    settled = Count(low, low + more).reaches(limit)
    assert settled in (Truth.UNKNOWN, Truth.MET if true >= limit else Truth.NOT_MET)
    assert Count(low, None).reaches(limit) is not Truth.NOT_MET
    assert Count(true, true).reaches(limit) is not Truth.UNKNOWN
