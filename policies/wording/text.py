"""An answer as plain text, for a terminal."""

import textwrap
from collections.abc import Iterator

from policies import wording
from policies.catalogue import Edition
from policies.check import Answer, CheckedDocument
from policies.matcher import Finding, top_level
from policies.truth import Truth
from policies.verdict import PositionAnswer
from policies.wording import phrases
from policies.wording.findings import given, state, whose_words

WIDTH = 88
MARKS = {Truth.MET: "[x]", Truth.NOT_MET: "[-]", Truth.UNKNOWN: "[?]"}


def answer_to_text(answer: Answer) -> str:
    """The whole answer as lines of plain text."""
    return "\n".join(_lines(answer)) + "\n"


def _lines(answer: Answer) -> Iterator[str]:
    yield from _wrapped(wording.headline(answer))
    yield ""
    yield from _wrapped(wording.reason(answer))
    for caution in wording.cautions(answer):
        yield from _wrapped(caution)
    for checked in answer.documents:
        yield ""
        yield from _document(checked)
    if answer.silent:
        yield ""
        yield "Documents from this insurer in which we read nothing about this:"
        yield from (f"  {document.short_name}" for document in answer.silent)
    if answer.left_out:
        yield ""
        yield "Documents that do not speak for this plan:"
        for one in answer.left_out:
            yield f"  {one.document.short_name}: it {phrases.LEFT_OUT[one.reason]}."


def _document(checked: CheckedDocument) -> Iterator[str]:
    found = checked.answer
    line = wording.document_line(found.document, found.edition)
    yield from _wrapped(line)
    yield "=" * min(WIDTH, len(line))
    yield from _wrapped(
        f"{phrases.ROLES[checked.applied.role]}. {wording.document_verdict(checked)}"
    )
    yield from _wrapped(f"{checked.sureness.label}: {checked.sureness.explanation}")
    for caution in checked.applied.cautions:
        yield from _wrapped(phrases.CAUTIONS[caution])
    if found.document.url:
        yield found.document.url
    for position in found.positions:
        yield ""
        yield from _position(position, found.edition)
    if found.edition.notes:
        yield "Notes:"
        for note in found.edition.notes:
            yield from _wrapped(f"- {note}", indent=2)


def _position(answer: PositionAnswer, edition: Edition) -> Iterator[str]:
    position = answer.position
    yield from _wrapped(wording.what_it_says(answer))
    if position.source.quote:
        whose = whose_words(position.source, edition)
        yield from _wrapped(f"{whose}: “{position.source.quote}”", indent=2)
    if position.note:
        yield from _wrapped(position.note, indent=2)
    if answer.score is not None:
        yield wording.score(answer.score) + "."
    if answer.findings is not None:
        for member in top_level(answer.findings):
            yield from _finding(member, edition, depth=1)
    yield from _wrapped(
        f"{phrases.PRIOR_AUTHORIZATION[position.prior_authorization]} "
        f"{position.prior_authorization_note}".strip()
    )
    for title, texts in (
        ("Limits", position.limits),
        ("Documents wanted", position.documents_wanted),
    ):
        if texts:
            yield f"{title}:"
            for text in texts:
                yield from _wrapped(f"- {text}", indent=2)


def _finding(found: Finding, edition: Edition, *, depth: int) -> Iterator[str]:
    node = found.node
    yield from _wrapped(f"{MARKS[found.truth]} {node.label} ({state(found)})", indent=2 * depth)
    inner = 2 * depth + 4
    told = given(found)
    if told:
        yield from _wrapped(told, indent=inner)
    if node.source.quote:
        whose = whose_words(node.source, edition)
        yield from _wrapped(f"{whose}: “{node.source.quote}”", indent=inner)
    if node.note:
        yield from _wrapped(node.note, indent=inner)
    for member in found.members:
        yield from _finding(member, edition, depth=depth + 1)


def _wrapped(text: str, *, indent: int = 0) -> list[str]:
    space = " " * indent
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=space,
        subsequent_indent=space,
        break_long_words=False,
        break_on_hyphens=False,
    )
