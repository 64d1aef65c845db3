"""What the writer changed in a letter: its order, what is left out, and words of their own."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from appeals.letters.content import Block, Gap, LetterContent
from appeals.letters.edited_text import from_text, to_text
from appeals.letters.length import EditsError, is_too_long, too_long
from policies.faults import printable

__all__ = [
    "Edits",
    "EditsError",
    "apply_edits",
    "arranged",
    "from_text",
    "moved",
    "to_text",
    "with_added",
    "without_text",
]

PREFIX = "edit-"
ORDER, LEFT_OUT, ADDED, TEXT = (f"{PREFIX}{name}" for name in ("order", "out", "added", "text."))
OWN = "own."
# More own paragraphs make a letter that nobody reads to its end.
MOST_ADDED = 8
LAST = "closing"


@dataclass(frozen=True, slots=True)
class Edits:
    """Changes by the ids of blocks; what the letter does not have any more is kept and ignored.

    `added` are the ids of the writer's own paragraphs, whose words stand in `texts` as well.
    """

    order: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, fields: Iterable[tuple[str, Sequence[str]]]) -> "Edits":
        """Read the fields of a page, each a name with its values."""
        given = {name: values[-1] for name, values in fields if values}
        return cls(
            order=_ids(given.get(ORDER, "")),
            left_out=_ids(given.get(LEFT_OUT, "")),
            added=tuple(one for one in _ids(given.get(ADDED, "")) if one.startswith(OWN))[
                :MOST_ADDED
            ],
            texts={
                name.removeprefix(TEXT): printable(text)
                for name, text in given.items()
                if name.startswith(TEXT)
            },
        )

    def fields(self) -> Iterator[tuple[str, str]]:
        """The same as fields of a page."""
        for name, ids in ((ORDER, self.order), (LEFT_OUT, self.left_out), (ADDED, self.added)):
            if ids:
                yield name, ",".join(ids)
        for block, text in self.texts.items():
            yield f"{TEXT}{block}", text

    @property
    def too_long(self) -> EditsError | None:
        """The first text that is too long to be a part of a letter, or the longest of too many."""
        return too_long(self.texts)

    def changed_in(self, content: LetterContent) -> "Edits":
        """The same without the texts that say what the letter says anyway."""
        blocks = {one.id: one for one in content.blocks}
        texts = {
            name: text
            for name, text in self.texts.items()
            if name in self.added or name not in blocks or _is_other(text, blocks[name])
        }
        return replace(self, texts=texts)


def apply_edits(
    content: LetterContent, edits: Edits, *, gaps: Iterable[Gap] | None = None
) -> LetterContent:
    """The letter as the writer wants it; `gaps` are those whose marks may stand in their words."""
    left_out = {*edits.left_out}
    return replace(
        content,
        blocks=tuple(
            one
            for one in arranged(content, edits, gaps=gaps)
            if one.id not in left_out and one.elements
        ),
    )


def arranged(
    content: LetterContent, edits: Edits, *, gaps: Iterable[Gap] | None = None
) -> tuple[Block, ...]:
    """Every block in the writer's order and words, those that are left out among them.

    Words that are too long are to be shortened first, and not in the letter until then.
    """
    known = tuple(content.gaps if gaps is None else gaps)
    texts = {name: text for name, text in edits.texts.items() if not is_too_long(text)}
    blocks = {one.id: one for one in content.blocks}
    blocks |= {one: Block(one, "", (), is_authors=True) for one in edits.added}
    return tuple(
        from_text(texts[one], blocks[one], gaps=known) if one in texts else blocks[one]
        for one in _sequence(content, edits)
    )


def moved(content: LetterContent, edits: Edits, block: str, by: int) -> Edits:
    """The same with one block moved up (-1) or down (1); at the end it stays."""
    order = _sequence(content, edits)
    if block not in order:
        return edits
    here = order.index(block)
    there = min(max(here + by, 0), len(order) - 1)
    order[here], order[there] = order[there], order[here]
    return replace(edits, order=tuple(order))


def with_added(edits: Edits) -> Edits:
    """The same with one more paragraph of the writer's own; at most so many."""
    if len(edits.added) >= MOST_ADDED:
        return edits
    taken = {*edits.added, *edits.texts}
    name = next(one for n in count(1) if (one := f"{OWN}{n}") not in taken)
    return replace(edits, added=(*edits.added, name))


def without_text(edits: Edits, block: str) -> Edits:
    """The same without the writer's words for one block; one of their own goes altogether."""
    return replace(
        edits,
        texts={name: text for name, text in edits.texts.items() if name != block},
        added=tuple(one for one in edits.added if one != block),
        order=tuple(one for one in edits.order if one != block or block not in edits.added),
    )


def _sequence(content: LetterContent, edits: Edits) -> list[str]:
    """The ids of all blocks in the writer's order; one without a place follows its neighbor."""
    ids = [one.id for one in content.blocks]
    at = ids.index(LAST) if LAST in ids else len(ids)
    ids[at:at] = edits.added
    order = [one for one in dict.fromkeys(edits.order) if one in ids]
    for place, one in enumerate(ids):
        if one not in order:
            order.insert(order.index(ids[place - 1]) + 1 if place else 0, one)
    return order


def _is_other(text: str, block: Block) -> bool:
    return is_too_long(text) or from_text(text, block) is not block


def _ids(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for one in text.split(",") if one))
