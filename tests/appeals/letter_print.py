"""A letter as plain text, to be read by eye and compared: blocks, sentences, gaps, enclosures."""

from collections.abc import Iterator
from textwrap import fill

from appeals.letters import LetterContent
from appeals.letters.content import (
    Block,
    Boxes,
    Element,
    Facts,
    Items,
    Lines,
    Paragraph,
    Sentence,
    Signature,
    Table,
)

WIDTH = 96


def printed(content: LetterContent) -> str:
    """The whole letter; what is typed over several lines, or set in a table, reads downwards."""
    state = f"draft, {len(content.gaps)} to fill in" if content.is_draft else "complete"
    lines = [f"{content.kind}, {content.voice}, {content.language}, {state}", _running(content)]
    for block in content.blocks:
        lines += ["", _above(block)]
        for element in block.elements:
            lines += _element(element)
    if content.gaps:
        lines += ["", "== To fill in"]
        lines += [f"- {one.label}" for one in content.gaps]
    if content.enclosures:
        enclosed = ", ".join(f"{one.number} {one.id}" for one in content.enclosures)
        lines += ["", f"== Enclosed: {enclosed}"]
    return "\n".join(lines) + "\n"


def _running(content: LetterContent) -> str:
    return f"header: {content.running.text}"


def _above(block: Block) -> str:
    return f"== {block.id}: {block.heading}" if block.heading else f"== {block.id}"


def _element(element: Element) -> Iterator[str]:
    match element:
        case Paragraph(found):
            yield _fill(found)
        case Lines(found, is_strong):
            yield from (f"**{one.text}**" if is_strong else one.text for one in found)
        case Facts(rows):
            yield from (f"{label}: {one.text}" for label, one in rows)
        case Items(items, is_numbered):
            for number, item in enumerate(items, 1):
                yield _fill(item, mark=f"{number}. " if is_numbered else "- ")
        case Boxes(items):
            for item in items:
                yield _fill(item, mark="[ ] ")
        case Table():
            yield from _table(element)
        case Signature(found, wants_date):
            yield "________________" + (" (date) ________" if wants_date else "")
            yield from (one.text for one in found)


def _table(table: Table) -> Iterator[str]:
    if table.caption:
        yield f"table: {table.caption}"
    for row in table.rows:
        for index, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
            mark = "* " if index == 0 else "  "
            yield _fill(cell, mark=f"{mark}{column}: ", joint=" / ")


def _fill(found: tuple[Sentence, ...], *, mark: str = "", joint: str = " ") -> str:
    text = mark + joint.join(one.text for one in found)
    return fill(text, WIDTH, subsequent_indent="  " if mark else "", break_on_hyphens=False)
