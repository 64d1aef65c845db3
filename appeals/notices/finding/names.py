"""Whose plan it is and who runs it: letterheads, labels, and "on behalf of"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from appeals.notices.finding.finds import FieldName, Find, HowSure, Kind
from appeals.notices.finding.layout import Cell
from appeals.notices.finding.notice import Notice
from appeals.notices.finding.pieces import fold
from appeals.notices.finding.text import GREETING, Span

# A letterhead stands in the upper part of the first page, over the date and the greeting.
LETTERHEAD_ABOVE, LETTERHEAD_LINES = 0.35, 14
NAME_ABOVE = 0.15
LONGEST_NAME = 9
_JOINING = frozenset(
    ["of", "the", "and", "&", "for", "de", "del", "la", "las", "los", "y", "e", "-", "/"]
)
_PLAIN_WORD = re.compile(r"[A-ZÁÉÍÓÚÑ0-9(][\w'\u2019.&()/+-]*\Z|&\Z|[a-z]{1,4}[A-Z]\w+\Z")
_COMPANY = re.compile(r"(?:inc|llc|llp|l\.l\.c|corp|co|ltd|pllc)\.?,?\Z")
# "A CMS contractor" and "Medical claims administered by" describe; the name stands above.
_DESCRIBES = re.compile(
    r"An?|Una?|(?:An?|Una?) .*"
    r"|Medical|Pharmacy|Prescription|Behavioral|Mental|Health|Claims|Benefits|Dental"
)
# Plans that others run for them: their letters have the administrator's letterhead.
_OF_A_GROUP = re.compile(
    r"\b(?:employees?|trust|fund|county|welfare|union|group|district|university|city of|state of)\b"
)
_STATE = re.compile(r"\b(?:state|department|commonwealth|county|division|estado|departamento)\b")
_PROGRAM = re.compile(r"\b(?:medicaid|medicare|tricare)\b")
_TIER = re.compile(r"(?:bronze|silver|gold|platinum)\Z")


@dataclass(frozen=True, slots=True)
class Name:
    start: int
    end: int
    value: str


def names(notice: Notice, known: Sequence[str], kind: Kind) -> Iterator[Find]:
    """The plan and, only if the letter tells them apart, the administrator."""
    if kind is Kind.BILL:
        # The letterhead of a bill is the clinic's.
        billed = _after(notice, "names.billed")
        if billed is not None:
            yield _find(notice, FieldName.PLAN, billed, sure=True)
        return
    plan, administrator, sure = _told_apart(notice, known)
    if plan is not None:
        yield _find(notice, FieldName.PLAN, plan, sure=sure)
    if administrator is not None and (plan is None or not _same(administrator, plan)):
        yield _find(notice, FieldName.ADMINISTRATOR, administrator, sure=True)


def _told_apart(notice: Notice, known: Sequence[str]) -> tuple[Name | None, Name | None, bool]:
    plan = _labelled(notice, "labels.plan", known)
    administrator = _labelled(notice, "labels.administrator", known)
    head, is_named = _letterhead(notice, known)
    program = notice.words["names.program_contractor"].first(notice.text)
    if program is not None:
        plan = plan or _program(notice, program)
        administrator = administrator or _before(notice, "names.program_contractor")
        administrator = administrator or _after(notice, "names.care_of")
    if plan is None and head is not None:
        plan = _second_line(notice, head)
        administrator = administrator or (head if plan is not None else None)
    for_plan = _after(notice, "names.for_plan")
    if for_plan is not None:
        plan = plan or for_plan
        administrator = administrator or _before(notice, "names.for_plan") or head
    by_administrator = _after(notice, "names.by_administrator")
    if by_administrator is not None:
        administrator = administrator or by_administrator
        plan = plan or _before(notice, "names.by_administrator")
    administrator = administrator or _before(notice, "names.is_administrator")
    if plan is not None and is_named and _OF_A_GROUP.search(fold(plan.value)):
        administrator = administrator or head
    if plan is not None:
        return plan, administrator, True
    if head is not None and not is_named and _STATE.search(fold(head.value)):
        match = _PROGRAM.search(notice.text)
        head = _program(notice, Span(match.start(), match.end())) if match else head
    if head is not None:
        return head, administrator, is_named
    return _known(notice, known), administrator, False


def _program(notice: Notice, part: Span) -> Name | None:
    """Medicare, Medicaid or TRICARE itself, where a contractor writes for it."""
    match = _PROGRAM.search(notice.text, part.start, part.end) or _PROGRAM.search(notice.text)
    if match is None:
        return None
    start, end = match.span()
    return Name(start, end, notice.places.raw(start, end))


def _second_line(notice: Notice, head: Name) -> Name | None:
    """The plan where the letterhead goes on "for the ... Plan"."""
    below = next(notice.places.below(notice.places.cell_at(head.start)), None)
    shown = notice.places.of(below)
    match = re.match(r"(?:for|para|on behalf of|en nombre de) (?:the |el |la )?", shown)
    return _name_from(notice, below.start + match.end(), below.end) if below and match else None


def _find(notice: Notice, field: FieldName, name: Name, *, sure: bool) -> Find:
    return Find(
        field,
        name.value,
        notice.places.spots(name.start, name.end),
        HowSure.LIKELY if sure else HowSure.UNSURE,
    )


def _same(one: Name, other: Name) -> bool:
    first, second = fold(one.value), fold(other.value)
    return first in second or second in first


def _name_from(notice: Notice, start: int, end: int) -> Name | None:
    """Words with capitals, and the small words that join them, from here on."""
    places = notice.places
    first = places.piece_at(start)
    last = None
    if any(one.start <= start < one.end for one in notice.dates):
        return None
    for at in range(first, min(first + LONGEST_NAME, len(places.pieces))):
        piece = places.pieces[at]
        is_tier = at > first + 2 and _TIER.match(piece.shown)
        if piece.start >= end or is_tier or re.search(r"\d{3}", piece.shown):
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


def _is_organization(notice: Notice, value: str, known: Sequence[str]) -> bool:
    folded = fold(value)
    if any(re.search(rf"\b{re.escape(fold(one))}\b", folded) for one in known if len(one) > 2):
        return True
    return notice.words["names.organization"].stand_in(folded) and not notice.words[
        "names.no_organization"
    ].stand_in(folded)


def _after(notice: Notice, name: str) -> Name | None:
    """A name after the first such wording that has one."""
    for span in notice.words[name].spans(notice.text):
        cell = notice.places.cell_at(span.end - 1)
        paragraph_end = notice.text.find("\n\n", span.end)
        end = paragraph_end if paragraph_end >= 0 else len(notice.text)
        start = span.end + 1
        if start < end:
            skipped = re.match(r"(?:the |your |a |an |el |la |its |: ?)*", notice.text[start:end])
            start += skipped.end() if skipped else 0
            found = _name_from(notice, start, end)
            if found is not None:
                return found
        elif (below := next(notice.places.below(cell), None)) is not None:
            found = _name_from(notice, below.start, below.end)
            if found is not None:
                return found
    return None


def _before(notice: Notice, name: str) -> Name | None:
    """The name that stands before the wording on its line, else on the line above."""
    for span in notice.words[name].spans(notice.text):
        cell = notice.places.cell_at(span.start)
        start = max(cell.start, notice.places.sentence_at(span.start).start)
        if notice.text[start : span.start].strip():
            found = _name_from(notice, start, span.start)
            if (
                found is not None
                and found.end >= span.start - 2
                and not notice.words["names.no_organization"].stand_in(fold(found.value))
                and not _DESCRIBES.fullmatch(found.value)
            ):
                return found
            if found is None or not _DESCRIBES.fullmatch(found.value):
                continue
        above = next(notice.places.above(cell, far=2), None)
        if above is not None:
            found = _name_from(notice, above.start, above.end)
            if found is not None and found.end >= above.end - 2:
                return found
    return None


def _labelled(notice: Notice, name: str, known: Sequence[str]) -> Name | None:
    """A value after "Plan:"; a label without its colon or its own cell is prose."""
    for span in notice.words[name].spans(notice.text):
        cell = notice.places.cell_at(span.start)
        if notice.text[cell.start : span.start].strip(" (•"):
            continue
        rest = notice.text[span.end : cell.end]
        if rest.lstrip()[:1] in (":", ".") and rest.strip(" :."):
            found = _name_from(notice, span.end + len(rest) - len(rest.lstrip(" :.")), cell.end)
        elif not rest.strip(" :."):
            right = notice.places.right_of(cell)
            found = _name_from(notice, right.start, right.end) if right else None
        else:
            continue
        label = notice.text[span.start : span.end]
        if found is not None and (
            label not in ("plan", "program") or _is_organization(notice, found.value, known)
        ):
            return found
    return None


def _letterhead(notice: Notice, known: Sequence[str]) -> tuple[Name | None, bool]:
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
        if _is_organization(notice, found.value, known):
            # A line of its own over a plainer one, "Medicaid Managed Care", is the name.
            is_under = likely is not None and _is_right_under(notice, likely, cell)
            return (likely, False) if is_under else (found, True)
        if likely is None and cell.top < NAME_ABOVE and found.value.count(" ") > 0:
            likely = found
    return likely, False


def _is_right_under(notice: Notice, name: Name, cell: Cell) -> bool:
    above = notice.places.cell_at(name.start)
    return cell.line - above.line <= 1 and above.height >= 0.95 * cell.height


def _on_line(notice: Notice, cell: Cell) -> Name | None:
    """A name that begins a line and ends at its end or at a sign, or goes on in the next."""
    found = _name_from(notice, cell.start, cell.end)
    if found is None:
        return None
    rest = notice.text[found.end : cell.end].strip()
    if rest and notice.text[found.end - 1] not in ",." and not re.match(r"[|•·(\d-]|po box", rest):
        is_tier = any(_TIER.match(word) for word in rest.split()[:1])
        if not is_tier and not notice.words["names.for_plan"].stand_in(rest):
            return None
    below = next(notice.places.below(cell), None)
    if (
        not rest
        and below is not None
        and below.start == cell.end + 1
        and below.end - below.start <= 24
        and abs(below.height - cell.height) < 0.2 * cell.height
        and notice.words["names.organization"].stand_in(notice.places.of(below))
        and not notice.words["names.no_organization"].stand_in(notice.places.of(below))
    ):
        both = _name_from(notice, cell.start, below.end)
        if both is not None and both.end >= below.end:
            return both
    return found


def _known(notice: Notice, known: Sequence[str]) -> Name | None:
    """A known insurer's name, wherever it stands first."""
    for name in sorted(known, key=len, reverse=True):
        for match in re.finditer(rf"(?<!\w){re.escape(fold(name))}(?!\w)", notice.text):
            raw = notice.places.raw(match.start(), match.end())
            if len(name) > 3 and raw[:1].isupper():
                return Name(match.start(), match.end(), raw)
    return None
