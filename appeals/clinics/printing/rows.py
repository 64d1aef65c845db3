"""What the pages of printing show: the letters to choose from, and how far a printing is."""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings

from appeals.background import worker_seen
from appeals.clinics.casework import OpenCase, open_case
from appeals.clinics.content import ContentError
from appeals.clinics.letters.drafting import name_of, record_of
from appeals.clinics.letters.sending import sent_days
from appeals.clinics.printing.addressing import Address, address_of
from appeals.clinics.printing.making import UNDER_WAY
from appeals.models import Batch, BatchItem, Case, Letter
from appeals.sealing import SealError

SILENT_TIMES = 3
"""A worker gives three signs of life in the time after which it counts as silent."""


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter to choose, with whose it is."""

    letter: Letter
    name: str
    patient: str
    address: Address
    enclosures: int
    sent_on: dt.date | None
    is_ticked: bool

    @property
    def case(self) -> Case:
        return self.letter.case


def letter_rows(
    letters: Collection[Letter], *, ticked: Collection[uuid.UUID] | None
) -> tuple[LetterRow, ...]:
    """Each letter opened for a list; the caller logs who looked.

    Without a choice those that wait to be sent are ticked.
    """
    sent = sent_days(letters)
    return tuple(_row(one, sent.get(one.pk), ticked) for one in letters)


def _row(
    letter: Letter, sent_on: dt.date | None, ticked: Collection[uuid.UUID] | None
) -> LetterRow:
    opened = open_case(letter.case)
    return LetterRow(
        letter,
        name_of(letter),
        opened.patient.record.listed_name,
        address_of(letter, opened),
        _enclosures(opened, letter),
        sent_on,
        sent_on is None if ticked is None else letter.pk in ticked,
    )


def _enclosures(opened: OpenCase, letter: Letter) -> int:
    """How many it has; none where it can't be opened any more, which its printing tells."""
    try:
        signed = record_of(opened, letter).signed
    except (SealError, ContentError):
        return 0
    return len(signed.enclosures) if signed is not None else 0


@dataclass(frozen=True, slots=True)
class Fault:
    """A letter that could not be printed; its case is named by number alone."""

    item: BatchItem

    @property
    def case(self) -> Case:
        return self.item.letter.case

    @property
    def name(self) -> str:
        return name_of(self.item.letter)


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
