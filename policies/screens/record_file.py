"""Reads the file that a person chose as their record, and says in plain words why it can't be."""

import datetime as dt
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from coverage_site.address import site_address
from policies.catalogue import Catalogue
from policies.fhir import Record, RecordError, Refusal, read_record
from policies.fhir.found import Person
from policies.screens.carried_record import write_record

REFUSALS = {
    Refusal.TOO_LARGE: N_("The file is larger than 10 MB. Save a smaller part of the record."),
    Refusal.TOO_MANY: N_(
        "The record holds more than we can show on a page. Save a smaller part of it: the "
        "diagnoses, medicines, scores and insurance are enough."
    ),
    Refusal.TOO_DEEP: N_("The file is nested too deeply to be a health record."),
    Refusal.NOT_UTF8: N_(
        "This file is damaged, or of another kind. A health record file is plain text and ends "
        "in .json."
    ),
    Refusal.NOT_JSON: N_(
        "This is no health record file, or only a part of one. Choose the file again, as it was "
        "saved where the record is kept; it ends in .json."
    ),
    Refusal.NOT_FHIR: N_(
        "This is no health record. Choose the file that was saved where the record is kept, in "
        "the format FHIR R4; it ends in .json."
    ),
    Refusal.WRONG_BUNDLE: N_(
        "This file holds messages or a history of changes, and no record of a person."
    ),
    Refusal.DUPLICATE_ID: N_(
        "Two parts of the file differ and have the same id, so it can't be told which one is right."
    ),
    Refusal.SEVERAL_PATIENTS: N_(
        "The file speaks of several people. Save the record of one person."
    ),
}
WRONG_VERSION = N_(
    "This is FHIR %(version)s, and only FHIR R4 is read. Ask for the record as FHIR R4."
)
NO_FILE = N_("Choose the file first.")
EMPTY = N_("This file is empty. Save it once more where it comes from, and choose it again.")
PICTURE = N_(
    "This is a photo or a picture. Only a health record file that ends in .json can be read. "
    "Type in what it says instead."
)
# White space of this length is a file without anything in it.
MOST_EMPTY = 64
# What portals give in the place of FHIR, by its first bytes.
OTHER_FORMATS = (
    (
        b"%PDF",
        N_(
            "This is a PDF. Only a health record file that ends in .json can be read. "
            "Type in what it says instead."
        ),
    ),
    (
        b"PK\x03\x04",
        N_(
            "This is a ZIP file. Unpack it first, and choose the health record file in it, which "
            "ends in .json. If it is a Word or Excel file, type in what it says instead."
        ),
    ),
    (b"\xff\xd8\xff", PICTURE),
    (b"\x89PNG", PICTURE),
    (b"GIF8", PICTURE),
    (b"RIFF", PICTURE),
    (b"II*\x00", PICTURE),
    (b"MM\x00*", PICTURE),
    # What an iPhone saves; the four bytes before it are a length.
    (b"ftyp", PICTURE),
    (
        b"<",
        N_(
            "This is an XML file, such as a C-CDA (a visit summary). Only a health record file "
            "that ends in .json can be read."
        ),
    ),
)


class RecordRefusedError(Exception):
    """A file that is no record we can read; the text is a sentence for its owner."""


def read_uploaded(
    raw: bytes | None, *, catalogue: Catalogue, on: dt.date, with_person: bool
) -> tuple[Record, str]:
    """A record with its text for a hidden field; RecordRefusedError says why not."""
    if raw is None:
        raise RecordRefusedError(_(NO_FILE))
    start = raw[:MOST_EMPTY].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start and len(raw) <= MOST_EMPTY:
        raise RecordRefusedError(_(EMPTY))
    for first, sentence in OTHER_FORMATS:
        if start.startswith(first) or (first == b"ftyp" and start[4:8] == first):
            raise RecordRefusedError(_(sentence))
    try:
        record = read_record(raw, on=on, insurers=catalogue.insurers, site=site_address())
        if not with_person:
            record = replace(record, member_ids=(), person=Person())
        return record, write_record(record)
    except RecordError as error:
        raise RecordRefusedError(_refusal(error)) from error


def _refusal(error: RecordError) -> str:
    if error.refusal is Refusal.WRONG_VERSION:
        return _(WRONG_VERSION) % {"version": error.version}
    return _(REFUSALS[error.refusal])
