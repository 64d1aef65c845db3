"""Letters made of plain text, as if each were one page of a fixed-width print."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from appeals.notices.pages import Letter, Line, Page, Word
from policies.catalogue.yaml_text import read_yaml

LETTER_WIDTH, LINE_HEIGHT, LINE_STEP, BLANK_STEP = 0.008, 0.011, 0.017, 0.012
LEFT, TOP, LINES = 0.08, 0.05, 50


def letter_of(text: str, *, is_scanned: bool = False) -> Letter:
    """Each row a line, its words placed by their columns; a blank row is a wider gap."""
    rows = text.split("\n")
    pages = [rows[at : at + LINES] for at in range(0, len(rows), LINES)]
    return Letter(
        tuple(
            Page(number, _lines(page), is_scanned, 0.9 if is_scanned else 1.0)
            for number, page in enumerate(pages, start=1)
        )
    )


def _lines(rows: list[str]) -> tuple[Line, ...]:
    lines = []
    top = TOP
    for row in rows:
        words = tuple(
            Word(
                word.group(),
                min(LEFT + LETTER_WIDTH * word.start(), 0.999),
                top,
                min(LEFT + LETTER_WIDTH * word.end(), 1.0),
                top + LINE_HEIGHT,
            )
            for word in re.finditer(r"\S+", row)
        )
        if words:
            lines.append(Line(words))
        top += LINE_STEP if words else BLANK_STEP
    return tuple(lines)


def notice_of(body: str, *, opening: str = "We denied your request.", rights: str = "") -> str:
    """A short letter: letterhead, date, what was decided, why, and what can be done."""
    rights = rights or "You may appeal within 180 days of receiving this notice."
    return f"""\
Harborline Sample Health Plan
PO Box 12, Port Ellery, ME 04998

May 3, 2026

Dear Sample Member,

{opening}

Why we made this decision

{_wrapped(body)}

Your appeal rights

{_wrapped(rights)}
"""


def _wrapped(text: str) -> str:
    return "\n".join(re.findall(r".{1,90}(?:\s+|$)", text))


@cache
def wordings() -> dict[str, Any]:
    """The sentences of `notice_wordings.yaml` with what they say."""
    path = Path(__file__).parent / "notice_wordings.yaml"
    data = read_yaml(path.read_text(encoding="utf-8")).data
    assert isinstance(data, dict)
    return data
