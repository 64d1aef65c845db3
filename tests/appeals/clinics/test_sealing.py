"""Encryption at rest: sealed content opens by its key, at its place, unchanged, or not at all."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appeals.sealing import (
    KeyRing,
    KeyRingError,
    SealError,
    fresh_key,
    read_ring,
    seal,
    seal_json,
    unseal,
    unseal_json,
)

KEY = bytes(range(32))
OTHER = bytes(range(1, 33))
PLACE = "patient:1"


def encoded(key: bytes) -> str:
    return base64.b64encode(key).decode()


@given(content=st.binary(max_size=300))
def test_what_is_sealed_is_opened_again(content: bytes) -> None:
    assert unseal(KEY, seal(KEY, content, place=PLACE), place=PLACE) == content


@given(content=st.binary(min_size=8, max_size=100))
def test_nothing_of_the_content_stands_in_the_sealed_bytes(content: bytes) -> None:
    sealed = seal(KEY, content, place=PLACE)
    assert content not in sealed
    assert sealed != seal(KEY, content, place=PLACE)


@pytest.mark.parametrize(
    ("key", "place"),
    [
        pytest.param(OTHER, PLACE, id="another key"),
        pytest.param(KEY, "patient:2", id="another place"),
    ],
)
def test_it_opens_with_its_key_and_at_its_place_only(key: bytes, place: str) -> None:
    sealed = seal(KEY, b"Jane Sample", place=PLACE)
    with pytest.raises(SealError, match=place):
        unseal(key, sealed, place=place)


@given(index=st.integers(0, 39), change=st.integers(1, 255))
def test_a_changed_byte_is_noticed(index: int, change: int) -> None:
    sealed = bytearray(seal(KEY, b"Jane Sample", place=PLACE))
    sealed[index] ^= change
    with pytest.raises(SealError):
        unseal(KEY, bytes(sealed), place=PLACE)


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x01" + b"x" * 12, b"\x02" * 60])
def test_what_is_no_sealed_value_is_refused_as_one(sealed: bytes) -> None:
    with pytest.raises(SealError):
        unseal(KEY, sealed, place=PLACE)


def test_plain_data_comes_back_as_it_was() -> None:
    data = {"name": "José Núñez", "scores": [1, None, 2.5], "is_known": True}
    assert unseal_json(KEY, seal_json(KEY, data, place=PLACE), place=PLACE) == data


def test_a_data_key_is_wrapped_by_the_current_key_and_opened_by_the_one_named() -> None:
    data_key = fresh_key()
    old = KeyRing({"a": KEY})
    name, wrapped = old.wrap(data_key, place=PLACE)
    ring = KeyRing({"b": OTHER, "a": KEY})
    assert (name, ring.current) == ("a", "b")
    assert ring.unwrap(name, wrapped, place=PLACE) == data_key
    with pytest.raises(KeyRingError, match="rotate_keys"):
        KeyRing({"b": OTHER}).unwrap(name, wrapped, place=PLACE)
    with pytest.raises(SealError):
        ring.unwrap("b", wrapped, place=PLACE)


def test_keys_for_two_purposes_have_nothing_in_common() -> None:
    ring = KeyRing({"a": KEY, "b": OTHER})
    made = {ring.derive(b"x"), ring.derive(b"y"), ring.derive(b"x", "b"), KEY}
    assert len(made) == 4
    assert ring.derive(b"x") == ring.derive(b"x", "a")


def test_a_ring_is_read_with_the_current_key_first() -> None:
    ring = read_ring(f"2027:{encoded(OTHER)}, 2026:{encoded(KEY)}")
    assert ring == KeyRing({"2027": OTHER, "2026": KEY})
    assert ring.current == "2027"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", "empty", id="none"),
        pytest.param(encoded(KEY), "has a name", id="a key without a name"),
        pytest.param("a:?", "not base64", id="not base64"),
        pytest.param(f"a:{encoded(KEY[:16])}", "16 bytes", id="short"),
        pytest.param(f"a:{encoded(b'x' * 32)}", "not random", id="typed"),
        pytest.param(f"a:{encoded(KEY)} a:{encoded(OTHER)}", "twice", id="twice"),
    ],
)
def test_a_ring_that_is_no_ring_says_why_and_shows_no_key(text: str, expected: str) -> None:
    with pytest.raises(KeyRingError, match=expected) as caught:
        read_ring(text)
    assert encoded(KEY) not in str(caught.value)
    assert encoded(KEY) not in repr(KeyRing({"a": KEY}))
