"""What each insurer's documents say of a treatment, by condition, before anyone is asked.

Each cell is the answer of the whole check for a person of whom only the condition is known.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from itertools import groupby

from policies import terms
from policies.applicability import select_documents
from policies.catalogue import Catalogue, Document, Edition, Insurer, Position
from policies.check import Answer, CheckedDocument, check
from policies.facts import facts_from
from policies.situation import LineOfBusiness, Plan, Situation, Treatment
from policies.sureness import Sureness
from policies.truth import Truth
from policies.verdict import Verdict, match_condition

# The condition that each column is about, in the order shown. A condition that lies, or may lie,
# within several of them belongs to the first.
HEADS = (
    "treatment_resistant_depression",
    "mdd_suicidal",
    "depression",
    "psychiatric_disorders",
    "crps",
    "chronic_daily_headache",
    "chronic_pain",
)


class Stance(StrEnum):
    """What an insurer's documents come to for a condition."""

    COVERED = "covered"
    COVERED_WITH_CRITERIA = "covered_with_criteria"
    INDIVIDUAL_CONSIDERATION = "individual_consideration"
    INVESTIGATIONAL = "investigational"
    EXCLUDED = "excluded"
    NOT_MEDICALLY_NECESSARY = "not_medically_necessary"
    BY_PLAN = "by_plan"
    DOCUMENTS_DIFFER = "documents_differ"
    NOT_CLEAR = "not_clear"
    UNREAD = "unread"
    NOT_IN_PART_READ = "not_in_part_read"
    NOT_ADDRESSED = "not_addressed"
    WITHDRAWN = "withdrawn"
    NOTHING_HELD = "nothing_held"

    @property
    def covers(self) -> bool:
        return self in (Stance.COVERED, Stance.COVERED_WITH_CRITERIA)

    @property
    def refuses(self) -> bool:
        return self in (Stance.INVESTIGATIONAL, Stance.EXCLUDED, Stance.NOT_MEDICALLY_NECESSARY)


# What gives way where a document names another condition of the same column.
VAGUE = (Stance.NOT_CLEAR, Stance.NOT_IN_PART_READ, Stance.NOT_ADDRESSED, Stance.NOTHING_HELD)


class Side(StrEnum):
    """Where an insurer stands on a treatment, over all conditions shown."""

    COVERS = "covers"
    CASE_BY_CASE = "case_by_case"
    REFUSES = "refuses"
    OPEN = "open"
    NOTHING_HELD = "nothing_held"


@dataclass(frozen=True, slots=True)
class Held:
    """The document behind a cell; `number` counts the position in its edition, 0 for none."""

    document: Document
    edition: Edition
    number: int
    sureness: Sureness

    @property
    def position(self) -> Position | None:
        return self.edition.positions[self.number - 1] if self.number else None


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing said in a cell, and by which documents.

    `named` holds the conditions that they name, where these are not the whole column.
    """

    stance: Stance
    named: tuple[str, ...] = ()
    held: tuple[Held, ...] = ()

    @property
    def place(self) -> tuple[Stance, tuple[tuple[str, int], ...]]:
        """What is said, and where: the same for two entries by the same words of a document."""
        return self.stance, tuple((one.document.stem, one.number) for one in self.held)


@dataclass(frozen=True, slots=True)
class Cell:
    """What is said of one column, or of neighboring ones of which the same is said."""

    heads: tuple[str, ...]
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """An insurer's cells, in the order of the columns."""

    insurer: Insurer
    treatment: Treatment
    cells: tuple[Cell, ...]

    @property
    def side(self) -> Side:
        stances = {entry.stance for cell in self.cells for entry in cell.entries}
        if stances <= {Stance.NOTHING_HELD}:
            return Side.NOTHING_HELD
        if any(one.covers for one in stances):
            return Side.COVERS
        if Stance.INDIVIDUAL_CONSIDERATION in stances:
            return Side.CASE_BY_CASE
        return Side.REFUSES if any(one.refuses for one in stances) else Side.OPEN

    @property
    def covers_by_hearsay(self) -> bool:
        """Whether all that speaks for coverage is second-hand."""
        found = [
            held.sureness is Sureness.SECOND_HAND
            for cell in self.cells
            for entry in cell.entries
            if entry.stance.covers
            for held in entry.held
        ]
        return bool(found) and all(found)


@cache
def members_of(head: str) -> tuple[str, ...]:
    """The conditions of a column, of which one can be diagnosed, the column's own first."""
    known = terms.conditions().values()
    found = [one.id for one in known if not one.is_group and _head_of(one.id) == head]
    return tuple(sorted(found, key=lambda name: name != head))


def _head_of(condition: str) -> str | None:
    reached = _lies_in(condition)
    return next((head for head in HEADS if head in reached), None)


def _lies_in(condition: str) -> frozenset[str]:
    """The condition and all that it lies within, or may."""
    found = terms.conditions()[condition]
    wider = {name for one in found.within | found.perhaps_within for name in _lies_in(one)}
    return frozenset({condition, *wider})


