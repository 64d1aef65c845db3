"""What changed in the words of a document from one copy to the next, beside the quotes from there.

Compared are sentences and items, so that other line breaks, pages and heads change nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from policies.copies.quotes import Quote, find_quote, made_ready
from policies.copies.text import (
    Passage,
    document_text,
    passages,
    repeated_in,
    squeezed,
    words_of,
)

# Beyond so many words the two sides are shown whole: what differs in them says nothing.
MOST_WORDS = 1500


class Run(StrEnum):
    """Whether words stand in both copies or in one."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Change:
    """One stretch of text that is another now; a page is 0 where nothing stood or stands.

    `quotes` are those whose words stood there before.
    """

    before_page: int
    after_page: int
    before: tuple[tuple[Run, str], ...]
    after: tuple[tuple[Run, str], ...]
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class QuoteMove:
    """On which page a quote stood and stands; None for nowhere."""

    quote: Quote
    before: int | None
    after: int | None

    @property
    def is_gone(self) -> bool:
        return self.after is None


@dataclass(frozen=True, slots=True)
class TextChanges:
    """Everything that differs between two copies."""

    changes: tuple[Change, ...]
    quotes: tuple[QuoteMove, ...]


def changes_in_text(
    before: Sequence[str], after: Sequence[str], quotes: Iterable[Quote] = ()
) -> TextChanges:
    """Compare the pages of two copies."""
    quotes = tuple(quotes)
    repeated = repeated_in(before) | repeated_in(after)
    older, newer = document_text(before, repeated), document_text(after, repeated)
    words = words_of(older) | words_of(newer)
    was, now = passages(older, words), passages(newer, words)
    changes = tuple(
        _change(was[a:b], now[c:d], quotes)
        for kind, a, b, c, d in _matcher(
            [one.sign for one in was], [one.sign for one in now]
        ).get_opcodes()
        if kind != "equal" and _sign_of(was[a:b]) != _sign_of(now[c:d])
    )
    searched = [made_ready(one) for one in (older, newer)]
    moves = tuple(
        QuoteMove(one, *(find_quote(one.text, each) for each in searched)) for one in quotes
    )
    return TextChanges(changes, moves)


def _matcher(before: Sequence[str], after: Sequence[str]) -> SequenceMatcher[str]:
    return SequenceMatcher(None, before, after, autojunk=False)


def _sign_of(found: Sequence[Passage]) -> str:
    return "".join(one.sign for one in found)


def _change(was: Sequence[Passage], now: Sequence[Passage], quotes: Iterable[Quote]) -> Change:
    before, after = (" ".join(one.text for one in side).split() for side in (was, now))
    runs = _runs(before, after)
    stood = made_ready(document_text([" ".join(before)])) if before else None
    return Change(
        was[0].page if was else 0,
        now[0].page if now else 0,
        tuple(run for run in runs if run[0] is not Run.ADDED),
        tuple(run for run in runs if run[0] is not Run.REMOVED),
        tuple(one for one in quotes if stood and find_quote(one.text, stood) is not None),
    )


def _runs(before: Sequence[str], after: Sequence[str]) -> list[tuple[Run, str]]:
    """The words of both sides in order, each run with where it stands."""
    if not before or not after or len(before) + len(after) > MOST_WORDS:
        sides = ((Run.REMOVED, before), (Run.ADDED, after))
        return [(run, " ".join(words)) for run, words in sides if words]
    found: list[tuple[Run, str]] = []
    signs = [[squeezed(one) for one in side] for side in (before, after)]
    for kind, a, b, c, d in _matcher(*signs).get_opcodes():
        if kind == "equal":
            found.append((Run.SAME, " ".join(after[c:d])))
            continue
        if b > a:
            found.append((Run.REMOVED, " ".join(before[a:b])))
        if d > c:
            found.append((Run.ADDED, " ".join(after[c:d])))
    return found
