"""How long a letter takes, beside WeasyPrint alone and Chromium; on two cores; in what memory."""

import io
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import django
import pytest
from pypdf import PdfReader
from pytest_benchmark.fixture import BenchmarkFixture
from weasyprint import HTML

from appeals.pdf import STATIC, VARIANT, letter_html, render_letter
from tests.appeals.letter_contents import two_pages
from tests.pages.conftest import chromium

ROUNDS = 25
LETTERS, ROUNDS_OF_LETTERS, WARM_LETTERS = 10, 9, 4
MOST_TIMES_AS_LONG = 1.2
LEAST_GAIN = 1.7


def pages(made: bytes) -> int:
    return len(PdfReader(io.BytesIO(made)).pages)


def milliseconds(
    work: Callable[[], object], clock: Callable[[], float] = time.perf_counter
) -> float:
    began = clock()
    work()
    return (clock() - began) * 1000


def once(benchmark: BenchmarkFixture) -> Callable[..., object]:
    return partial(benchmark.pedantic, rounds=1)


def weasyprint_alone(html: str) -> bytes:
    """The same page with nothing of ours around it."""
    page = HTML(string=html, base_url=f"{STATIC.as_uri()}/")
    return bytes(page.write_pdf(pdf_variant=VARIANT))


@pytest.mark.benchmark(group="letter")
def test_a_letter_of_two_pages_beside_weasyprint_alone(benchmark: BenchmarkFixture) -> None:
    """Taken in turn and by the time of this process, so that no other one tells in it."""
    content = two_pages()
    html = letter_html(content)
    assert pages(render_letter(content)) == pages(weasyprint_alone(html)) == 2
    rounds = 1 if benchmark.disabled else ROUNDS
    ours, alone = [], []

    def compare() -> None:
        for _ in range(rounds):
            ours.append(milliseconds(lambda: render_letter(content), time.process_time))
            alone.append(milliseconds(lambda: weasyprint_alone(html), time.process_time))

    once(benchmark)(compare)
    ratio = statistics.median(ours) / statistics.median(alone)
    benchmark.extra_info["said"] = (
        f"letter: {statistics.median(ours):.0f} ms, {ratio:.2f} times as long as WeasyPrint alone"
    )
    assert benchmark.disabled or ratio <= MOST_TIMES_AS_LONG


# In a process of its own: Playwright keeps an event loop, and the walks have theirs.
CHROMIUM = """
import os, statistics, sys, time
from playwright.sync_api import sync_playwright
path, address, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
with sync_playwright() as playwright:
    browser = playwright.chromium.launch(
        executable_path=path,
        args=["--no-sandbox"] if os.geteuid() == 0 else [],
    )
    page, took = browser.new_page(), []
    for _ in range(rounds):
        began = time.perf_counter()
        page.goto(address)
        made = page.pdf(prefer_css_page_size=True, tagged=True)
        took.append((time.perf_counter() - began) * 1000)
    browser.close()
print(statistics.median(took), len(made))
"""


@pytest.mark.benchmark(group="letter")
def test_the_same_page_in_chromium(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    """The browser is open and warm; it knows no running heads, so its page has less on it."""
    file = tmp_path / "letter.html"
    base = f'<head><base href="{STATIC.as_uri()}/">'
    file.write_text(letter_html(two_pages()).replace("<head>", base), encoding="utf-8")
    rounds = 1 if benchmark.disabled else ROUNDS
    told: list[float] = []
    once(benchmark)(lambda: told.extend(_said(CHROMIUM, chromium(), file.as_uri(), rounds)))
    took, size = told
    benchmark.extra_info["said"] = f"letter: {took:.0f} ms in Chromium, with the browser open"
    assert size > 10_000


def _said(code: str, *arguments: object) -> list[float]:
    """The figures that a process of its own prints."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    return [float(one) for one in done.stdout.split()]


def _warm_up() -> None:
    django.setup()
    _letter(0)


def _letter(_: int) -> int:
    return len(render_letter(two_pages()))


def _letters(letters: int) -> None:
    for _ in range(letters):
        _letter(0)


def _rounds(letters: int, rounds: int) -> Iterator[tuple[float, float]]:
    """How long so many letters take one worker, and twice as many two workers, in each round.

    The workers are up and warm before the first, and each has its share: no queue is measured.
    """
    with ExitStack() as stack:
        workers = [
            stack.enter_context(ProcessPoolExecutor(1, get_context("spawn"), initializer=_warm_up))
            for _ in range(2)
        ]
        _share_out(workers, WARM_LETTERS)
        for _ in range(rounds):
            yield (
                milliseconds(partial(_share_out, workers[:1], letters)),
                milliseconds(partial(_share_out, workers, letters)),
            )


def _share_out(workers: Sequence[ProcessPoolExecutor], letters: int) -> None:
    """So many letters from each."""
    for made in [one.submit(_letters, letters) for one in workers]:
        made.result()


@pytest.mark.benchmark(group="many letters")
def test_letters_on_two_cores(benchmark: BenchmarkFixture) -> None:
    """By the median of rounds in which one core and two take turns."""
    letters, rounds = (1, 1) if benchmark.disabled else (LETTERS, ROUNDS_OF_LETTERS)
    took: list[tuple[float, float]] = []
    once(benchmark)(lambda: took.extend(_rounds(letters, rounds)))
    # Letters in a second on one core, and on two.
    one = statistics.median(letters / alone * 1000 for alone, _ in took)
    two = statistics.median(2 * letters / both * 1000 for _, both in took)
    gain = statistics.median(2 * alone / both for alone, both in took)
    benchmark.extra_info["said"] = (
        f"letters: {one:.1f} in a second on one core, {two:.1f} on two, {gain:.2f} times"
    )
    assert benchmark.disabled or gain >= LEAST_GAIN


# In a process of its own, whose memory and whose children's is its alone.
PACKET = """
import django, resource, sys, time
django.setup()
from PIL import Image
from appeals.packet.build import build_packet
from appeals.packet.parts import CoverFacts, EnclosureFile
from tests.appeals.letter_contents import two_pages
from tests.appeals.packet_files import pages_pdf, scans_pdf
count = int(sys.argv[1])
files = [
    EnclosureFile(1, "scans", scans_pdf(count)),
    EnclosureFile(2, "text", pages_pdf(count + 1)),
]
began = time.perf_counter()
made = build_packet(two_pages(), files, cover=CoverFacts("Sample Health Plan", "Sample Patient"))
took = time.perf_counter() - began
whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
most = [resource.getrusage(one).ru_maxrss for one in whose]
given = sum(len(one.raw) for one in files)
print(made.pages, len(made.refused), given, len(made.pdf), took, *most)
"""


@pytest.mark.benchmark(group="packet")
def test_a_packet_of_200_pages(benchmark: BenchmarkFixture) -> None:
    """Half of it scans, half of it text."""
    count = 2 if benchmark.disabled else 97
    told: list[float] = []
    once(benchmark)(lambda: told.extend(_said(PACKET, count)))
    length, refused, given, size, took, ours, childs = told
    benchmark.extra_info["said"] = (
        f"packet of {length:.0f} pages: {took:.1f} s, {given / 1e6:.1f} MB made {size / 1e6:.1f}; "
        f"at most {ours / 1024:.0f} MB of memory here and {childs / 1024:.0f} in a process apart"
    )
    assert refused == 0
    assert length == 2 * count + 6  # a cover, two pages of the letter and two tabs
