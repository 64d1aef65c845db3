"""Whether the quotes of an edition still stand in a copy of its document, and on which page."""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from policies.catalogue import Edition
from policies.copies.text import DocumentText, document_text, plain
from policies.criteria import Node, Source, walk

# Between the two sides of a gap in a quote there is no more than a paragraph.
WIDEST_GAP = 2000
GAP = re.compile(r"\s*\[?\.\.\.\]?\s*")
EDGE_SIGNS = " \t.,;:\"'"


@dataclass(frozen=True, slots=True)
class Quote:
    """The insurer's words at one place of an edition; `origin` is the source they are from."""

    text: str
    label: str
    origin: str
    section: str


def quotes_of(edition: Edition) -> Iterator[Quote]:
    """Every quote of an edition, in reading order; the same words at one label only once."""
    seen = set()
    for label, source in _sources(edition):
        if source.quote and (label, source.quote) not in seen:
            seen.add((label, source.quote))
            yield Quote(source.quote, label, source.origin, source.section)


def _sources(edition: Edition) -> Iterator[tuple[str, Source]]:
    for position in edition.positions:
        yield f"What it says of {position.treatment.label}", position.source
        trees: tuple[Node | None, ...] = (
            position.applies_if,
            position.criteria,
            position.continuation,
            *position.priorities,
        )
        for tree in trees:
            for node in walk(tree) if tree is not None else ():
                yield str(node.label), node.source


def made_ready(document: DocumentText) -> DocumentText:
    """A document folded once, in which many quotes are looked for."""
    bounds = (*document.starts, len(document.text))
    parts = [_searchable(document.text[begin:end]) for begin, end in itertools.pairwise(bounds)]
    starts = itertools.accumulate(map(len, parts[:-1]), initial=0)
    heads = tuple(map(_searchable, document.heads))
    return DocumentText("".join(parts), tuple(starts) if parts else (), heads)


def _searchable(text: str) -> str:
    return plain(text).casefold()


def find_quote(quote: str, searched: DocumentText) -> int | None:
    """The page on which a quote stands in what was made ready; None where it stands nowhere.

    Spaces, hyphens, bullets and the kind of quotation marks make no difference, and three dots
    stand for words left out.
    """
    pieces = [one.strip(EDGE_SIGNS) for one in GAP.split(_searchable(quote))]
    patterns = [_pattern(one) for one in pieces if one]
    if not patterns:
        return None
    place = _find_in_order(patterns, searched.text)
    if place is not None:
        return searched.page_at(place)
    is_in_head = _find_in_order(patterns, "\n".join(searched.heads)) is not None
    return 1 if is_in_head else None


def _pattern(piece: str) -> re.Pattern[str]:
    """Its signs in their order, whatever spaces and hyphens are between them; whole words only."""
    signs = [re.escape(sign) for sign in piece if sign != "-" and not sign.isspace()]
    before = r"(?<!\w)" if piece[0].isalnum() else ""
    after = r"(?!\w)" if piece[-1].isalnum() else ""
    return re.compile(before + r"[\s\-]*".join(signs) + after)


def _find_in_order(patterns: list[re.Pattern[str]], text: str) -> int | None:
    first, *others = patterns
    for match in first.finditer(text):
        end: int | None = match.end()
        for pattern in others:
            found = pattern.search(text, end or 0, (end or 0) + WIDEST_GAP)
            end = None if found is None else found.end()
            if end is None:
                break
        if end is not None:
            return match.start()
    return None


def gone_from(quotes: Iterable[str], pages: Sequence[str]) -> tuple[str, ...]:
    """Those of the quotes that stand nowhere in the pages."""
    searched = made_ready(document_text(pages))
    return tuple(one for one in quotes if find_quote(one, searched) is None)
