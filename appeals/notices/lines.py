"""Words with places, put in the order in which a person reads them."""

from collections.abc import Iterable

from appeals.notices.pages import Line, Word

# A word belongs to the line beside it when they share this much of the lower one's height, and
# neither is a heading or a stamp next to small print.
_SHARED_HEIGHT = 0.5
_HEIGHT_RATIO = 2.5
# Letters lean into each other a little, in fractions of the page.
_LEAN = 0.005


def lines_of(runs: Iterable[Iterable[Word]]) -> tuple[Line, ...]:
    """Lines from top to bottom, out of runs of words known to stand side by side.

    Each run joins the line whose last words it continues, so a line that drifts a little over
    the width of a page stays one line.
    """
    lines: list[list[Word]] = []
    for run in sorted(filter(None, map(list, runs)), key=lambda words: words[0].left):
        line = _continued_line(lines, run)
        if line is None:
            lines.append(run)
        else:
            line.extend(run)
    return tuple(Line(tuple(words)) for words in sorted(lines, key=_middle))


def _continued_line(lines: list[list[Word]], run: list[Word]) -> list[Word] | None:
    top, bottom = _span(run[:3])
    best, most = None, _SHARED_HEIGHT
    for line in lines:
        if line[-1].right > run[0].left + _LEAN:
            continue
        line_top, line_bottom = _span(line[-3:])
        heights = sorted((bottom - top, line_bottom - line_top))
        if heights[1] > heights[0] * _HEIGHT_RATIO:
            continue
        shared = (min(bottom, line_bottom) - max(top, line_top)) / heights[0]
        if shared >= most:
            best, most = line, shared
    return best


def _span(words: list[Word]) -> tuple[float, float]:
    """Top and bottom of these words; a lone dash or comma leaves it to the taller ones."""
    tallest = max(word.height for word in words)
    tall = [word for word in words if word.height > tallest / 2]
    return sum(word.top for word in tall) / len(tall), sum(word.bottom for word in tall) / len(tall)


def _middle(words: list[Word]) -> tuple[float, float]:
    top, bottom = _span(words)
    return (top + bottom) / 2, words[0].left
