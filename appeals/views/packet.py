"""The packet: the letter with the person's own papers behind it, made on the spot."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from appeals.packet.build import build_packet
from appeals.packet.covers import cover_of
from appeals.packet.parts import (
    MOST_PACKET_BYTES,
    EnclosureFile,
    PacketError,
    PacketRefusal,
)
from appeals.packet.refusals import REFUSALS
from appeals.presenting.letters.papers import FileView, present_files
from appeals.screens import letters as screens
from appeals.views.letters import PDF, file_to_keep, only_posted, page, posted_by
from coverage_site.htmx import HtmxHttpRequest
from coverage_site.uploads import InMemory

LEAVE_OUT = "leave_out"
TOO_MUCH = PacketRefusal.PACKET_TOO_LARGE


class PapersInMemory(InMemory):
    """A packet may hold more than a notice does."""

    @property
    def most(self) -> int:
        return MOST_PACKET_BYTES


@csrf_exempt
def packet(request: HtmxHttpRequest) -> HttpResponse:
    """Take the files into memory, before anything reads the request."""
    request.upload_handlers = [PapersInMemory(request)]
    return _packet(request)


@never_cache
@only_posted
@csrf_protect
def _packet(request: HtmxHttpRequest) -> HttpResponse:
    """The letter and the files as one PDF; or which files can't go into it, and why."""
    posted = posted_by(request)
    wrong = screens.first_wrong(posted)
    if wrong is not None or posted.case is None:
        return page(request, wrong or screens.start_screen())
    sent = [*_files(request, present_files(posted.content))]
    try:
        made = build_packet(posted.content, [one.file for one in sent], cover=cover_of(posted.case))
    except PacketError as error:
        why = str(REFUSALS[error.reason])
        return page(request, screens.finish_screen(posted, refused=(("", why),)))
    if made.refused and LEAVE_OUT not in request.POST:
        reasons = {id(one.file): one.reason for one in made.refused}
        refused = tuple(
            (one.name, str(REFUSALS[TOO_MUCH if one.is_cut else reasons[id(one.file)]]))
            for one in sent
            if id(one.file) in reasons
        )
        return page(request, screens.finish_screen(posted, refused=refused))
    return file_to_keep(made.pdf, "packet.pdf", PDF)


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file for the packet, by the name that its owner knows; the packet does not tell it.

    `is_cut` where the whole request was too large to take all of it.
    """

    file: EnclosureFile
    name: str
    is_cut: bool


def _files(request: HtmxHttpRequest, enclosures: tuple[FileView, ...]) -> Iterator[SentFile]:
    for one in enclosures:
        found = request.FILES.getlist(one.field)
        for place, file in enumerate(found, start=1):
            raw = file.read()
            yield SentFile(
                file=EnclosureFile(one.number, f"File {place}", raw),
                name=f"{one.label}, {file.name}",
                is_cut=len(raw) < (file.size or 0),
            )
