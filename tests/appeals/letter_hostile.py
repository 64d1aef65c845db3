"""A letter whose every place for text holds what an attacker would type."""

from collections.abc import Sequence

from appeals.letters.content import (
    Block,
    Boxes,
    Element,
    Facts,
    Gap,
    Items,
    LetterContent,
    Lines,
    Paragraph,
    Signature,
    Table,
)
from tests.appeals.letter_contents import cell, content_of, enclosed, said

HOSTILE = (
    "<img src=file:///etc/passwd>",
    "<script>alert(1)</script>",
    "{{ content.title }}{% now 'Y' %}",
    "<link rel=stylesheet href=http://192.0.2.1/x.css>",
    "</p><h1>Approved</h1>",
    "& ampersands &amp; entities &#65;",
)

# One of each class that a page or the XML of a Word file can't hold.
UNPRINTABLE = {
    "a null": "\x00",
    "a control character": "\x0b",
    "a control character above ASCII": "\x85",
    "half a pair": "\ud800",
    "the break that a PDF yields in a word": "\ufffe",
    "the last of a plane": "\uffff",
    "one of those without a character": "\ufdd0",
    "the last of a later plane": "\U0010ffff",
}


def with_text(*texts: str) -> LetterContent:
    """A letter whose every place for text holds these."""
    words = cell(*texts)
    everything: Sequence[Element] = (
        Paragraph(words),
        Lines(words),
        Facts(tuple((text, said(text)) for text in texts)),
        Items((words,), is_numbered=True),
        Items((words,)),
        Table(texts, ((*((said(text),) for text in texts),),), caption=texts[0]),
        Boxes((words,)),
        Signature(words),
        Paragraph(tuple(said(Gap(text, text)) for text in texts)),
    )
    return content_of(
        Block(texts[0], texts[0], tuple(everything), is_authors=True),
        title=texts[0],
        running=said(texts[0]),
        enclosures=enclosed(*texts),
    )
