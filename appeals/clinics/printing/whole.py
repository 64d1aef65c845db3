"""The file of a printing: its letters bound into one PDF or put into a zip, and sealed."""

import logging
import uuid
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from django.db import transaction
from django.db.models.functions import Length
from django.utils import timezone

from appeals.clinics.printing.making import UNDER_WAY, batch_key
from appeals.models import Batch, BatchItem
from appeals.packet import confined_work
from appeals.packet.parts import MOST_PACKET_BYTES, PacketError, Part
from appeals.sealing import seal, unseal
from policies.wording.dates import date

logger = logging.getLogger(__name__)

MOST_PAGES = 5000
SECONDS = 120
NONE_MADE = "None of the letters could be made."
TOO_LARGE = "The letters are too large for one file. Print each from its case."
NO_ROOM = "With it the file would be larger than 60 MB. Print it in a file of its own."
NOT_BOUND = "The letters could not be put into one file. Print fewer at once, or choose a zip."


class BatchError(Exception):
    """A printing that can't become a file; the message says so to people."""


@transaction.atomic
def bind_batch(batch: uuid.UUID, *, is_given_up: bool) -> None:
    """Seal the file unless it is there; the single letters are let go of then."""
    rows = Batch.objects.filter(pk=batch, state__in=UNDER_WAY)
    found = rows.select_for_update().first()
    if found is None:
        logger.info("A printing to bind is gone or done: batch %s.", batch)
        return
    try:
        if is_given_up:
            raise BatchError(NOT_BOUND)
        found.sealed_file = seal(batch_key(found), _file(found), place=found.place)
        found.state = Batch.State.DONE
    except BatchError as error:
        found.fault = str(error)
        found.state = Batch.State.FAILED
    found.done_at = timezone.now()
    found.save(update_fields=["sealed_file", "state", "fault", "done_at"])
    found.items.update(sealed=None)


def _file(batch: Batch) -> bytes:
    made = batch.items.filter(sealed__isnull=False)
    if not made.exists():
        raise BatchError(NONE_MADE)
    _leave_out_what_is_too_much(batch)
    if not made.exists():
        raise BatchError(TOO_LARGE)
    if batch.form == Batch.Form.ZIP:
        return _zipped(batch)
    return _bound(batch)


def _leave_out_what_is_too_much(batch: Batch) -> None:
    """Say of each letter for which the file has no room that it is not in it."""
    made = batch.items.filter(sealed__isnull=False).annotate(size=Length("sealed"))
    room = MOST_PACKET_BYTES
    left_out = []
    for pk, size in made.values_list("pk", "size"):
        if size > room:
            left_out.append(pk)
        else:
            room -= size
    batch.items.filter(pk__in=left_out).update(sealed=None, fault=NO_ROOM)


def _bound(batch: Batch) -> bytes:
    """All letters as one PDF, opened apart so that its memory is bounded and given back."""
    on = timezone.localdate(batch.made_at)
    parts = [
        Part(f"{item.position}. Case {item.letter.case.number}", 0, pdf)
        for item, pdf in _opened(batch)
    ]
    try:
        bound = confined_work.bind(
            parts,
            title=f"Letters printed on {date(on)}",
            on=on.isoformat(),
            is_numbered=False,
            most_pages=MOST_PAGES,
            seconds=SECONDS,
        )
    except PacketError as error:
        raise BatchError(NOT_BOUND) from error
    return bound.pdf


def _zipped(batch: Batch) -> bytes:
    """Each letter as it was signed; no name of a file tells of a patient."""
    file = BytesIO()
    day = timezone.localtime(batch.made_at)
    with ZipFile(file, "w", ZIP_STORED) as zipped:
        for item, pdf in _opened(batch):
            name = f"{item.position:03}-case-{item.letter.case.number}-{item.letter.kind}.pdf"
            zipped.writestr(ZipInfo(name, day.timetuple()[:6]), pdf)
    return file.getvalue()


def _opened(batch: Batch) -> Iterator[tuple[BatchItem, bytes]]:
    """The letters that were made, in the order of the mail."""
    key = batch_key(batch)
    made = batch.items.filter(sealed__isnull=False).select_related("letter__case")
    made = made.only("position", "sealed", "batch", "letter__kind", "letter__case__number")
    for item in made.iterator(chunk_size=20):
        yield item, unseal(key, item.sealed or b"", place=item.place)
