"""Rows in which any two values that go together meet at least once, always the same rows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations

Row = dict[str, str]
Pair = tuple[tuple[str, str], tuple[str, str]]


def pairwise(
    axes: Mapping[str, Sequence[str]], goes_together: Callable[[Row], bool] = lambda _row: True
) -> Iterator[Row]:
    """Take each pair that no row has yet, and fill its row with what leaves the fewest pairs.

    `goes_together` is asked of rows that are only begun; a pair that it refuses is left out.

    >>> rows = list(pairwise({"a": "12", "b": "12", "c": "12"}))
    >>> len(rows), rows[0]
    (4, {'a': '1', 'b': '1', 'c': '1'})
    """
    names = list(axes)
    open_pairs: dict[Pair, None] = {
        ((one, value), (other, further)): None
        for one, other in combinations(names, 2)
        for value in axes[one]
        for further in axes[other]
        if goes_together({one: value, other: further})
    }
    while open_pairs:
        row: Row = dict(next(iter(open_pairs)))
        for name in names:
            if name not in row:
                fitting = [one for one in axes[name] if goes_together({**row, name: one})]
                row[name] = _best(name, fitting, row, open_pairs)
        row = {name: row[name] for name in names}
        for pair in combinations(row.items(), 2):
            open_pairs.pop(pair, None)
        yield row


def _best(name: str, fitting: Sequence[str], row: Row, open_pairs: Mapping[Pair, None]) -> str:
    """The value that meets the most others for the first time, the first of several."""
    if not fitting:
        raise ValueError(f"no {name} goes with {row}")

    def new_pairs(value: str) -> int:
        found = (((name, value), other) for other in row.items())
        return sum(pair in open_pairs or pair[::-1] in open_pairs for pair in found)

    return max(fitting, key=new_pairs)
