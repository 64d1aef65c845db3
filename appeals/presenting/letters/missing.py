"""What is missing in a letter, as a list that leads to where each is filled in."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from appeals.letters import LetterCase
from appeals.letters.content import Gap, LetterContent, sentences_of
from policies.facts import tried_fact
from policies.wording.findings import treatment_name

TRIED = re.compile(r"treatments\.(\d{1,2})\.\w+")
FACT, PAPERS, ABOUT, PART = "fill.", "fill-papers", "fill-about", "part.open."


@dataclass(frozen=True, slots=True)
class GapView:
    """Something that is missing, and the button that leads to where it is filled in."""

    label: str
    go: str


def present_missing(
    content: LetterContent,
    in_page_language: LetterContent,
    case: LetterCase,
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
        label = _of_a_treatment(gap, case) + labels.get(gap.id, gap.label)
        if gap.id in asked:
            go = f"{FACT}{gap.id}"
        elif gap.id.startswith("enclosure."):
            go = PAPERS
        elif gap.id in ("treatment", "condition") and asks_about:
            go = ABOUT
        else:
            go = f"{PART}{next(_blocks_with(content, gap.id), '')}"
        found.append(GapView(f"{label[:1].upper()}{label[1:]}", go))
    return tuple(found)


def _of_a_treatment(gap: Gap, case: LetterCase) -> str:
    """The name of the treatment whose dose, length or result is missing; else nothing."""
    found = TRIED.fullmatch(gap.id)
    rows = case.situation.treatments_tried if case.situation is not None else None
    if found is None or not rows or int(found[1]) >= len(rows):
        return ""
    return f"{treatment_name(tried_fact(rows[int(found[1])], case.on))}: "


def _blocks_with(content: LetterContent, gap: str) -> Iterator[str]:
    """The parts in which it is missing, the first of them first."""
    for block in content.blocks:
        for element in block.elements:
            if any(one.id == gap for each in sentences_of(element) for one in each.gaps):
                yield block.id
