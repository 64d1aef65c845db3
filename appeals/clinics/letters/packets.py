"""The packet of a letter of a case: its pages, and the documents that it encloses."""

from collections.abc import Iterator
from io import BytesIO

from pikepdf import Pdf

from appeals.clinics.casework import OpenCase
from appeals.clinics.documents.keeping import file_of, open_document
from appeals.clinics.letters.drafting import name_of
from appeals.clinics.letters.enclosing import altered
from appeals.clinics.letters.records import EnclosedRecord
from appeals.clinics.letters.signing import is_genuine, signed_bytes
from appeals.clinics.letters.writing import Writing
from appeals.models import Letter
from appeals.packet.build import build_packet
from appeals.packet.parts import CoverFacts, EnclosureFile, Packet
from appeals.pdf import Printed


def packet_of(writing: Writing, cover: CoverFacts) -> Packet:
    """The letter with its documents; PacketError where the whole can't be bound.

    A signed letter goes in as the bytes that were signed, with what was enclosed that day, and to
    where it was to go; `cover` is for a draft, and for what was signed before that was kept.
    The caller has asked `gone` about what it encloses.
    """
    opened, letter = writing.opened, writing.letter
    signed = writing.record.signed
    if signed is None:
        files = list(_files(opened, writing.enclosed))
        return build_packet(writing.to_print, files, cover=cover)
    files = list(_files(opened, signed.enclosures))
    content = signed.content(letter.kind, writing.record.voice)
    cover = signed.going.cover if signed.going is not None else cover
    return build_packet(content, files, cover=cover, letter=_printed(signed_bytes(opened, letter)))


def _printed(pdf: bytes) -> Printed:
    # They are no stranger's: we made them, and nobody without the patient's key can change them.
    with Pdf.open(BytesIO(pdf)) as opened:
        return Printed(pdf, len(opened.pages))


def _files(opened: OpenCase, enclosed: tuple[EnclosedRecord, ...]) -> Iterator[EnclosureFile]:
    documents = {str(one.pk): one for one in opened.case.documents.all()}
    letters = {str(one.pk): one for one in opened.case.letters.filter(signed_at__isnull=False)}
    for one in enclosed:
        for name in one.documents:
            if name in documents:
                row = documents[name]
                title = open_document(opened, row).record.title
                yield EnclosureFile(one.number, title, file_of(opened, row), row.pages)
        if one.letter in letters:
            made = _printed(signed_bytes(opened, letters[one.letter]))
            yield EnclosureFile(one.number, name_of(letters[one.letter]), made.pdf, made.pages)


def gone(opened: OpenCase, enclosed: tuple[EnclosedRecord, ...]) -> tuple[str, ...]:
    """Enclosures of which something is not there any more, or is not what it was."""
    changed = altered(opened, enclosed)
    letters = {str(one.pk): one for one in opened.case.letters.filter(signed_at__isnull=False)}
    return tuple(
        one.label
        for one in enclosed
        if one in changed
        or not (one.letter or one.documents)
        or (one.letter and not _is_held(opened, letters.get(one.letter)))
    )


def _is_held(opened: OpenCase, letter: Letter | None) -> bool:
    return letter is not None and is_genuine(opened, letter)


def is_printable(letter: Letter, opened: OpenCase) -> bool:
    """Whether its pages may leave the workspace: not one that was altered since it was signed."""
    return letter.signed_at is None or is_genuine(opened, letter)
