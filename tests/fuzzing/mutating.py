"""Strategies that take what is valid and do to it what carelessness or malice would."""

import copy
from collections.abc import Callable, Sequence
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

ODD: st.SearchStrategy[Any] = st.one_of(
    st.sampled_from(
        [
            None, True, False, 0, -1, 1.5, 10**30, float("inf"), float("nan"), "", " ", "0",
            "\0", "\ud800", "é" * 40, "2026-02-30", "9999-12-31", "0001-01-01", [], {}, [[]],
            {"": None}, {"all_of": []}, "a" * 3000, "<script>", "=1+1", "%s %(x)s {x}",
        ]
    ),
    st.text(max_size=8),
    st.integers(),
).map(copy.deepcopy)  # fmt: skip
"""Copied, since a later edit may change what an earlier one put in."""


def in_suite(few: int) -> settings:
    """Fewer inputs in the ordinary suite for what is slow, and as many as all in `make fuzz`."""
    most = settings().max_examples
    return settings(max_examples=few if most <= 100 else most)


Place = list[str | int]


def places_in(data: Any, at: Place | None = None) -> list[Place]:
    """Every place inside JSON-like data."""
    here = at or []
    inside: list[Place] = []
    items: Any = data.items() if isinstance(data, dict) else ()
    if isinstance(data, list):
        items = enumerate(data)
    for key, value in items:
        inside += [[*here, key], *places_in(value, [*here, key])]
    return inside


def _at(data: Any, place: Place) -> Any:
    for key in place:
        data = data[key]
    return data


def _one_of(draw: st.DrawFn, places: list[Place]) -> Place:
    # By its number: Hypothesis would write out every place there is.
    return places[draw(st.integers(0, len(places) - 1))]


def _replace(draw: st.DrawFn, parent: Any, key: Any, whole: Any) -> None:
    parent[key] = draw(ODD)


def _drop(draw: st.DrawFn, parent: Any, key: Any, whole: Any) -> None:
    del parent[key]


def _wrap(draw: st.DrawFn, parent: Any, key: Any, whole: Any) -> None:
    one = parent[key]
    inside = (lambda: [one], lambda: {"x": one}, lambda: [one, copy.deepcopy(one)])
    parent[key] = inside[draw(st.integers(0, 2))]()


def _rename(draw: st.DrawFn, parent: Any, key: Any, whole: Any) -> None:
    if isinstance(parent, dict):
        parent[draw(st.text(max_size=6))] = parent.pop(key)


def _graft(draw: st.DrawFn, parent: Any, key: Any, whole: Any) -> None:
    """Put here what is valid at another place."""
    parent[key] = copy.deepcopy(_at(whole, _one_of(draw, places_in(whole))))


EDITS: tuple[Callable[[st.DrawFn, Any, Any, Any], None], ...] = (
    _replace,
    _replace,
    _drop,
    _wrap,
    _rename,
    _graft,
)


@st.composite
def mutated(draw: st.DrawFn, valid: Sequence[Any], most: int = 4) -> Any:
    """One of some valid values of JSON, with a few edits at any depth; none at times."""
    data = copy.deepcopy(draw(st.sampled_from(valid)))
    for _ in range(draw(st.integers(0, most))):
        places = places_in(data)
        if not places:
            break
        place = _one_of(draw, places)
        draw(st.sampled_from(EDITS))(draw, _at(data, place[:-1]), place[-1], data)
    return data


@st.composite
def mutated_bytes(draw: st.DrawFn, valid: Sequence[bytes], most: int = 4) -> bytes:
    """One of some valid files with bytes changed, dropped, doubled or spliced in; none at times."""
    data = bytearray(draw(st.sampled_from(valid)))
    for _ in range(draw(st.integers(0, most))):
        first = draw(st.integers(0, max(len(data) - 1, 0)))
        last = min(first + draw(st.integers(0, 64)), len(data))
        piece = draw(
            st.one_of(
                st.binary(max_size=6),
                st.just(bytes(data[first:last]) * 2),
                st.sampled_from([b"\xff\xff\xff\x7f", b"0", b"99999999", b"\n", b"<<", b"endobj"]),
            )
        )
        data[first:last] = piece
    cut = draw(st.integers(0, 9))
    return bytes(data[: draw(st.integers(0, len(data)))] if cut == 0 else data)


@st.composite
def mutated_text(draw: st.DrawFn, valid: Sequence[str], most: int = 6) -> str:
    """One of some valid texts with lines moved, doubled, indented or mixed with odd signs."""
    lines = draw(st.sampled_from(valid)).split("\n")
    for _ in range(draw(st.integers(0, most))):
        index = draw(st.integers(0, len(lines) - 1))
        line = lines[index]
        half = len(line) // 2
        lines[index : index + 1] = draw(
            st.sampled_from(
                [
                    [],
                    [line, line],
                    [line[:half], line[half:]],
                    ["  " + line],
                    ["\t" + line],
                    [line.lstrip()],
                    [line + draw(st.text(max_size=6))],
                    [draw(st.text(max_size=6)) + line],
                    [line[::-1]],
                    [draw(st.sampled_from(lines))],
                ]
            )
        ) or [""]
    return "\n".join(lines)
