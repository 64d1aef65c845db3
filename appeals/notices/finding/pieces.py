"""Words as they are searched: folded, and on a scanned page put right and joined."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from appeals.notices.finding.layout import Cell
from appeals.notices.finding.repair import Vocabulary
from appeals.notices.pages import Word

# No word is longer; what is would only slow the search.
LONGEST_WORD = 60
# Fewer single letters in a row are initials.
FEWEST_SPACED = 5
# Curly and low quotes, and every dash.
_FOLDED = {
    **dict.fromkeys("\u2018\u2019`", "'"),
    **dict.fromkeys("\u201c\u201d\u201e", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
}
_DROPPED = {"\u00ad", "\u200b", "\ufeff"}
_DUST = re.compile(r"[.,:;'\"~=_*^`-]{1,2}")
# Rules of a table and specks, at a word's ends.
_SPECKS = r"|'`\"~_\u2018\u2019\u201c\u201d\u00ab\u00bb"
_STRAY = re.compile(rf"\A[\[{{(]*[{_SPECKS}]+|[{_SPECKS}]+[\]}})]*\Z")
# Words too short to be known by their shape.
_SHORT = {"1d": "id", "n0": "no", "0f": "of", "t0": "to"}


def fold(raw: str) -> str:
    """Small letters without accents, one for one."""
    folded = []
    for letter in raw:
        plain = _FOLDED.get(letter) or unicodedata.normalize("NFD", letter)[:1].lower()[:1]
        folded.append(plain or letter)
    return "".join(folded)


def clean(raw: str) -> str:
    """A word as printed, with nothing in it that can't be seen."""
    kept = (letter for letter in raw if letter not in _DROPPED and letter.isprintable())
    return "".join("".join(kept).split())[:LONGEST_WORD]


@dataclass(slots=True)
class Piece:
    """A word as it is searched, and the words of the letter that it stands for."""

    shown: str
    raw: str
    places: tuple[tuple[int, int, int], ...]
    left: float
    right: float
    start: int = 0

    @property
    def end(self) -> int:
        return self.start + len(self.shown)


def pieces_of(cell: Cell, words: Sequence[Word], vocabulary: Vocabulary | None) -> list[Piece]:
    """The words of a cell; with a vocabulary, as a scanner read them."""
    pieces: list[Piece] = []
    for index, word in enumerate(words, start=cell.first):
        raw = clean(word.text)
        if vocabulary is not None:
            raw = _STRAY.sub("", raw)
        # A lone sign is dust on the glass.
        if not raw or (vocabulary is not None and _DUST.fullmatch(raw)):
            continue
        shown = fold(raw)
        place = (cell.page, cell.line, index)
        if vocabulary is not None:
            shown = _repaired(shown, vocabulary)
            before = pieces[-1] if pieces else None
            if before is not None and _is_broken(before.shown, shown, vocabulary):
                pieces[-1] = Piece(
                    before.shown + shown,
                    before.raw + raw,
                    (*before.places, place),
                    before.left,
                    word.right,
                )
                continue
        pieces.append(Piece(shown, raw, (place,), word.left, word.right))
    return _without_spacing(pieces)


def _repaired(shown: str, vocabulary: Vocabulary) -> str:
    core = shown.strip(".,;:()[]\"'?*")
    if not core:
        return shown
    better = _SHORT.get(core) or vocabulary.repaired(core)
    return shown.replace(core, better, 1) if better != core else shown


def _is_broken(before: str, after: str, vocabulary: Vocabulary) -> bool:
    """Whether two words are the halves of one of ours."""
    core = after.rstrip(".,;:)")
    return (
        before.isalpha()
        and core.isalpha()
        and before not in vocabulary
        and core not in vocabulary
        and before + core in vocabulary
    )


def _without_spacing(pieces: list[Piece]) -> list[Piece]:
    """Letters set apart for emphasis as one word: "D E N I E D"."""
    joined: list[Piece] = []
    run: list[Piece] = []
    for piece in [*pieces, None]:
        if piece is not None and len(piece.shown) == 1 and piece.shown.isalpha():
            run.append(piece)
            continue
        if len(run) >= FEWEST_SPACED:
            joined.append(
                Piece(
                    "".join(one.shown for one in run),
                    "".join(one.raw for one in run),
                    tuple(place for one in run for place in one.places),
                    run[0].left,
                    run[-1].right,
                )
            )
        else:
            joined += run
        run = []
        if piece is not None:
            joined.append(piece)
    return joined
