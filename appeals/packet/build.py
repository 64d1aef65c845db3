"""From a letter and the person's own papers to the packet that is sent."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from time import monotonic

from django.utils import translation
from django.utils.translation import gettext as _

from appeals.letter_sheets import CoverSheet, TabSheet
from appeals.letters.content import Enclosed, LetterContent
from appeals.packet import confined_work
from appeals.packet.parts import (
    MOST_PACKET_BYTES,
    MOST_PACKET_PAGES,
    Cleaned,
    CoverFacts,
    EnclosureFile,
    Packet,
    PacketError,
    PacketRefusal,
    Part,
    RefusedFile,
)
from appeals.pdf import Printed, print_cover, print_letter, print_tab
from policies.wording.dates import date

# For all files together; whatever has not been opened by then stays out.
SECONDS = 90


@dataclass(slots=True)
class _Enclosure:
    """An enclosure with its files as pages."""

    enclosed: Enclosed
    files: list[tuple[EnclosureFile, Cleaned]] = field(default_factory=list)

    @property
    def pages(self) -> int:
        """Its own, and the tab sheet before them."""
        return 1 + sum(made.pages for _, made in self.files)

    @property
    def heading(self) -> str:
        return _("Enclosure %(number)d: %(label)s") % {
            "number": self.enclosed.number,
            "label": self.enclosed.label,
        }


def build_packet(
    content: LetterContent,
    files: Sequence[EnclosureFile],
    *,
    cover: CoverFacts,
    letter: Printed | None = None,
) -> Packet:
    """The letter between its cover sheet and its enclosures; what can't go in is named, and why.

    The plan reads the cover sheet: it lists what is there. What is missing is told to the person.
    `letter` holds the pages of a letter that was printed before, as one that is signed.

    Raises PacketError where the whole can't be bound.
    """
    if content.is_reading_copy:
        raise ValueError("A packet is sent, and so holds the letter in English.")
    with translation.override("en"):
        letter = letter or print_letter(content)
        # No sheet is longer than the one that lists every enclosure.
        most = _cover(content, _empty(content), cover, letter, Printed(b"", 1))
        room = MOST_PACKET_PAGES - most.pages - letter.pages
        opened, refused = _opened(content, files, room)
        enclosures = [one for one in opened if one.files]
        first = _cover(content, enclosures, cover, letter, most)
        parts = tuple(_parts(content, enclosures, first, letter))
    bound = confined_work.bind(parts, title=content.title, on=content.on.isoformat())
    if bound.pages != _count(enclosures, first, letter):
        raise PacketError(PacketRefusal.BROKEN)  # a file's pages are not those it was said to have
    missing = tuple(one.enclosed.number for one in opened if not one.files)
    return Packet(bound.pdf, bound.pages, tuple(refused), missing)


def _empty(content: LetterContent) -> list[_Enclosure]:
    return [_Enclosure(one) for one in content.enclosures]


def _opened(
    content: LetterContent, files: Sequence[EnclosureFile], room: int
) -> tuple[list[_Enclosure], list[RefusedFile]]:
    """Each enclosure with the files that could be opened, and those that stay out."""
    enclosures = {one.enclosed.number: one for one in _empty(content)}
    refused = []
    bytes_left, until = MOST_PACKET_BYTES, monotonic() + SECONDS
    for file in files:
        enclosure = enclosures.get(file.number)
        try:
            if enclosure is None:
                raise PacketError(PacketRefusal.NOT_LISTED)
            if len(file.raw) > bytes_left:
                raise PacketError(PacketRefusal.PACKET_TOO_LARGE)
            seconds = min(confined_work.SECONDS, until - monotonic())
            made = _pages_of(file, seconds=seconds)
            pages = made.pages + (0 if enclosure.files else 1)
            if pages > room:
                raise PacketError(PacketRefusal.PACKET_TOO_LONG)
        except PacketError as error:
            refused.append(RefusedFile(file, error.reason))
            continue
        room -= pages
        bytes_left -= len(file.raw)
        enclosure.files.append((file, made))
    return list(enclosures.values()), refused


def _pages_of(file: EnclosureFile, *, seconds: float) -> Cleaned:
    if file.pages:
        return Cleaned(file.raw, file.pages)
    return confined_work.clean(file.raw, seconds=seconds)


def _cover(
    content: LetterContent,
    enclosures: Sequence[_Enclosure],
    cover: CoverFacts,
    letter: Printed,
    guess: Printed,
) -> Printed:
    """The first sheet, as long as `guess` in most cases; its figures have to count its pages."""
    first = _cover_before(content, enclosures, cover, letter, guess)
    if first.pages == guess.pages:
        return first
    return _cover_before(content, enclosures, cover, letter, first)


def _cover_before(
    content: LetterContent,
    enclosures: Sequence[_Enclosure],
    cover: CoverFacts,
    letter: Printed,
    first: Printed,
) -> Printed:
    """The first sheet, as if it took as many pages as `first`."""
    pages = _count(enclosures, first, letter)
    rows = (
        (_("To"), cover.recipient),
        (_("Fax number"), cover.fax),
        (_("From"), cover.sender),
        (_("Phone"), cover.sender_phone),
        (_("Date"), date(content.on)),
        (_("About"), content.running.text),
        (_("Pages"), _("%(pages)d, with this sheet") % {"pages": pages}),
    )
    at = first.pages + 1
    following = [(content.title, _span(at, letter.pages))]
    at += letter.pages
    for one in enclosures:
        following.append((one.heading, _span(at, one.pages)))
        at += one.pages
    return print_cover(
        CoverSheet(
            title=_("Fax cover sheet") if cover.is_fax else _("Cover sheet"),
            on=content.on,
            is_draft=content.is_draft,
            rows=tuple((label, text) for label, text in rows if text),
            following=tuple(following),
        )
    )


def _parts(
    content: LetterContent, enclosures: Sequence[_Enclosure], first: Printed, letter: Printed
) -> Iterator[Part]:
    yield Part(_("Cover sheet"), 0, first.pdf)
    yield Part(content.title, 0, letter.pdf)
    for one in enclosures:
        tab = TabSheet(one.heading, content.running.text, content.on, content.is_draft)
        yield Part(one.heading, 0, print_tab(tab).pdf)
        for file, made in one.files:
            yield Part(file.name, 1, made.pdf)


def _count(enclosures: Sequence[_Enclosure], first: Printed, letter: Printed) -> int:
    return first.pages + letter.pages + sum(one.pages for one in enclosures)


def _span(first: int, pages: int) -> str:
    if pages == 1:
        return f"{first}"
    return _("%(first)d to %(last)d") % {"first": first, "last": first + pages - 1}
