"""YAML as the data files use it: what stays text, where a fault stands, one way to write."""

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from policies.catalogue.yaml_text import YamlError, read_yaml, write_yaml
from tests.factories import DATA
from tests.policies.strategies import texts


def faults_of(text: str) -> list[str]:
    with pytest.raises(YamlError) as caught:
        read_yaml(text)
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("on: 1", {"on": 1}, id="on as a name"),
        pytest.param("answer: no", {"answer": "no"}, id="no"),
        pytest.param("answer: Yes", {"answer": "Yes"}, id="yes"),
        pytest.param("answer: off", {"answer": "off"}, id="off"),
        pytest.param("read_on: 2024-11-05", {"read_on": "2024-11-05"}, id="a date"),
        pytest.param("read_on: 2024-11", {"read_on": "2024-11"}, id="a month"),
        pytest.param("number: 087", {"number": "087"}, id="a number that begins with nothing"),
        pytest.param("is: true", {"is": True}, id="true"),
        pytest.param("is: false", {"is": False}, id="false"),
        pytest.param("is: True", {"is": "True"}, id="True"),
        pytest.param("min: 18", {"min": 18}, id="a number"),
        pytest.param("min: null", {"min": None}, id="null"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_read(text: str, expected: Any) -> None:
    assert read_yaml(text).data == expected


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        pytest.param("a: 1\nb: 2\na: 3", "line 3: a stands twice; keep one", id="a field twice"),
        pytest.param(
            "a:\n  - b: 1\n    c: 2\n    b: 3",
            "line 4: a[0].b stands twice; keep one",
            id="a field of a row twice",
        ),
        pytest.param(
            "a: !!python/object:os.system x",
            "line 1: this is not YAML: could not determine a constructor for the tag "
            "'tag:yaml.org,2002:python/object:os.system'",
            id="a tag that would run something",
        ),
        pytest.param(
            "a: &a [*a]",
            "line 1: write it out; an alias is not taken here",
            id="a list inside itself",
        ),
        pytest.param(
            "a: &x [1]\nb: *x", "line 2: write it out; an alias is not taken here", id="an alias"
        ),
        pytest.param(
            "a: *nobody",
            "line 1: write it out; an alias is not taken here",
            id="an alias of nothing",
        ),
    ],
)
def test_a_text_that_is_not_taken(text: str, fault: str) -> None:
    assert faults_of(text) == [fault]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("a: 1\n\tb: 2", 2, id="a tab"),
        pytest.param("a: 1\nb: 'open\n", 3, id="a quote that stays open"),
        pytest.param("a: 1\n b: 2", 2, id="a field too far right"),
        pytest.param("a: 1\n---\nb: 2", 2, id="two documents"),
        pytest.param("a: \x00", 1, id="a character that no text has"),
    ],
)
def test_what_is_no_yaml_is_refused_with_its_line_and_cause(text: str, line: int) -> None:
    (fault,) = faults_of(text)
    assert fault.startswith(f"line {line}: this is not YAML: ")
    assert len(fault) > len("line 1: this is not YAML: ")


def test_every_field_that_stands_twice_is_named() -> None:
    assert faults_of("a: 1\na: 2\nb: 1\nb: 2") == [
        "line 2: a stands twice; keep one",
        "line 4: b stands twice; keep one",
    ]


def test_every_place_knows_its_line() -> None:
    text = read_yaml(
        "# a comment\n"
        "insurer: acme\n"
        "editions:\n"
        "  - effective: 2026-01-01\n"
        "    positions:\n"
        "      - treatment: iv_ketamine\n"
        "        criteria:\n"
        "          all_of:\n"
        "            - {label: Adult, fact: age, min: 18}\n"
        "            - label: Rest\n"
        "              unread: true\n"
    )
    lines = {
        "insurer": 2,
        "editions": 3,
        "editions[0].effective": 4,
        "editions[0].positions[0].treatment": 6,
        "editions[0].positions[0].criteria.all_of[0].min": 9,
        "editions[0].positions[0].criteria.all_of[1].unread": 11,
    }
    assert {place: text.line_of(place) for place in lines} == lines


@pytest.mark.parametrize(
    ("place", "line"),
    [
        pytest.param("a.b[0].missing", 3, id="a field that the row lacks"),
        pytest.param("a.b[7]", 2, id="a row that the list lacks"),
        pytest.param("nothing", 1, id="a field that the text lacks"),
        pytest.param("", 1, id="the whole"),
    ],
)
def test_a_place_that_the_text_lacks_stands_at_the_nearest_around_it(place: str, line: int) -> None:
    assert read_yaml("a:\n  b:\n    - c: 1\n").line_of(place) == line


_data = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@given(data=_data)
def test_reading_what_was_written_gives_the_same(data: Any) -> None:
    text = write_yaml(data)
    assert read_yaml(text).data == data
    assert write_yaml(read_yaml(text).data) == text


_AMBIGUOUS = ["no", "on", "087", "2024-11-05", "2024-13-45", "1:30", "~", "null", "1e3", "0x1F", ""]
_awkward = st.text("-+0123456789._:eExXoO~ny", max_size=8).map(str.strip)


@given(text=st.sampled_from(_AMBIGUOUS) | _awkward)
def test_what_looks_like_something_else_stays_text_for_every_reader(text: str) -> None:
    written = write_yaml({"text": text})
    assert read_yaml(written).data == {"text": text}
    assert yaml.safe_load(written) == {"text": text}


@pytest.mark.parametrize(
    "path", sorted(DATA.rglob("*.yaml")), ids=lambda path: "/".join(path.parts[-2:])
)
def test_every_data_file_is_read_and_keeps_its_data_when_written(path: Any) -> None:
    data = read_yaml(path.read_text(encoding="utf-8")).data
    assert data
    assert read_yaml(write_yaml(data)).data == data
