"""What is to be done about each document, and in which order."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import chain

from policies import terms
from policies.catalogue import (
    Catalogue,
    CoveragePosition,
    Document,
    Edition,
    EditionStatus,
    Insurer,
    InsurerKind,
    Position,
    SourceReading,
)
from policies.catalogue.spoken import texts_of
from policies.copies.quotes import Quote
from policies.criteria import Unread, walk
from policies.situation import LineOfBusiness
from policies.sureness import Sureness, sureness_of

SOON_DAYS = 60
HALF_A_YEAR, A_YEAR = 183, 365


class Task(StrEnum):
    """A thing to do about a document, the weightiest first."""

    QUOTE_GONE = "quote_gone"
    ANSWER_UNREAD = "answer_unread"
    UNREAD_PARTS = "unread_parts"
    SECOND_HAND = "second_hand"
    OLD_OR_UNDATED = "old_or_undated"
    READ_SOON = "read_soon"
    SPANISH = "spanish"
    NO_COPY = "no_copy"

    @property
    def is_minor(self) -> bool:
        return self is Task.NO_COPY


class Age(StrEnum):
    """How long ago a document was last read, the longest first."""

    OVER_A_YEAR = "over_a_year"
    OVER_HALF_A_YEAR = "over_half_a_year"
    SOONER = "sooner"


@dataclass(frozen=True, slots=True)
class Reach:
    """For how many plans a document answers, as far as the catalogue tells.

    We count no readers: nothing about visits is kept.
    """

    insurers: int
    lines: int
    states: int
    is_whole_country: bool
    binds_lines: bool

    @property
    def plans(self) -> int:
        return self.insurers * self.lines * self.states


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a document: whether a copy does, and the quotes that are gone from it."""

    has_copy: bool = False
    gone: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkItem:
    """A document with its tasks, each with how many parts it is about."""

    document: Document
    edition: Edition
    sureness: Sureness
    newest: SourceReading
    age: Age
    reach: Reach
    tasks: Mapping[Task, int] = field(default_factory=dict)

    @property
    def order(self) -> tuple[int, int, int, dt.date, str]:
        """The least sure first; of those, what was read longest ago; then, what most plans use."""
        return (
            -list(Sureness).index(self.sureness),
            list(Age).index(self.age),
            -self.reach.plans,
            self.newest.read_on.first_day,
            self.document.stem,
        )


def work_list(
    catalogue: Catalogue,
    *,
    on: dt.date,
    beside: Mapping[str, Beside],
    is_reviewed: Callable[[str], bool],
) -> list[WorkItem]:
    """Every document that wants something, in order; `beside` by the stem of each.

    A document whose edition in force ends its rule wants nothing.
    """
    reaches = _Reaches(catalogue)
    items = (
        _item(
            document,
            edition,
            on=on,
            beside=beside.get(document.stem, Beside()),
            is_reviewed=is_reviewed,
            reach=reaches.of(document),
        )
        for document in catalogue.documents
        if (edition := document.edition_in_force(on)) and edition.status is EditionStatus.IN_FORCE
    )
    return sorted((one for one in items if one.tasks), key=lambda one: one.order)


def _item(
    document: Document,
    edition: Edition,
    *,
    on: dt.date,
    beside: Beside,
    is_reviewed: Callable[[str], bool],
    reach: Reach,
) -> WorkItem:
    newest = max(edition.readings, key=lambda one: one.read_on.first_day)
    found = chain(
        _what_is_missing(edition, beside),
        _what_is_unsure(edition, on),
        [(Task.SPANISH, sum(not is_reviewed(text) for _, text in texts_of(edition)))],
    )
    counts = dict(found)
    return WorkItem(
        document,
        edition,
        sureness_of(edition, on=on),
        newest,
        age_of(newest, on),
        reach,
        {task: counts[task] for task in Task if counts.get(task)},
    )


def age_of(reading: SourceReading, on: dt.date) -> Age:
    days = (on - reading.read_on.first_day).days
    if days > A_YEAR:
        return Age.OVER_A_YEAR
    return Age.OVER_HALF_A_YEAR if days > HALF_A_YEAR else Age.SOONER


def _what_is_missing(edition: Edition, beside: Beside) -> Iterator[tuple[Task, int]]:
    yield Task.QUOTE_GONE, len(beside.gone)
    unread = [one for one in edition.positions if one.coverage is CoveragePosition.UNREAD]
    yield Task.ANSWER_UNREAD, len(unread) if edition.positions else 1
    yield Task.UNREAD_PARTS, sum(map(_unread_parts, edition.positions))
    yield Task.NO_COPY, int(not beside.has_copy)


def _unread_parts(position: Position) -> int:
    trees = (position.applies_if, position.criteria, position.continuation, *position.priorities)
    nodes = chain.from_iterable(walk(tree) for tree in trees if tree is not None)
    # It covers by criteria, and none of them was read.
    is_whole_list = (
        position.coverage is CoveragePosition.COVERED_WITH_CRITERIA and position.criteria is None
    )
    return sum(isinstance(node, Unread) for node in nodes) + is_whole_list


def _what_is_unsure(edition: Edition, on: dt.date) -> Iterator[tuple[Task, int]]:
    now = sureness_of(edition, on=on)
    soon = sureness_of(edition, on=on + dt.timedelta(days=SOON_DAYS))
    yield Task.SECOND_HAND, int(now is Sureness.SECOND_HAND)
    yield Task.OLD_OR_UNDATED, int(now is Sureness.OLD_OR_UNDATED)
    yield Task.READ_SOON, int(soon is not now)


def _pays(insurer: Insurer) -> bool:
    return insurer.kind not in (InsurerKind.VENDOR, InsurerKind.RULE_MAKER)


class _Reaches:
    """Counts the plans that documents answer for."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.links = catalogue.administrations
        self.payers: dict[LineOfBusiness, set[str]] = defaultdict(set)
        for insurer in catalogue.insurers.values():
            if insurer.pays_for is not None:
                self.payers[insurer.pays_for].add(insurer.slug)
        for document in catalogue.documents:
            for line in document.lines_of_business if _pays(document.insurer) else ():
                self.payers[line].add(document.insurer.slug)

    def of(self, document: Document) -> Reach:
        states = document.states or document.insurer.states
        lines = document.lines_of_business
        answered = {document.insurer.slug} if _pays(document.insurer) else set()
        if document.binds_line:
            answered |= {slug for line in lines for slug in self.payers[line]}
        return Reach(
            len(answered | {*self._led_by_links(document)}) or 1,
            len(lines),
            len(states) or len(terms.states()),
            is_whole_country=not states,
            binds_lines=document.binds_line,
        )

    def _led_by_links(self, document: Document) -> Iterable[str]:
        """The insurers for which a document's insurer decides."""
        for link in self.links:
            lines = link.lines_of_business
            for_line = not lines or not {*lines}.isdisjoint(document.lines_of_business)
            if link.administrator == document.insurer.slug and for_line:
                yield link.insurer
