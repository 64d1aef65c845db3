"""Names of organizations: how they are printed, and the one at the head of a letter."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from appeals.notices.finding.layout import Cell
from appeals.notices.finding.notice import Notice
from appeals.notices.finding.pieces import fold
from appeals.notices.finding.text import GREETING

# A letterhead stands in the upper part of the first page, over the date and the greeting.
LETTERHEAD_ABOVE, LETTERHEAD_LINES = 0.35, 14
NAME_ABOVE = 0.15
# In words: a name, and a line that is nothing but a name.
LONGEST_NAME, SHORT_LINE = 11, 7
# In letters: the second line of a name that was too long for one.
SHORT_REST = 24
_JOINING = frozenset(
    ["of", "the", "and", "&", "for", "de", "del", "la", "las", "los", "y", "e", "-", "/"]
)
_PLAIN_WORD = re.compile(r"[A-ZÁÉÍÓÚÑ0-9(][\w'\u2019.&()/+-]*\Z|&\Z|[a-z]{1,4}[A-Z]\w+\Z")
_COMPANY = re.compile(r"(?:inc|llc|llp|l\.l\.c|corp|co|ltd|pllc)\.?,?\Z")
# What may follow a letterhead's name on its line.
_AFTER_NAME = re.compile(r"[|•·(\d-]|po box|an? [a-z-]+")
# "Sample Health Member Portal", and small capitals that lost their size.
_GOES_ON_SMALL = re.compile(r"(?:my|member) .*|fund|plan|portal")
_TIER = re.compile(r"(?:bronze|silver|gold|platinum)\Z")


@dataclass(frozen=True, slots=True)
class Name:
    start: int
    end: int
    value: str


def letterhead(notice: Notice, known: Sequence[str]) -> tuple[Name | None, bool]:
    """The first line at the top that is an organization's name, else that looks like a name."""
    likely = None
    for cell in notice.places.cells[: LETTERHEAD_LINES * 2]:
        shown = notice.places.of(cell)
        if cell.page != notice.places.first_page or cell.top > LETTERHEAD_ABOVE:
            continue
        if GREETING.match(shown):
            break
        found = _on_line(notice, cell)
        if found is None or notice.words["names.no_organization"].stand_in(fold(found.value)):
            continue
        if is_organization(notice, found.value, known):
            # A line of its own over a plainer one, "Medicaid Managed Care", is the name.
            is_under = likely is not None and _is_right_under(notice, likely, cell)
            return (likely, False) if is_under else (found, True)
        is_plain = found.value.count(" ") > 0 and not re.search(r"\d", found.value)
        if likely is None and cell.top < NAME_ABOVE and is_plain:
            likely = found
    return likely, False


def _is_right_under(notice: Notice, name: Name, cell: Cell) -> bool:
    above = notice.places.cell_at(name.start)
    return cell.line - above.line <= 1 and above.height >= 0.95 * cell.height


def is_on_head(notice: Notice, name: Name) -> bool:
    cell = notice.places.cell_at(name.start)
    return cell.page == notice.places.first_page and cell.top < LETTERHEAD_ABOVE


def _on_line(notice: Notice, cell: Cell) -> Name | None:
    """A name that begins a line and ends at its end or at a sign, or goes on in the next."""
    found = name_from(notice, cell.start, cell.end) or _in_small_letters(notice, cell)
    if found is None:
        return None
    rest = notice.text[found.end : cell.end].strip()
    if rest and all(word in _JOINING for word in rest.split()):
        below = next(notice.places.below(cell), None)
        return name_from(notice, cell.start, below.end) if below is not None else found
    if _GOES_ON_SMALL.fullmatch(rest):
        found = _in_small_letters(notice, cell) or found
        rest = ""
    if rest and notice.text[found.end - 1] not in ",." and not _AFTER_NAME.match(rest):
        is_tier = any(_TIER.match(word) for word in rest.split()[:1])
        if not is_tier and not notice.words["names.for_plan"].stand_in(rest):
            return None
    below = next(notice.places.below(cell), None)
    if (
        not rest
        and below is not None
        and below.start == cell.end + 1
        and below.end - below.start <= SHORT_REST
        and abs(below.height - cell.height) < 0.2 * cell.height
        and notice.words["names.organization"].stand_in(notice.places.of(below))
        and not notice.words["names.no_organization"].stand_in(notice.places.of(below))
    ):
        both = name_from(notice, cell.start, below.end)
        if both is not None and both.end >= below.end:
            return both
    return found


def _in_small_letters(notice: Notice, cell: Cell) -> Name | None:
    """A short line at the very top that names an organization without capitals."""
    shown = notice.places.of(cell)
    if cell.top > NAME_ABOVE or len(shown.split()) > SHORT_LINE or re.search(r"[\d:;.?]", shown):
        return None
    if not notice.words["names.organization"].stand_in(shown):
        return None
    return Name(cell.start, cell.end, notice.places.raw(cell.start, cell.end))


def is_organization(notice: Notice, value: str, known: Sequence[str]) -> bool:
    folded = fold(value)
    if any(re.search(rf"\b{re.escape(fold(one))}\b", folded) for one in known if len(one) > 2):
        return True
    return notice.words["names.organization"].stand_in(folded) and not notice.words[
        "names.no_organization"
    ].stand_in(folded)


def name_from(notice: Notice, start: int, end: int) -> Name | None:
    """Words with capitals, and the small words that join them, from here on."""
    places = notice.places
    first = places.piece_at(start)
    last = None
    if any(one.start <= start < one.end for one in notice.dates):
        return None
    day = next((one.start for one in notice.dates if start <= one.start < end), end)
    end = min(end, day)
    for at in range(first, min(first + LONGEST_NAME, len(places.pieces))):
        piece = places.pieces[at]
        is_tier = at > first + 2 and _TIER.match(piece.shown)
        if (
            piece.start >= end
            or is_tier
            or piece.shown in ("my", "portal")
            or re.search(r"\d{3}", piece.shown)
        ):
            break
        word = piece.raw.strip("\"'*").rstrip(",;:.")
        is_company = last is not None and _COMPANY.match(fold(word))
        if is_company or _PLAIN_WORD.match(word):
            last = at
        elif piece.shown not in _JOINING:
            break
        if not is_company and _ends_name(notice, at, word):
            break
    if last is None:
        return None
    raw = " ".join(one.raw for one in places.pieces[first : last + 1])
    value = (
        raw.strip("\"'“”* ").rstrip(",;:")
        if raw.endswith("Inc.")
        else raw.strip("\"'“”* ").rstrip(",;:.")
    )
    if re.search(r"\d{3}", value) or len(value) < 3:
        return None
    return Name(places.pieces[first].start, places.pieces[last].end, value)


def _ends_name(notice: Notice, at: int, word: str) -> bool:
    """A full stop but in an abbreviation, and a comma but before "Inc."."""
    pieces = notice.places.pieces
    sign = pieces[at].raw[-1:]
    if sign == ",":
        return at + 1 == len(pieces) or not _COMPANY.match(pieces[at + 1].shown)
    return sign in (";", ":", ".") and len(word) > 2 and "." not in word
