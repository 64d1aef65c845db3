"""What the pages of printing show: the letters to choose from, and how far a printing is."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings

from appeals.background import worker_seen
from appeals.clinics.casework import open_case
from appeals.clinics.printing.addressing import Address, address_of
from appeals.clinics.printing.making import UNDER_WAY
from appeals.letters.kinds import LetterKind, kind_plan
from appeals.models import Batch, BatchItem, Case, Letter

SILENT_TIMES = 3
"""A worker gives three signs of life in the time after which it counts as silent."""


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter to choose, with whose it is."""

    letter: Letter
    name: str
    patient: str
    address: Address
    is_ticked: bool

    @property
    def case(self) -> Case:
        return self.letter.case


def letter_rows(letters: Iterable[Letter], *, ticked: Collection[uuid.UUID]) -> Iterator[LetterRow]:
    """Each letter opened for a list; the caller logs who looked."""
    for letter in letters:
        opened = open_case(letter.case)
        yield LetterRow(
            letter,
            kind_name(letter),
            opened.patient.record.listed_name,
            address_of(letter, opened),
            letter.pk in ticked,
        )


def kind_name(letter: Letter) -> str:
    """What a letter of this kind is called."""
    return kind_plan(LetterKind(letter.kind)).name


@dataclass(frozen=True, slots=True)
class Fault:
    """A letter that could not be printed; its case is named by number alone."""

    item: BatchItem

    @property
    def case(self) -> Case:
        return self.item.letter.case

    @property
    def name(self) -> str:
        return kind_name(self.item.letter)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a printing is."""

    batch: Batch
    of: int
    done: int
    faults: tuple[Fault, ...]
    has_worker: bool

    @property
    def is_under_way(self) -> bool:
        return self.batch.state in UNDER_WAY

    @property
    def printed(self) -> int:
        """How many the file holds."""
        return self.done - len(self.faults)


def progress_of(batch: Batch, *, now: dt.datetime) -> Progress:
    """Read how far a printing is, without what it holds."""
    items = list(
        batch.items.select_related("letter__case").only(
            "position", "fault", "done_at", "batch", "letter__kind", "letter__case__number"
        )
    )
    faults = tuple(Fault(one) for one in items if one.fault)
    done = sum(one.done_at is not None for one in items)
    return Progress(batch, len(items), done, faults, is_worked(now=now))


def is_worked(*, now: dt.datetime) -> bool:
    """Whether a worker gave a sign of life of late."""
    seen = worker_seen()
    silent = dt.timedelta(seconds=SILENT_TIMES * settings.WORKER_SILENT_SECONDS)
    return seen is not None and now - seen < silent
