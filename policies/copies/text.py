"""The text of a document as one stream: without what every page repeats, each place with its page.

Two copies of the same words may differ in lines, hyphens, ligatures and quotation marks; `folded`
takes all of that away, and nothing that could change what is said.
"""

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Container, Sequence
from dataclasses import dataclass
from typing import TypeAlias

# So many lines at the top and at the foot of a page may be those that all pages have.
EDGE = 4
REPEATED_SHARE = 0.6
PAGE_OF_PAGES = re.compile(r"\bpage \d+( ?(of|/) ?\d+)?|\b\d+ ?(of|/) ?\d+\b", re.IGNORECASE)
PAGE_NUMBER = re.compile(r"(page )?#( ?(of|/) ?#)?")
# Numbers that differ from page to page: the page's own, said as such or at the end of a line.
COUNTED = re.compile(r"\d+(?= ?(?:of|/) ?\d)|(?<=page )\d+|^\d+|\d+$")
BULLETS = "•●▪■◦○"
PLAIN = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"'),
        # Hyphens and dashes of every length, and the minus.
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        # What some readers of PDFs leave out: soft hyphens, marks of trade, bullets.
        **dict.fromkeys("\u00ad\u00ae\u2122\u00a9\u00b7" + BULLETS, None),
    }
)


# A line at the edge of a page: its place there, and its words.
Sign: TypeAlias = tuple[int, str]


@dataclass(frozen=True, slots=True)
class DocumentText:
    """What a document says, page after page; `starts` holds where in the text each page begins.

    `heads` are the lines that its pages repeat at their edges, each once.
    """

    text: str
    starts: tuple[int, ...]
    heads: tuple[str, ...] = ()

    def page_at(self, place: int) -> int:
        """The number of the page on which a place of the text stands."""
        return bisect_right(self.starts, place)


def document_text(pages: Sequence[str], repeated: Collection[Sign] | None = None) -> DocumentText:
    """The pages as one text, and apart from it what they repeat.

    `repeated` names it where that is known better: a copy of one page repeats nothing.
    """
    starts: list[int] = []
    parts: list[str] = []
    length = 0
    bodies, heads = _taken_apart(pages, repeated_in(pages) if repeated is None else repeated)
    for lines in bodies:
        starts.append(length)
        part = "\n".join(lines) + "\n"
        parts.append(part)
        length += len(part)
    return DocumentText("".join(parts), tuple(starts), tuple(heads))


def repeated_in(pages: Sequence[str]) -> set[Sign]:
    """The heads and feet of pages: what stands in one place of most of them."""
    split = _lines(pages)
    seen = Counter(sign for lines in split for sign in (*_head(lines), *_foot(lines)))
    enough = max(2, REPEATED_SHARE * len(pages))
    return {sign for sign, times in seen.items() if times >= enough}


def _lines(pages: Sequence[str]) -> list[list[str]]:
    # A line of bullets alone is where a PDF draws them, and not where they are read.
    return [[line.strip() for line in page.splitlines() if folded(line)] for page in pages]


def _taken_apart(
    pages: Sequence[str], repeated: Collection[Sign]
) -> tuple[list[list[str]], list[str]]:
    bodies: list[list[str]] = []
    heads: dict[Sign, str] = {}
    for lines in _lines(pages):
        head, foot = _head(lines), _foot(lines)
        first, last = _length(head, repeated), len(lines) - _length(foot, repeated)
        bodies.append(lines[first:last])
        edges = [*zip(head[:first], lines, strict=False)]
        edges += zip(foot[: len(lines) - last], reversed(lines), strict=False)
        for sign, line in edges:
            if sign in repeated and not PAGE_NUMBER.fullmatch(sign[1]):
                heads.setdefault(sign, PAGE_OF_PAGES.sub("", line).strip())
    return bodies, [line for line in heads.values() if line]


def _head(lines: Sequence[str]) -> list[Sign]:
    return _signs(lines[:EDGE], first=0)


def _foot(lines: Sequence[str]) -> list[Sign]:
    return _signs(lines[: -EDGE - 1 : -1], first=EDGE)


def _signs(lines: Sequence[str], *, first: int) -> list[Sign]:
    """What a line at an edge has in common with those of other pages: its words and its place."""
    return [(number, COUNTED.sub("#", folded(line))) for number, line in enumerate(lines, first)]


def _length(edge: Sequence[Sign], repeated: Collection[Sign]) -> int:
    """How many lines, from the outside in, are repeated or a number of the page."""
    is_left = (one not in repeated and not PAGE_NUMBER.fullmatch(one[1]) for one in edge)
    return next((length for length, stays in enumerate(is_left) if stays), len(edge))


def plain(text: str) -> str:
    """A text with its signs in their plain form: `ﬁ` as `fi`, ” as "; without bullets and marks.

    >>> plain("“oﬃce” Spravato®")
    '"office" Spravato'
    """
    return unicodedata.normalize("NFKC", text.translate(PLAIN))


def folded(text: str) -> str:
    """A text in its plain form and in small letters, with single spaces."""
    return " ".join(plain(text).casefold().split())


def squeezed(text: str) -> str:
    """A text by which two copies of the same words are known: without spaces and hyphens.

    >>> squeezed("treat-\\nment-resistant") == squeezed("treatment resistant")
    True
    """
    return re.sub(r"[\s\-]+", "", plain(text).casefold())


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence or an item of a list, with the page on which it begins."""

    text: str
    page: int

    @property
    def sign(self) -> str:
        return squeezed(self.text)


SENTENCE_END = re.compile(rf"(?<=[.;:?!])[\"')\]\u201d\u2019]*\s+|\n(?=\s*[{BULLETS}])")
LEAST_LETTERS = 3
BROKEN_WORD = re.compile("(\\w+)[-\u2010\u2011\u00ad]\\s*\n\\s*(\\w+)")  # as PDFs break words


def passages(document: DocumentText, words: Container[str]) -> list[Passage]:
    """What the pages repeat, and the text in passages, however its lines are broken.

    By `words`, which the document writes elsewhere, a broken one is put together.
    """
    found = [Passage(line, 1) for line in document.heads]
    begin = 0
    for end in [*(one.end() for one in SENTENCE_END.finditer(document.text)), len(document.text)]:
        held = document.text[begin:end]
        # The number or the letter of an item stands with its words.
        is_short = sum(sign.isalpha() for sign in held) < LEAST_LETTERS
        if is_short and end < len(document.text):
            continue
        if held.strip():
            at = begin + len(held) - len(held.lstrip())
            found.append(Passage(_on_one_line(held, words), document.page_at(at)))
        begin = end
    return found


def words_of(document: DocumentText) -> set[str]:
    """The words that a document writes, whole and with their hyphens; the broken ones aside."""
    text = BROKEN_WORD.sub(" ", document.text)
    return {*re.findall(r"\w+(?:-\w+)*", plain(text).casefold())}


def _on_one_line(text: str, words: Container[str]) -> str:
    def put_together(match: re.Match[str]) -> str:
        before, after = match.groups()
        with_hyphen, joined = f"{before}-{after}", f"{before}{after}"
        if joined.casefold() in words:
            return joined
        both_are_words = before.casefold() in words and after.casefold() in words
        return with_hyphen if with_hyphen.casefold() in words or both_are_words else joined

    return " ".join(BROKEN_WORD.sub(put_together, text).split())
