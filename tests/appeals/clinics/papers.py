"""A document of a case, as the tests of the record as a whole want it."""

from collections.abc import Mapping

from appeals.clinics.casework import OpenCase
from appeals.models import CaseDocument
from appeals.sealing import seal
from tests.appeals.clinics.building import make_pdf


def make_document(
    opened: OpenCase, *, words: Mapping[str, object] | None = None, file: bytes = b""
) -> CaseDocument:
    """A document of one page, with what is known of it."""
    content = file or make_pdf("Chart notes")
    document = CaseDocument(case=opened.case, position=1, size=len(content), pages=1)
    document.sealed = opened.patient.seal(dict(words or {}), place=document.place)
    place = f"file:{document.place}"
    document.sealed_file = seal(opened.patient.key, content, place=place)
    document.save(force_insert=True)
    return document
