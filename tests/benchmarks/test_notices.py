"""How much of the sample notices is found and right: clean and scanned, open and kept."""

from collections.abc import Callable
from functools import partial
from itertools import islice

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from appeals.notices.extract import read_letter
from appeals.notices.finding import Reading, find_in
from appeals.notices.pages import LetterError
from tests.appeals.notice_letters import letter_of, notice_of
from tests.appeals.notice_printing import WAYS, printed
from tests.appeals.notice_scoring import Score, known_names, truths

Way = Callable[[bytes], bytes]
# Each sample goes through one of the three ways in turn.
MEDIA: dict[str, tuple[Way, ...]] = {"clean": (lambda pdf: pdf,), "scanned": WAYS}


@pytest.mark.benchmark(group="sample notices")
@pytest.mark.parametrize("medium", MEDIA)
@pytest.mark.parametrize("folder", ["open", "kept"])
def test_the_samples_are_read(benchmark: BenchmarkFixture, folder: str, medium: str) -> None:
    """The totals alone are said: what is kept is for the figure and not to be looked at."""
    once = partial(benchmark.pedantic, rounds=1)  # typed as little as pytest-benchmark types it
    # In the ordinary tests one letter shows that it runs.
    most = 1 if benchmark.disabled else None
    score: Score = once(_score, (folder, MEDIA[medium], most))
    benchmark.extra_info["said"] = "\n".join(score.table(f"notices, {folder}, {medium}"))
    assert score.found


def _score(folder: str, ways: tuple[Way, ...], most: int | None) -> Score:
    score = Score()
    for index, (path, truth) in enumerate(islice(truths(folder), most)):
        pdf = ways[index % len(ways)](printed(path.read_text(encoding="utf-8")))
        score.add(path.stem, truth, _reading(pdf))
    return score


def _reading(pdf: bytes) -> Reading:
    """A letter that is refused, as for want of time, has no finds."""
    try:
        return find_in(read_letter(pdf), known_names())
    except LetterError:
        return Reading()


@pytest.mark.benchmark(group="one notice")
def test_one_letter(benchmark: BenchmarkFixture) -> None:
    letter = letter_of(notice_of("The service is experimental and you did not get a referral."))
    assert benchmark(find_in, letter).finds
