"""Copies of the insurers' documents: their text, the quotes that stand in it, what changed in it.

Nothing here touches the database; `policies.attaching` keeps what was read.
"""

from collections.abc import Mapping
from enum import StrEnum

MOST_BYTES = 10 * 1024 * 1024
MOST_PAGES = 500
MOST_SIGNS = 3_000_000  # of all pages together; the longest manual has a third of that


class CopyRefusal(StrEnum):
    """Why a file can't be attached."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    NOT_A_DOCUMENT = "not_a_document"
    NOT_A_PDF = "not_a_pdf"
    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_MUCH_TEXT = "too_much_text"
    TOOK_TOO_LONG = "took_too_long"
    BUSY = "busy"


# To an editor; the desk is English.
IN_WORDS: Mapping[CopyRefusal, str] = {
    CopyRefusal.EMPTY: "This file is empty. Save the document again and attach that.",
    CopyRefusal.TOO_LARGE: f"This file is larger than {MOST_BYTES // (1024 * 1024)} MB. Save a "
    "smaller copy, for example by printing it to a PDF.",
    CopyRefusal.NOT_A_DOCUMENT: "Attach a PDF, or a page saved as .html or .txt.",
    CopyRefusal.NOT_A_PDF: "This file is called a PDF and is none. A site sometimes sends an error "
    "page under that name: open it and look.",
    CopyRefusal.ENCRYPTED: "This PDF asks for a password. Save a copy without one, for example by "
    "printing it to a PDF.",
    CopyRefusal.BROKEN: "This file could not be read: it may be damaged or cut off. Save the "
    "document again and attach that.",
    CopyRefusal.TOO_MANY_PAGES: f"This PDF has more than {MOST_PAGES} pages. Attach only the pages "
    "that matter.",
    CopyRefusal.TOO_MUCH_TEXT: "There is more text in this file than a document has. Attach only "
    "the pages that matter.",
    CopyRefusal.TOOK_TOO_LONG: "Reading this file took too long. Save a simpler copy, for example "
    "by printing it to a PDF.",
    CopyRefusal.BUSY: "Other files are being read just now. Send it again in a minute.",
}


class CopyError(Exception):
    """A file that can't be attached, with the `reason`."""

    def __init__(self, reason: CopyRefusal) -> None:
        super().__init__(reason.value)
        self.reason = reason
