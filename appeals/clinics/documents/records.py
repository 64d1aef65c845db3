"""What a clinic knows of a document, as the plain record that is sealed."""

import datetime as dt
from dataclasses import dataclass

MOST_NAME = 120


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """A document: its name and its own day, which enclosure it is, and the criteria it proves.

    `paper` is an enclosure of the letters, `proves` are criteria of a rule by their labels.
    """

    name: str
    on: dt.date | None = None
    paper: str = ""
    proves: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The document with its day, as it is named.

        >>> DocumentRecord("PHQ-9", dt.date(2026, 5, 3)).title
        'PHQ-9, May 3, 2026'
        """
        day = f", {self.on:%B} {self.on.day}, {self.on.year}" if self.on else ""
        return f"{self.name}{day}"


def name_of_file(name: str) -> str:
    """A name to begin with: that of the file, without its ending and its path.

    >>> name_of_file("C:\\\\scans\\\\phq9_may-3.PDF")
    'phq9 may-3'
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    stem, dot, ending = last.rpartition(".")
    plain = " ".join((stem if dot and ending else last).replace("_", " ").split())
    return "".join(one for one in plain if one.isprintable())[:MOST_NAME] or "Document"
