"""The papers that a letter encloses, held from its signing on by the hashes of their pages."""

import hashlib
from dataclasses import replace

from appeals.clinics.casework import OpenCase
from appeals.clinics.documents.keeping import file_of
from appeals.clinics.letters.records import EnclosedRecord
from appeals.sealing import SealError

UNREADABLE = ""
"""Stands for the hash of a file whose sealed bytes were altered."""


def with_digests(
    opened: OpenCase, enclosed: tuple[EnclosedRecord, ...]
) -> tuple[EnclosedRecord, ...]:
    """The same with the hash of each document's pages, so that no other can take its place."""
    now = _digests(opened)
    return tuple(
        replace(one, digests=tuple(now.get(name, UNREADABLE) for name in one.documents))
        for one in enclosed
    )


def are_readable(enclosed: tuple[EnclosedRecord, ...]) -> bool:
    """Whether each document could be opened when its hash was taken."""
    return all(digest != UNREADABLE for one in enclosed for digest in one.digests)


def altered(opened: OpenCase, enclosed: tuple[EnclosedRecord, ...]) -> tuple[EnclosedRecord, ...]:
    """Those of which a document is gone, can't be opened, or is another file by now.

    What was signed before hashes were kept has none to be held against.
    """
    now = _digests(opened)
    return tuple(
        one
        for one in enclosed
        if any(now.get(name, UNREADABLE) == UNREADABLE for name in one.documents)
        or (one.digests and one.digests != tuple(now[name] for name in one.documents))
    )


def _digests(opened: OpenCase) -> dict[str, str]:
    """The hash of each document's pages, by its id; a file at a time is in memory."""
    found: dict[str, str] = {}
    for document in opened.case.documents.iterator(chunk_size=1):
        try:
            digest = hashlib.sha256(file_of(opened, document)).hexdigest()
        except SealError:
            digest = UNREADABLE
        found[str(document.pk)] = digest
    return found
