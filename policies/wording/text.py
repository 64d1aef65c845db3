"""An answer as plain text, for a terminal."""

import textwrap
from collections.abc import Iterable, Iterator

from policies import wording
from policies.catalogue import Edition
from policies.check import Answer, CheckedDocument
from policies.criteria import is_for_the_plan_alone
from policies.guidance import Guidance
from policies.matcher import Finding, top_level
from policies.situation import Asker
from policies.truth import Truth
from policies.verdict import PositionAnswer
from policies.wording import in_short, phrases
from policies.wording.changes import change_lines
from policies.wording.findings import given, shown, state, whose_words
from policies.wording.next_steps import next_steps
from policies.wording.to_do import to_do_list

WIDTH = 88
MARKS = {Truth.MET: "[x]", Truth.NOT_MET: "[-]", Truth.UNKNOWN: "[?]"}


def answer_to_text(guidance: Guidance, beside: Iterable[Guidance] = ()) -> str:
    """The whole answer as lines of plain text, with what helps on and the treatments beside it."""
    return "\n".join([*_lines(guidance.answer), *_helps_on(guidance), *_beside(beside)]) + "\n"


def _helps_on(guidance: Guidance) -> Iterator[str]:
    yield from _titled(phrases.TITLES["next_steps"], next_steps(guidance.answer))
    asker = guidance.answer.situation.asker
    for group in to_do_list(guidance.missing, asker):
        title = f"{phrases.TITLES['to_find_out']}. {group.heading}"
        yield from _titled(title, (f"{one.text} {one.detail}".strip() for one in group.items))
    lines = change_lines(guidance.changes, asker)
    yield from _titled(phrases.TITLES["would_change"], (one.text for one in lines))
    questions = guidance.questions
    if not questions.are_none:
        title = f"Questions that can still change it (at most {questions.at_most})"
        yield from _titled(title, (one.text for one in questions.in_order))


def _beside(compared: Iterable[Guidance]) -> Iterator[str]:
    yield from _titled(
        phrases.TITLES["side_by_side"],
        (f"{one.answer.situation.treatment.label}. {in_short(one.answer)}" for one in compared),
    )


def _titled(title: str, texts: Iterable[str]) -> Iterator[str]:
    listed = list(texts)
    if listed:
        yield ""
        yield f"{title}:"
        for text in listed:
            yield from _bullet(text)


def _bullet(text: str) -> list[str]:
    return _wrapped(f"- {text}", indent=2, hanging=2)


def _lines(answer: Answer) -> Iterator[str]:
    help_line = wording.help_line(answer)
    if help_line:
        yield from _wrapped(help_line)
        yield ""
    yield from _wrapped(wording.headline(answer))
    yield ""
    yield from _wrapped(wording.reason(answer))
    for caution in wording.cautions(answer):
        yield from _wrapped(caution)
    for checked in answer.documents:
        yield ""
        yield from _document(checked, answer.situation.asker)
    if answer.silent:
        yield ""
        yield f"{phrases.TITLES['other_documents']}; we read nothing in these about this:"
        yield from (f"  {document.short_name}" for document in answer.silent)
    if answer.left_out:
        yield ""
        yield "Documents that do not speak for this plan:"
        for one in answer.left_out:
            yield f"  {one.document.short_name}: it {phrases.LEFT_OUT[one.reason]}."


def _document(checked: CheckedDocument, asker: Asker | None) -> Iterator[str]:
    found = checked.answer
    line = wording.document_line(found.document, found.edition)
    yield from _wrapped(line)
    yield "=" * min(WIDTH, len(line))
    yield from _wrapped(
        f"{phrases.ROLES[checked.applied.role]}. {wording.document_verdict(checked, asker)}"
    )
    yield from _wrapped(f"{checked.sureness.label}: {checked.sureness.explanation}")
    for caution in checked.applied.cautions:
        yield from _wrapped(phrases.CAUTIONS[caution])
    if found.document.url:
        yield found.document.url
    if len(found.edition.readings) > 1:
        yield "Read in:"
        for reading in found.edition.readings:
            yield from _bullet(f"{phrases.spaced(reading.key)}: {reading.description}")
    for position in found.positions:
        yield ""
        yield from _position(position, found.edition)
    if found.edition.notes:
        yield "Notes:"
        for note in found.edition.notes:
            yield from _bullet(note)


def _position(answer: PositionAnswer, edition: Edition) -> Iterator[str]:
    position = answer.position
    yield from _wrapped(wording.what_it_says(answer))
    if position.source.quote:
        whose = whose_words(position.source, edition)
        yield from _wrapped(f"{whose}: “{position.source.quote}”", indent=2)
    if position.note:
        yield from _wrapped(position.note, indent=2)
    yield from _list(answer, edition)
    yield from _priorities(answer, edition)
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
                yield from _bullet(text)


def _list(answer: PositionAnswer, edition: Edition) -> Iterator[str]:
    if answer.score is not None:
        yield wording.score(answer.score) + "."
    if answer.score is not None and answer.applies is Truth.UNKNOWN:
        yield from _wrapped(f"{MARKS[Truth.UNKNOWN]} Whether this list is meant", indent=2)
    if answer.findings is not None and is_for_the_plan_alone(answer.findings.node):
        yield f"{phrases.FOR_THE_PLAN}:"
        yield from _duties(answer.findings)
    elif answer.findings is not None:
        for member in top_level(answer.findings):
            yield from _finding(member, edition, depth=1)


def _duties(found: Finding) -> Iterator[str]:
    """What is for the plan alone, as the document has it: nobody is held against it."""
    for member in found.members:
        yield from _bullet(member.node.label)
        for inner in _duties(member):
            yield f"  {inner}"


def _priorities(answer: PositionAnswer, edition: Edition) -> Iterator[str]:
    if answer.priorities:
        yield f"{phrases.TITLES['priorities']}. {phrases.NOTHING_REFUSED}"
        for priority in answer.priorities:
            yield from _finding(priority, edition, depth=1)


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
    if len(edition.readings) > 1 and node.source.origin and not found.members:
        yield from _wrapped(f"Read in: {phrases.spaced(node.source.origin)}.", indent=inner)
    if node.note:
        yield from _wrapped(node.note, indent=inner)
    for member in shown(found):
        yield from _finding(member, edition, depth=depth + 1)


def _wrapped(text: str, *, indent: int = 0, hanging: int = 0) -> list[str]:
    space = " " * indent
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=space,
        subsequent_indent=space + " " * hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )
