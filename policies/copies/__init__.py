"""Copies of the insurers' documents: their text, the quotes that stand in it, what changed in it.

Nothing here touches the database; `policies.attaching` keeps what was read.
"""

from enum import StrEnum

MOST_BYTES = 10 * 1024 * 1024
MOST_PAGES = 500
MOST_SIGNS = 3_000_000  # of all pages together; the longest manual has a third of that


class CopyRefusal(StrEnum):
    """Why a file can't be attached; `label` says it to an editor."""

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

    @property
    def label(self) -> str:
        return {
            "empty": "This file is empty. Save the document again and attach that.",
            "too_large": f"This file is larger than {MOST_BYTES // (1024 * 1024)} MB. Save a "
            "smaller copy, for example by printing it to a PDF.",
            "not_a_document": "Attach a PDF, or a page saved as .html or .txt.",
            "not_a_pdf": "This file is called a PDF and is none. A site sometimes sends an error "
            "page under that name: open it and look.",
            "encrypted": "This PDF asks for a password. Save a copy without one, for example by "
            "printing it to a PDF.",
            "broken": "This file could not be read: it may be damaged or cut off. Save the "
            "document again and attach that.",
            "too_many_pages": f"This PDF has more than {MOST_PAGES} pages. Attach only the pages "
            "that matter.",
            "too_much_text": "There is more text in this file than a document has. Attach only "
            "the pages that matter.",
            "took_too_long": "Reading this file took too long. Save a simpler copy, for example "
            "by printing it to a PDF.",
            "busy": "Other files are being read just now. Send it again in a minute.",
        }[self]


class CopyError(Exception):
    """A file that can't be attached, with the `reason`."""

    def __init__(self, reason: CopyRefusal) -> None:
        super().__init__(reason.value)
        self.reason = reason
