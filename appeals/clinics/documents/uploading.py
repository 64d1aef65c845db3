"""Files as they are sent: each checked apart, so that one that is refused keeps none out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from appeals.packet import confined_work
from appeals.packet.build import SECONDS
from appeals.packet.parts import Cleaned, PacketError, PacketRefusal
from appeals.packet.refusals import REFUSALS

BROKE_OFF = "It did not arrive whole, for the upload broke off. Send it again."
BROKE_OFF_BETWEEN = "The upload broke off. What is not in the list did not arrive: send it again."
CUT = "The files together are larger than 60 MB. Send this one by itself."


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as it arrived; `is_cut` where the whole request was too large to take all of it."""

    name: str
    raw: bytes
    is_cut: bool


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that was looked through: its pages, or why it is refused."""

    name: str
    made: Cleaned | None
    why_not: str = ""

    @property
    def fault(self) -> str:
        """The file by its name, and why it is refused."""
        return f"{self.name}: {self.why_not}" if self.name else self.why_not


def broken_off(started: Sequence[str], arrived: int) -> Iterator[Checked]:
    """What of a request that broke off did not arrive whole; the server keeps no part of a file."""
    for name in started[arrived:] or [""]:
        yield Checked(name, None, BROKE_OFF if name else BROKE_OFF_BETWEEN)


def files_sent(files: Sequence[UploadedFile[Any]]) -> list[SentFile]:
    """The files in the order in which they were sent."""
    found = []
    for one in files:
        raw = one.read()
        found.append(SentFile(one.name or "", raw, is_cut=len(raw) < (one.size or 0)))
    return found


def check_files(files: Sequence[SentFile]) -> Iterator[Checked]:
    """Each file made into pages that hold nothing that runs, in a process apart."""
    until = monotonic() + SECONDS
    for one in files:
        if one.is_cut:
            yield Checked(one.name, None, CUT)
        else:
            yield _checked(one, seconds=min(confined_work.SECONDS, until - monotonic()))


def _checked(file: SentFile, *, seconds: float) -> Checked:
    try:
        return Checked(file.name, confined_work.clean(file.raw, seconds=seconds))
    except PacketError as error:
        return Checked(file.name, None, WORDS.get(error.reason) or str(REFUSALS[error.reason]))


# No packet is made yet, so the words that speak of one are others here.
WORDS = {
    PacketRefusal.WRONG_TYPE: (
        "It is no PDF, JPEG or PNG. Take a screenshot of it, or print it to a PDF."
    ),
    PacketRefusal.TOO_LARGE: "It is larger than 20 MB. Save it in a smaller size.",
    PacketRefusal.TOO_MANY_PAGES: (
        "It has more than 100 pages. Add only the pages that prove a point."
    ),
    PacketRefusal.BUSY: "Other files are being looked through just now. Send it again in a minute.",
}
