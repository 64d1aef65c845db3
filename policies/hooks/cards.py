"""Cards: what a plan's document wants of an order, held against the record, in plain words.

CDS Hooks 2.0, "Card Attributes". A card only informs: no suggestion, no reason to override, and
nothing on how an answer would have to be to turn the verdict.
"""

from collections.abc import Iterator
from typing import Any

from policies.applicability import Role
from policies.check import Answer, CheckedDocument
from policies.hooks.asked import Asked, answered_for, of_order, ours
from policies.hooks.card_form import INFO, WARNING, page_of, paragraphs, summary_of, written
from policies.hooks.cards_without_verdict import card_of_none, card_without_diagnosis
from policies.hooks.positions import Room, of_document, points_missing
from policies.hooks.record_words import notices, record_lines
from policies.hooks.verdicts import verdict_in_few_words, verdict_sentence
from policies.hooks.words import (
    COPIES,
    MORE_DOCUMENTS,
    PLAN_CAUTIONS,
    cautions_of,
    escaped,
)

MOST_CARDS = 3
# An order dialog shows a few lines: so many names stand in a line as a short card has room for.
FEW_LETTERS, MOST_LETTERS = 600, 800
SHORT = (
    Room(names=3, of_record=3, failing=3),
    Room(names=2, of_record=2, failing=3),
    Room(names=1, of_record=2, failing=3),
)
# A card that would only count what is missing may be longer, and names as much of it as has room.
MOST_NAMES, LENGTHS = 6, (None, 110, 95, 85, 75, 60, 45)
ENOUGH_NAMES = 2
FILLED = tuple(
    Room(names=names, of_record=of_record, failing=3, longest=longest, scant=scant)
    for scant, rows in ((False, (1, 0)), (True, (0,)))
    for names in range(MOST_NAMES, 0, -1)
    for of_record in rows
    for longest in LENGTHS
)
COUNTED = (
    Room(names=0, of_record=1, failing=3),
    Room(names=0, of_record=0, failing=3),
    Room(names=0, of_record=0, failing=2),
    Room(names=0, of_record=0, failing=2, scant=True),
)
LEAST = Room(names=0, of_record=0, failing=1, scant=True)
DISAGREEING = "The plan's documents disagree."
HELD_A_RULE = "Program rule only."
ONLY_A_RULE = "we hold no document of the plan itself, only a rule of its program."


def cards_of(asked: Asked, *, site: str) -> list[dict[str, Any]]:
    """A card for each document that answers first, or one that says why there is none."""
    if not asked.answer.documents:
        return [card_of_none(asked, site)]
    if asked.is_diagnosis_open:
        return [card_without_diagnosis(asked, site)]
    documents = _first(asked.answer)
    return [_card(asked, one, site, is_first=one is documents[0]) for one in documents]


def _first(answer: Answer) -> tuple[CheckedDocument, ...]:
    """The documents that the answer goes by, and those that contradict it before all others."""
    foremost = (one for one in (answer.headline, *answer.disagreeing) if one is not None)
    ordered = [*foremost, *answer.documents]
    unique = {one.applied.document.stem: one for one in reversed(ordered)}
    names = dict.fromkeys(one.applied.document.stem for one in ordered)
    return tuple(unique[name] for name in names)[:MOST_CARDS]


def _card(asked: Asked, checked: CheckedDocument, site: str, *, is_first: bool) -> dict[str, Any]:
    answer, document = asked.answer, checked.applied.document
    is_warning = checked.answer.verdict.is_refusal or bool(answer.disagreeing)
    copy = COPIES.get(checked.sureness)
    verdict = f"{verdict_in_few_words(checked)}{f' ({copy})' if copy else ''}."
    told = ONLY_A_RULE if _is_only_a_rule(answer, checked) else verdict
    return written(
        site,
        summary=summary_of(f"{asked.treatment}: {told}", document),
        indicator=WARNING if is_warning else INFO,
        detail=_detail(asked, checked, is_first=is_first),
        links=[("The document, line by line", page_of(document))],
    )


def _is_only_a_rule(answer: Answer, checked: CheckedDocument) -> bool:
    """Whether it is a rule of the plan's program, and nothing is held from the plan itself."""
    # Where nobody else pays, as in Original Medicare, the program is the plan.
    pays_for = checked.applied.document.insurer.pays_for
    is_own = pays_for is not None and pays_for is answer.situation.plan.line_of_business
    roles = {one.applied.role for one in (*answer.documents, checked)}
    return not is_own and roles == {Role.PROGRAM_RULE}


def _detail(asked: Asked, checked: CheckedDocument, *, is_first: bool) -> str:
    """With as many names as its length allows."""
    for room, letters in _rooms(checked):
        text = _written_out(asked, checked, room, is_first=is_first)
        if len(text) <= letters:
            return text
    return _written_out(asked, checked, LEAST, is_first=is_first)


def _rooms(checked: CheckedDocument) -> Iterator[tuple[Room, int]]:
    """Each way to write a card, with the letters that it may have; the first that fits is taken."""
    is_all_told = not points_missing(checked)
    yield from ((one, FEW_LETTERS) for one in SHORT if is_all_told or points_missing(checked, one))
    by_names = {(points_missing(checked, one), one.of_record, one.scant): one for one in FILLED}
    most_first = sorted(by_names.items(), key=lambda pair: _place(*pair[0]))
    yield from ((one, MOST_LETTERS) for key, one in most_first if is_all_told or key[0])
    yield from ((one, MOST_LETTERS) for one in COUNTED)


def _place(names: tuple[str, ...], of_record: int, scant: bool) -> tuple[bool, int, int, int]:
    """Some names go before the words of the record, and these before all further names."""
    return scant, -min(len(names), ENOUGH_NAMES), -of_record, -len(names)


def _written_out(asked: Asked, checked: CheckedDocument, room: Room, *, is_first: bool) -> str:
    """The verdict, what bars from relying on it, and the list with the names that have room."""
    return paragraphs(
        [f"**{_whose_rule(asked.answer, checked)}{escaped(verdict_sentence(checked))}**"],
        [" ".join(filter(None, _cautions(asked, checked)))],
        [" ".join(_above(asked, room))] if is_first else [],
        of_document(checked, room),
        _of_record(asked, room) if is_first else [],
        [ours(asked)],
    )


def _of_record(asked: Asked, room: Room) -> Iterator[str]:
    lines = notices(asked.record) if room.scant else record_lines(asked.record, most=room.of_record)
    yield " ".join(lines)


def _whose_rule(answer: Answer, checked: CheckedDocument) -> str:
    """What goes before a verdict by no document of the plan's own."""
    return f"{HELD_A_RULE} " if _is_only_a_rule(answer, checked) else ""


def _cautions(asked: Asked, checked: CheckedDocument) -> Iterator[str]:
    """What bars from taking the verdict as the patient's: it stands right behind it."""
    yield answered_for(asked.asking)
    yield from of_order(asked)
    yield from cautions_of(checked.applied.cautions)
    if asked.answer.plan_caution is not None:
        yield PLAN_CAUTIONS[asked.answer.plan_caution]


def _above(asked: Asked, room: Room) -> Iterator[str]:
    """What goes before everything a document says."""
    answer = asked.answer
    if answer.disagreeing:
        yield DISAGREEING
    yield from asked.payers.lines()
    more = len(answer.documents) - MOST_CARDS
    if more > 0 and not room.scant:
        yield MORE_DOCUMENTS.format(more=more)
