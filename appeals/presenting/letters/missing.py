"""What is missing in a letter, as a list that leads to where each is filled in."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from appeals.letters.content import LetterContent, sentences_of

FACT, PAPERS, ABOUT, PART = "fill.", "fill-papers", "fill-about", "part.open."
# How the gap of a paper begins.
PAPER = "enclosure."


@dataclass(frozen=True, slots=True)
class GapView:
    """Something that is missing, and the button that leads to where it is filled in."""

    label: str
    go: str


def present_missing(
    content: LetterContent,
    in_page_language: LetterContent,
    *,
    asked: Collection[str],
    asks_about: bool,
) -> tuple[GapView, ...]:
    """Each gap once; the letter is English, the list speaks the language of the page.

    `asked` are the facts with a screen of their own; `asks_about` tells that the treatment and the
    condition have one.
    """
    labels = {one.id: one.label for one in in_page_language.gaps}
    found = []
    for gap in content.gaps:
        label = labels.get(gap.id, gap.label)
        if gap.id in asked:
            go = f"{FACT}{gap.id}"
        elif gap.id.startswith(PAPER):
            go = PAPERS
        elif gap.id in ("treatment", "condition") and asks_about:
            go = ABOUT
        else:
            go = f"{PART}{next(_blocks_with(content, gap.id), '')}"
        found.append(GapView(f"{label[:1].upper()}{label[1:]}", go))
    return tuple(found)


def _blocks_with(content: LetterContent, gap: str) -> Iterator[str]:
    """The parts in which it is missing, the first of them first."""
    for block in content.blocks:
        for element in block.elements:
            if any(one.id == gap for each in sentences_of(element) for one in each.gaps):
                yield block.id
