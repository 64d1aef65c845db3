"""What a worker does for one letter of a printing: done once, under a lock on its row."""

import logging
import uuid
from io import BytesIO

from django.db import transaction
from django.utils import timezone
from pikepdf import Pdf, PdfError

from appeals.background import defer
from appeals.clinics.access import log_access
from appeals.clinics.casework import OpenCase, open_case
from appeals.clinics.letters.drafting import name_of, record_of
from appeals.clinics.letters.packets import gone, packet_of
from appeals.clinics.letters.records import LetterRecord
from appeals.clinics.letters.signing import is_genuine, signed_bytes
from appeals.clinics.letters.writing import Writing
from appeals.clinics.printing.addressing import whole_address_of
from appeals.clinics.printing.making import UNDER_WAY, batch_key
from appeals.letter_sheets import SeparatorSheet
from appeals.models import AccessEntry, Batch, BatchItem, Letter
from appeals.packet.binding import bind
from appeals.packet.covers import cover_of
from appeals.packet.parts import PacketError, PacketRefusal, Part
from appeals.packet.refusals import REFUSALS
from appeals.pdf import print_separator
from appeals.sealing import SealError, seal
from policies.published import published_catalogue

logger = logging.getLogger(__name__)

UNREADABLE = "The signed file can't be opened. Open the letter in its case, and sign a new one."
ALTERED = "It does not match its signature. Open it in its case, and sign a new one."
SUPERSEDED = "It was superseded after it had been chosen. Print the newer letter."
GIVEN_UP = "It could not be made, though it was tried several times. Print it alone."
REMOVED = (
    "Papers that it encloses were removed or changed since it was signed. Add them again in a new "
    "letter that takes its place."
)


class UnprintableError(Exception):
    """A letter that can't be printed; the message says why, and tells of no patient."""


def print_item(batch: uuid.UUID, letter: uuid.UUID, *, is_given_up: bool) -> None:
    """Make the pages of one letter unless they are made, and go on once all are."""
    if _is_there(batch, letter, is_given_up=is_given_up):
        go_on_when_all_are_made(batch)
    else:
        logger.info("A letter to print is gone or done: batch %s, letter %s.", batch, letter)


@transaction.atomic
def _is_there(batch: uuid.UUID, letter: uuid.UUID, *, is_given_up: bool) -> bool:
    """Whether there was a letter to make, which is made now."""
    rows = BatchItem.objects.filter(batch=batch, letter=letter, batch__state__in=UNDER_WAY)
    rows = rows.select_related("batch", "letter__case__patient__clinic", "letter__case__insurer")
    # Two workers at one letter: the second waits, and finds it done.
    item = rows.defer("batch__sealed_file").select_for_update(of=("self",)).first()
    if item is None:
        return False
    if item.done_at is None:
        _make(item, is_given_up=is_given_up)
    return True


def _make(item: BatchItem, *, is_given_up: bool) -> None:
    if is_given_up:
        item.fault = GIVEN_UP
    elif item.letter.superseded_by_id:
        item.fault = SUPERSEDED
    else:
        try:
            item.sealed = seal(batch_key(item.batch), _pages(item), place=item.place)
        except UnprintableError as error:
            item.fault = str(error)
        except (SealError, PdfError):
            item.fault = UNREADABLE
    item.done_at = timezone.now()
    item.save(update_fields=["sealed", "fault", "done_at"])


def _pages(item: BatchItem) -> bytes:
    """What is sent; in one PDF for all, with the separator sheet before."""
    letter = item.letter
    opened = open_case(letter.case)
    log_access(AccessEntry.What.READ_FILE, case=letter.case, by=item.batch.made_by)
    sent = signed_bytes(opened, letter)
    if not is_genuine(opened, letter):
        raise UnprintableError(ALTERED)
    record = record_of(opened, letter)
    if item.batch.has_enclosures:
        sent = _packet(opened, letter, record)
    # It is no stranger's file: we made it, and nobody without the patient's key can change it.
    with Pdf.open(BytesIO(sent)) as pdf:
        pages = len(pdf.pages)
    if item.batch.form == Batch.Form.ZIP:
        return sent
    sheet = separator(item, opened, record, pages=pages)
    parts = (Part(sheet.title, 0, print_separator(sheet).pdf), Part(name_of(letter), 1, sent))
    return bind(parts, title=sheet.title, on=sheet.on.isoformat(), is_numbered=False).pdf


def _packet(opened: OpenCase, letter: Letter, record: LetterRecord) -> bytes:
    """The letter with what was enclosed when it was signed, as its own packet has it."""
    if record.signed is not None and gone(opened, record.signed.enclosures):
        raise UnprintableError(REMOVED)
    on = timezone.localdate()
    writing = Writing(opened, letter, record, catalogue=published_catalogue(), on=on)
    try:
        made = packet_of(writing, cover_of(writing.case))
    except PacketError as error:
        if error.reason is PacketRefusal.BUSY:
            raise  # its job comes again
        raise UnprintableError(str(REFUSALS[error.reason])) from error
    if made.refused:
        first = made.refused[0]
        raise UnprintableError(f"Enclosure {first.file.number}: {REFUSALS[first.reason]}")
    return made.pdf


def separator(
    item: BatchItem, opened: OpenCase, record: LetterRecord, *, pages: int
) -> SeparatorSheet:
    """The sheet before a letter."""
    address = whole_address_of(item.letter, opened)
    rows = (
        ("Case", str(opened.case.number)),
        ("Letter", name_of(item.letter)),
        ("To", "\n".join(filter(None, (address.name, address.lines)))),
        ("How it is sent", address.way_told),
        ("Fax number", address.fax if address.way in ("", "fax") else ""),
        ("Pages", str(pages)),
        ("Enclosures", _enclosures_told(record, is_printed=item.batch.has_enclosures)),
    )
    of = item.batch.items.count()
    return SeparatorSheet(
        title=f"Letter {item.position} of {of}",
        on=timezone.localdate(item.batch.made_at),
        rows=tuple((label, text) for label, text in rows if text),
    )


def _enclosures_told(record: LetterRecord, *, is_printed: bool) -> str:
    number = len(record.signed.enclosures) if record.signed is not None else 0
    if not number:
        return "None"
    return f"{number}, behind the letter" if is_printed else f"{number}, not printed here: add them"


@transaction.atomic
def go_on_when_all_are_made(batch: uuid.UUID) -> None:
    """Say that a printing is under way, and queue its binding after its last letter.

    The lock puts those who end two letters at once in a row, so that the second sees all.
    """
    rows = Batch.objects.filter(pk=batch, state__in=UNDER_WAY).defer("sealed_file")
    found = rows.select_for_update().first()
    if found is None:
        return
    if found.state == Batch.State.WAITING:
        found.state = Batch.State.RUNNING
        found.save(update_fields=["state"])
    if not found.items.filter(done_at=None).exists():
        defer("bind_batch", {"batch": str(batch)})
