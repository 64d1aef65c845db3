"""Every text of the law's records has its Spanish, with the same figures and the same times."""

import re
from collections import Counter
from collections.abc import Mapping
from itertools import combinations
from pathlib import Path

import pytest
import yaml

from coverage_site.messages import ROOT
from policies.language import twins
from tests.appeals.spanish_law_texts import SOURCES, texts_for_readers, texts_read, times_in

FILES = sorted((ROOT / "appeals" / "spanish").glob("*.yaml"))
FILES_OF_POLICIES = sorted((ROOT / "policies" / "spanish").glob("**/*.yaml"))
KEPT = re.compile(r"\d+|%\(\w+\)[sd]|\{\w*\}|%%|<[^>]+>")
QUOTED = re.compile(r"«([^»]+)»")
ENGLISH_MARKS = re.compile(r"[“”\"]")

of_each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def texts_in(path: Path) -> Mapping[str, str]:
    read: Mapping[str, str] = yaml.safe_load(path.read_text("utf-8"))["texts"]
    return read


def unquoted(spanish: str, english: str) -> str:
    """The Spanish without English words that it quotes, for their meaning stands beside them."""
    return QUOTED.sub(lambda found: "" if found[1] in english else found[0], spanish)


@pytest.mark.parametrize("source", SOURCES)
def test_every_text_of_the_law_has_a_twin(source: str) -> None:
    found = texts_for_readers(source)
    assert found
    assert sorted(found - set(twins())) == []


@of_each_file
def test_a_twin_of_the_law_goes_with_its_text(path: Path) -> None:
    texts = texts_in(path).keys()
    assert texts
    assert sorted(texts - texts_read()) == []


@of_each_file
def test_a_twin_of_the_law_keeps_each_figure_and_what_is_filled_in(path: Path) -> None:
    differing = [
        (english, spanish)
        for english, spanish in texts_in(path).items()
        if Counter(KEPT.findall(english)) != Counter(KEPT.findall(unquoted(spanish, english)))
    ]
    assert differing == []


@of_each_file
def test_a_twin_of_the_law_keeps_each_length_of_time(path: Path) -> None:
    differing = [
        (english, spanish)
        for english, spanish in texts_in(path).items()
        if times_in(english, "en") != times_in(spanish, "es")
    ]
    assert differing == []


@pytest.mark.parametrize(
    ("english", "spanish", "is_kept"),
    [
        pytest.param("within 4 months", "en un plazo de 4 meses", True, id="a figure"),
        pytest.param("four months or one day", "cuatro meses o un día", True, id="words"),
        pytest.param("5 business days", "5 días hábiles", True, id="days of another kind"),
        pytest.param("four months", "120 días", False, id="four months are not 120 days"),
        pytest.param("72 hours", "72 días", False, id="another unit"),
        pytest.param("five days", "seis días", False, id="another number in words"),
    ],
)
def test_a_changed_length_of_time_is_found(english: str, spanish: str, *, is_kept: bool) -> None:
    assert (times_in(english, "en") == times_in(spanish, "es")) is is_kept


@of_each_file
def test_a_twin_of_the_law_quotes_with_spanish_marks(path: Path) -> None:
    assert [one for one in texts_in(path).values() if ENGLISH_MARKS.search(one)] == []


def test_a_text_in_two_files_has_the_same_spanish_in_both() -> None:
    held = [texts_in(path) for path in (*FILES, *FILES_OF_POLICIES)]
    differing = {
        (english, one[english], other[english])
        for one, other in combinations(held, 2)
        for english in one.keys() & other.keys()
        if one[english] != other[english]
    }
    assert differing == set()