def coverage_rows(
    catalogue: Catalogue,
    treatment: Treatment,
    *,
    on: dt.date,
    line: LineOfBusiness | None = None,
    state: str | None = None,
) -> tuple[Row, ...]:
    """A row for each insurer of which a document speaks for such plans, by name."""
    rows = []
    for insurer in sorted(catalogue.insurers.values(), key=lambda one: one.name):
        own = tuple(one for one in catalogue.documents if one.insurer.slug == insurer.slug)
        plan = Plan(
            insurer=insurer.slug,
            line_of_business=line,
            residence_state=state,
            issue_state=state,
        )
        # A program's rule has a row of its own, so here each insurer speaks for itself alone.
        alone = replace(catalogue, documents=own)
        row = _row(alone, insurer, Situation(treatment=treatment, plan=plan), on)
        if row is not None:
            rows.append(row)
    return tuple(rows)


def _row(alone: Catalogue, insurer: Insurer, situation: Situation, on: dt.date) -> Row | None:
    """The insurer's row; None where no document of it speaks for such plans."""
    facts = facts_from(situation, on=on)
    selection = select_documents(alone, situation.plan, facts, on=on)
    if not selection.applied:
        return None
    named = {
        name
        for applied in selection.applied
        for position in applied.edition.positions
        if position.treatment is situation.treatment
        for name in position.indications
    }
    cells: list[Cell] = []
    silence: tuple[Entry, ...] = ()
    for head in HEADS:
        touched = [one for one in members_of(head) if any(_touches(one, name) for name in named)]
        # Of conditions that no document touches the same silence is answered: it is asked once.
        if not touched and not silence:
            silence = _entries(head, members_of(head)[:1], alone, situation, on)
        entries = _entries(head, touched, alone, situation, on) if touched else silence
        cells.append(Cell((head,), entries))
    return Row(insurer, situation.treatment, tuple(_joined(cells)))


def _entries(
    head: str, conditions: Iterable[str], alone: Catalogue, situation: Situation, on: dt.date
) -> tuple[Entry, ...]:
    """What is said of any condition of a column; what is vague gives way to what is not."""
    found: dict[object, Entry] = {}
    for condition in conditions:
        asked = replace(situation, answers={"conditions": frozenset({condition})})
        entry = _entry(check(asked, catalogue=alone, on=on))
        before = found.get(entry.place)
        names = dict.fromkeys((*(before.named if before else ()), *entry.named))
        found[entry.place] = replace(entry, named=tuple(names))
    plain = [one for one in found.values() if one.stance not in VAGUE]
    return tuple(_narrowed(one, head) for one in plain or list(found.values())[:1])


def _narrowed(entry: Entry, head: str) -> Entry:
    """Without the names, where one of them is the column's own condition or a wider one."""
    is_whole = any(name in terms.wider_conditions(head) for name in entry.named)
    if entry.stance is Stance.NOT_ADDRESSED or (is_whole and entry.stance is not Stance.WITHDRAWN):
        return replace(entry, named=())
    return entry


@cache
def _touches(condition: str, name: str) -> bool:
    """Whether a document that names `name` may speak of the condition."""
    asked = Situation(answers={"conditions": frozenset({condition})})
    return facts_from(asked, on=dt.date.min).condition(name) is not Truth.NOT_MET


def _entry(answer: Answer) -> Entry:
    if answer.headline is None:
        return Entry(Stance.NOTHING_HELD)
    speaking = (answer.headline, *answer.disagreeing)
    stance = Stance.DOCUMENTS_DIFFER if answer.disagreeing else _stance(answer.headline, answer)
    names = dict.fromkeys(name for one in speaking for name in _named(one, answer))
    return Entry(stance, tuple(names), tuple(map(_held, speaking)))


def _stance(checked: CheckedDocument, asked: Answer) -> Stance:
    answer = checked.answer
    if not answer.positions:
        if answer.verdict is Verdict.ANSWER_UNREAD:
            return Stance.NOT_IN_PART_READ if answer.edition.positions else Stance.UNREAD
        return Stance(answer.verdict)
    first = answer.positions[0]
    says = Stance(first.position.coverage)
    if first.applies is Truth.MET or says in (Stance.UNREAD, Stance.NOT_ADDRESSED):
        return says
    facts = facts_from(asked.situation, on=asked.on)
    matches, _, _ = match_condition(first.position, facts)
    return Stance.BY_PLAN if matches is Truth.MET else Stance.NOT_CLEAR


def _named(checked: CheckedDocument, asked: Answer) -> tuple[str, ...]:
    """The conditions that the document names where it says this."""
    answer = checked.answer
    if answer.positions:
        first = answer.positions[0]
        told = answer.positions if first.applies is Truth.UNKNOWN else (first,)
        return tuple(dict.fromkeys(name for one in told for name in one.conditions))
    if answer.verdict is not Verdict.WITHDRAWN:
        return ()
    return tuple(
        name
        for position in answer.edition.positions
        if position.treatment is asked.situation.treatment
        for name in position.indications
    )


def _held(checked: CheckedDocument) -> Held:
    answer = checked.answer
    number = 0
    if answer.positions:
        number = answer.edition.positions.index(answer.positions[0].position) + 1
    return Held(answer.document, answer.edition, number, checked.sureness)


def _joined(cells: list[Cell]) -> Iterator[Cell]:
    """Neighbors of which the same is said, as one cell."""
    for _, group in groupby(
        cells, key=lambda cell: [(one.place, one.named) for one in cell.entries]
    ):
        same = list(group)
        yield Cell(tuple(head for cell in same for head in cell.heads), same[0].entries)
