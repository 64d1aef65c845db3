"""The page on threats is true: each of its lines names tests, and there are such tests."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
PAGE = (PROJECT / "coverage_site" / "operations" / "threats.md").read_text("utf-8")
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.splitlines()
    if line.startswith("| ") and line.count("|") == 5
]
THREATS = {row[0]: row for row in ROWS if row[0] not in {"Threat", "---"}}


@cache
def names_in(path: str) -> frozenset[str]:
    """The tests of a file, without running it."""
    tree = ast.parse((PROJECT / path).read_text("utf-8"))
    return frozenset(one.name for one in tree.body if isinstance(one, ast.FunctionDef))


def test_the_page_is_a_page() -> None:
    assert len(THREATS) >= 20
    assert len(PAGE.splitlines()) <= 110


@pytest.mark.parametrize("threat", THREATS)
def test_each_line_names_what_stands_in_the_way_what_is_left_and_tests_that_exist(
    threat: str,
) -> None:
    _threat, way, left, tests = THREATS[threat]
    assert way
    assert left
    named = NAMED.findall(tests)
    assert named
    assert not NAMED.sub("", tests).strip(), "only names of tests stand in the last column"
    for path, name in named:
        assert name in names_in(path), f"{path} has no test {name}"


def test_each_file_of_tests_against_threats_is_named_on_the_page() -> None:
    there = {one.name for one in (PROJECT / "tests" / "threats").glob("test_*.py")}
    assert there <= {Path(path).name for path, _ in NAMED.findall(PAGE)}
