"""Tesseract, fed and read through pipes: a cleaned picture in, words with places out."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from appeals.notices.lines import lines_of
from appeals.notices.pages import LetterError, Page, Refusal, Word, placed_word
from appeals.notices.pictures import cleaned

SECONDS = 20
_LOWEST_SURENESS = 0.3
# Upright text reads surer than this, and text on its head never does.
_WELL_READ = 0.75
_SURE_OF_TURN = 1.0
_PAGE_INCHES = 11


@dataclass(frozen=True, slots=True)
class _Reading:
    runs: tuple[tuple[Word, ...], ...]
    sureness: float
    is_sideways: bool

    @property
    def is_final(self) -> bool:
        """Whether turning the page can't help: it reads well, or there is nothing on it."""
        return not self.sureness or (self.sureness >= _WELL_READ and not self.is_sideways)

    @property
    def rank(self) -> tuple[bool, float]:
        return not self.is_sideways, self.sureness * sum(map(len, self.runs))


def read_picture(picture: Image.Image, number: int) -> Page:
    """Read one page; if it makes little sense as it lies, turn it upright and read it again."""
    picture = cleaned(picture)
    reading = _read(picture)
    if not reading.is_final:
        turned = (
            _read(picture.transpose(turn))
            for turn in _turns(picture, is_sideways=reading.is_sideways)
        )
        reading = max((reading, *turned), key=lambda one: one.rank)
    return Page(number, lines_of(reading.runs), is_scanned=True, sureness=reading.sureness)


_TURNS = {
    90: Image.Transpose.ROTATE_270,  # Tesseract counts clockwise, Pillow counterclockwise
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}


def _turns(picture: Image.Image, *, is_sideways: bool) -> list[Image.Transpose]:
    """The turn that Tesseract proposes; where it can't tell, every one that may be."""
    done = _tesseract(picture, "-l", "osd", "--psm", "0")
    found = re.search(rb"Rotate: (\d+)\nOrientation confidence: ([\d.]+)", done.stdout)
    degrees = int(found[1]) if found and float(found[2]) >= _SURE_OF_TURN else None
    if is_sideways and degrees not in (90, 270):
        return [_TURNS[90], _TURNS[270]]
    if degrees is None:
        return list(_TURNS.values())
    return [_TURNS[degrees]] if degrees else []


def _read(picture: Image.Image) -> _Reading:
    done = _tesseract(picture, "-l", "eng+spa", "tsv")
    if done.returncode != 0:
        raise LetterError(Refusal.BROKEN)
    runs: dict[tuple[str, ...], list[Word]] = {}
    surenesses = []
    tall = long = 0
    for row in done.stdout.decode(errors="replace").splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) != 12 or float(cells[10]) < 0 or not cells[11].strip():
            continue  # a block, a paragraph or a line, or a spot that holds no sign
        sureness = float(cells[10]) / 100
        surenesses.append(sureness)
        if sureness < _LOWEST_SURENESS:
            continue
        left, top, width, height = map(int, cells[6:10])
        if len(cells[11]) > 3:
            long += 1
            tall += height > width
        word = placed_word(
            cells[11],
            left / picture.width,
            top / picture.height,
            (left + width) / picture.width,
            (top + height) / picture.height,
        )
        if word:
            runs.setdefault(tuple(cells[2:5]), []).append(word)
    return _Reading(
        tuple(map(tuple, runs.values())),
        round(sum(surenesses) / len(surenesses), 3) if surenesses else 0.0,
        is_sideways=tall * 2 > long,
    )


def _tesseract(picture: Image.Image, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    program = shutil.which("tesseract")
    if program is None:
        raise LetterError(Refusal.NO_READER)
    # A PNG is decoded in memory; for other formats Leptonica may open temporary files.
    png = BytesIO()
    picture.save(png, "PNG", compress_level=1)
    dpi = max(picture.size) // _PAGE_INCHES
    try:
        done = subprocess.run(
            [program, "stdin", "stdout", "--dpi", str(max(dpi, 70)), *arguments],
            input=png.getvalue(),
            capture_output=True,
            # One thread each: the pages are read side by side.
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise LetterError(Refusal.TOOK_TOO_LONG) from None
    if b"loading language" in done.stderr:
        raise LetterError(Refusal.NO_READER)
    return done
