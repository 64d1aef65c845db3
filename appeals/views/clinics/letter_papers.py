"""What is taken away of a letter: its pages, a Word file of a draft, and its packet."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET

from appeals.clinics.access import log_access
from appeals.clinics.casework import OpenCase, open_case
from appeals.clinics.letters.drafting import SIGNED
from appeals.clinics.letters.packets import gone, is_printable, packet_of
from appeals.clinics.letters.picturing import picture_of
from appeals.clinics.letters.sending import mark_printed
from appeals.clinics.letters.signing import signed_bytes
from appeals.clinics.pages import ClinicRequest, clinic_page
from appeals.clinics.rights import Right
from appeals.models import AccessEntry, Letter
from appeals.packet.covers import cover_of
from appeals.packet.parts import PacketError
from appeals.packet.refusals import REFUSALS
from appeals.pdf import render_letter
from appeals.presenting.clinics.letters import line_of
from appeals.views.clinics.cases import find_case
from appeals.views.clinics.letters import find_letter, writing_of
from appeals.views.letters import PDF, WORD, file_to_keep
from appeals.word import render_word

ALTERED = "This letter does not match its signature, and so it is not printed."
MISSING = (
    "The packet was not made, for documents that the letter encloses were removed or changed. Add "
    "them again; where the letter is signed, in a new letter that takes its place:"
)


@clinic_page(Right.SEE)
@require_GET
def letter_pdf(request: ClinicRequest, case_id: uuid.UUID, letter_id: uuid.UUID) -> HttpResponse:
    """The exact pages that were signed, or by `pages` are to be; of a draft those of today."""
    opened, found = _found(request, case_id, letter_id)
    if not is_printable(found, opened):
        return _refused(request, opened, found, ALTERED)
    name = f"letter-{opened.case.number}.pdf"
    if found.signed_at is not None:
        _taken_away(request, opened, found)
        return file_to_keep(signed_bytes(opened, found), name, PDF)
    _log(request, opened, AccessEntry.What.READ_FILE)
    if "pages" in request.GET and found.sealed_pdf is not None:
        return file_to_keep(signed_bytes(opened, found), name, PDF)
    writing = writing_of(opened, found)
    if writing.too_long is not None:
        return _refused(request, opened, found, writing.too_long.said)
    return file_to_keep(render_letter(writing.to_print), name, PDF)


@clinic_page(Right.SEE)
@require_GET
def letter_page(
    request: ClinicRequest, case_id: uuid.UUID, letter_id: uuid.UUID, page: int
) -> HttpResponse:
    """A picture of one of the pages that are signed, or are to be."""
    opened, found = _found(request, case_id, letter_id)
    if found.sealed_pdf is None or not is_printable(found, opened):
        raise Http404
    try:
        picture = picture_of(signed_bytes(opened, found), page)
    except IndexError as error:
        raise Http404 from error
    _log(request, opened, AccessEntry.What.READ_FILE)
    return HttpResponse(picture, content_type="image/png")


@clinic_page(Right.SEE)
@require_GET
def letter_word(request: ClinicRequest, case_id: uuid.UUID, letter_id: uuid.UUID) -> HttpResponse:
    """A draft as a Word file; a signed letter has none, for nothing may be changed in it."""
    opened, found = _found(request, case_id, letter_id)
    if found.signed_at is not None:
        return _refused(request, opened, found, SIGNED)
    writing = writing_of(opened, found)
    if writing.too_long is not None:
        return _refused(request, opened, found, writing.too_long.said)
    _log(request, opened, AccessEntry.What.READ_FILE)
    return file_to_keep(render_word(writing.to_print), f"letter-{opened.case.number}.docx", WORD)


@clinic_page(Right.SEE)
@require_GET
def letter_packet(request: ClinicRequest, case_id: uuid.UUID, letter_id: uuid.UUID) -> HttpResponse:
    """Cover sheet, letter, and each document behind its tab, as one PDF."""
    opened, found = _found(request, case_id, letter_id)
    if not is_printable(found, opened):
        return _refused(request, opened, found, ALTERED)
    writing = writing_of(opened, found)
    if writing.too_long is not None and found.signed_at is None:
        return _refused(request, opened, found, writing.too_long.said)
    signed = writing.record.signed
    if lost := gone(opened, writing.enclosed if signed is None else signed.enclosures):
        return _refused(request, opened, found, f"{MISSING} {'; '.join(lost)}.")
    try:
        made = packet_of(writing, cover_of(writing.case))
    except PacketError as error:
        return _refused(request, opened, found, str(REFUSALS[error.reason]))
    if made.refused:
        names = "; ".join(f"{one.file.name}: {REFUSALS[one.reason]}" for one in made.refused)
        return _refused(request, opened, found, f"The packet was not made. {names}")
    if found.signed_at is not None:
        _taken_away(request, opened, found)
    else:
        _log(request, opened, AccessEntry.What.READ_FILE)
    return file_to_keep(made.pdf, f"packet-{opened.case.number}.pdf", PDF)


def _taken_away(request: ClinicRequest, opened: OpenCase, found: Letter) -> None:
    """Write down that a signed letter was printed."""
    _log(request, opened, AccessEntry.What.PRINTED)
    mark_printed([found.pk], at=timezone.now())


def _found(
    request: ClinicRequest, case_id: uuid.UUID, letter_id: uuid.UUID
) -> tuple[OpenCase, Letter]:
    opened = open_case(find_case(request, case_id))  # what is taken away is logged as that
    found = find_letter(opened, letter_id)
    if found.signed_at is None and line_of(opened, found).record is None:
        raise Http404
    return opened, found


def _log(request: ClinicRequest, opened: OpenCase, what: AccessEntry.What) -> None:
    log_access(what, case=opened.case, by=request.membership.user)


def _refused(request: ClinicRequest, opened: OpenCase, found: Letter, why: str) -> HttpResponse:
    messages.error(request, why)
    return redirect("clinics:letter", request.clinic.pk, opened.case.pk, found.pk)
