"""What goes into a packet, what comes out, and why a file may have to stay out."""

from dataclasses import dataclass
from enum import StrEnum

MOST_FILE_BYTES = 20 * 1024 * 1024
MOST_PACKET_BYTES = 60 * 1024 * 1024
MOST_FILE_PAGES = 100
MOST_PACKET_PAGES = 200
# US Letter, in points.
WIDTH, HEIGHT = 612, 792


class PacketRefusal(StrEnum):
    """Why a file can't go into the packet; `refusals.py` says it to people."""

    TOO_LARGE = "too_large"
    PACKET_TOO_LARGE = "packet_too_large"
    WRONG_TYPE = "wrong_type"
    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    SCRIPTED = "scripted"
    TOO_MANY_PAGES = "too_many_pages"
    PACKET_TOO_LONG = "packet_too_long"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOOK_TOO_LONG = "took_too_long"
    NOT_LISTED = "not_listed"
    BUSY = "busy"


class PacketError(Exception):
    """A file that can't go into a packet, or a packet that can't be made, with the `reason`."""

    def __init__(self, reason: PacketRefusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class EnclosureFile:
    """A file of the person's, and the number of the enclosure that it belongs to.

    `pages` is how many it has where it was cleaned before; nobody cleans it a second time.
    """

    number: int
    name: str
    raw: bytes
    pages: int = 0


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file that stayed out, and why."""

    file: EnclosureFile
    reason: PacketRefusal


@dataclass(frozen=True, slots=True)
class CoverFacts:
    """What stands on the first sheet; what nobody told stays empty and is left out."""

    recipient: str
    sender: str
    sender_phone: str = ""
    fax: str = ""
    is_fax: bool = False


@dataclass(frozen=True, slots=True)
class Packet:
    """The packet, how many pages it has, and the files that it does not hold.

    `missing` are the numbers of the enclosures that the letter names and the packet does not hold.
    """

    pdf: bytes
    pages: int
    refused: tuple[RefusedFile, ...]
    missing: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A PDF that goes into the packet.

    Its pages are Letter pages with room for the number. `level` is that of its bookmark: 1 for what
    stands under the one before.
    """

    title: str
    level: int
    pdf: bytes


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Letter pages made from a file, with nothing in them that runs, and how many."""

    pdf: bytes
    pages: int
