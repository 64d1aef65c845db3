"""Reference numbers and the member's number, by the label before, left of or above them."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from appeals.notices.finding.finds import FieldName, Find, HowSure, Kind, Note, Spot
from appeals.notices.finding.layout import Cell
from appeals.notices.finding.notice import Notice
from appeals.notices.finding.text import Span

# A number has figures; letters, hyphens, slashes and dots may stand between them.
_NUMBER = re.compile(r"(?<![\w$/.-])[a-z0-9](?:[a-z0-9/._*-]*[a-z0-9*])?(?![\w/])")
_AFTER_LABEL = re.compile(
    r"(?:\(s\))?\.?(?: ?/ ?[a-z. ]{2,30}(?=:))?[\s:.#)=-]*(?:(?:is|es|was)\s)?[\s:#]*"
)
_NAMED = re.compile(
    r"number|numero|\bno\b|\bnum\b|\bnro\b|\bid\b|\bcard\b|\bmrn\b|\bcode\b|\bkey\b|tarjeta|ficha|codigo|#|:|icn|dcn|tcn|mbi"
)
# "Boise, ID 83799" is a town in Idaho.
_ZIP = re.compile(r"\d{5}(?:-\d{4})?")
_GROUP = re.compile(r" (?=[a-z-]*\d)[a-z0-9-]+(?=\s|\Z|[,;.)])")
_NUMBER_OF = re.compile(r"(?:num|numero|nro|no|n\.o)\.? de(?:l|\b)")
_WORD_FIRST = re.compile(r"\A[a-z]+ ")
_PHONE = re.compile(r"1?-?(?:\(\d{3}\)-?|\d{3}[-.])\d{3}[-.]\d{4}")
_OPENING = re.compile(r"[ (•-]*(?:(?:original|your|our|first|related|the|su|re:?) )*")
_NEXT = re.compile(r"(?:\s*(?:,|;|and|y|&)\s*|\s*\n\s*)(?=[a-z0-9])")
_IN_ADDRESS = re.compile(r"\A[?&=.]|=\Z")
_TWO_LABELS = re.compile(r"[:;][\s(].*\w")
# The person's name may stand between the label and the number: "Member: Sample Member, OH4471".
_NAMED_FIRST = re.compile(
    r"(?:[a-z.'-]+ ){1,4}?[a-z.'-]+(?:, ?| ?\(| - )(?:(?:id|no\.?|uid|#)[: #]*)?"
)
# "Utilization no.": a number of something that no list names.
_GENERIC = re.compile(r"(?<![\w/.-])[a-z]{3,14} (?:no\.|number|nbr\.?|num\.|#)(?=[\s:#/])")
# The rest of a number in the next line of a sentence.
_GOES_ON = re.compile(r"\n(?P<rest>\d{2,}|(?<=-\n)[a-z0-9-]*\d)(?=[\s,;.)]|\Z)")
# A cell no longer than this that ends with a label is that label.
LONGEST_CELL = 40
FEWEST_FIGURES, FEWEST_UNNAMED, MANY_FIGURES = 3, 5, 7
# Letters before a space and the figures: "HBX 3310 22087 01".
LONGEST_PREFIX = 4
# Columns of a table are read down as far as this.
ROWS = 12


@dataclass(frozen=True, slots=True)
class _Label:
    span: Span
    kind: str


def numbers(notice: Notice, kind: Kind) -> Iterator[Find]:
    """Every reference number once, and the one member number; a bill is known by its account."""
    found: dict[FieldName, dict[str, list[Spot]]] = {
        FieldName.REFERENCE_NUMBER: {},
        FieldName.MEMBER_ID: {},
    }
    taken: set[str] = set()
    for label in _labels(notice, kind):
        for value in _values(notice, label):
            raw = notice.places.raw(value.start, value.end)
            if label.kind == "other":
                taken.add(raw)
                continue
            field = FieldName("member_id" if label.kind == "member_id" else "reference_number")
            found[field].setdefault(raw, []).extend(notice.places.spots(value.start, value.end))
    members = found[FieldName.MEMBER_ID]
    for raw, spots in found[FieldName.REFERENCE_NUMBER].items():
        if raw not in members and raw not in taken:
            yield Find(FieldName.REFERENCE_NUMBER, raw, tuple(spots))
    if members:
        raw, spots = next(iter(members.items()))
        several = len(members) > 1
        yield Find(
            FieldName.MEMBER_ID,
            raw,
            tuple(spots),
            HowSure.UNSURE if several else HowSure.LIKELY,
            Note.OTHER_NUMBER if several else Note.NONE,
        )


def _labels(notice: Notice, kind: Kind) -> list[_Label]:
    """The longest label wins where several begin or overlap."""
    found = [
        _Label(span, what)
        for what, name in (
            ("reference", "labels.reference"),
            ("member_id", "labels.member_id"),
            ("other", "labels.other_id"),
            ("reference" if kind is Kind.BILL else "other", "labels.account"),
        )
        for span in notice.words[name].all_spans(notice.text)
        if not notice.sentence_at(span.start).is_boilerplate and _is_whole(notice, span)
    ]
    found.sort(key=lambda one: (one.span.start, -one.span.end))
    kept: list[_Label] = []
    for one in found:
        if not kept or one.span.start >= kept[-1].span.end:
            kept.append(one)
    return sorted([*kept, *_unlisted(notice, kept)], key=lambda one: one.span.start)


def _unlisted(notice: Notice, listed: list[_Label]) -> Iterator[_Label]:
    """Any word with "no." or "number" after it that no list names."""
    starts = [one.span.start for one in listed]
    for match in _GENERIC.finditer(notice.text):
        before = listed[max(bisect_right(starts, match.end()) - 1, 0)] if listed else None
        is_listed = before is not None and match.start() < before.span.end
        if not is_listed and not notice.sentence_at(match.start()).is_boilerplate:
            yield _Label(Span(*match.span()), "reference")


def _is_whole(notice: Notice, span: Span) -> bool:
    """Whether it is one label, and no part of a web address."""
    around = notice.text[max(span.start - 1, 0) : span.end + 1]
    first, last = notice.places.cell_at(span.start), notice.places.cell_at(span.end - 1)
    if first is not last:
        # Two labels in a column, or "Sample Miembro" over "Núm. de caso".
        lists = [notice.words[f"labels.{name}"] for name in ("reference", "member_id", "other_id")]
        rows = notice.places.right_of(first) and notice.places.right_of(last)
        shown = notice.places.of(first)
        if rows and any(one.stand_in(shown) for one in lists):
            return False
        if _NUMBER_OF.match(notice.text, last.start):
            return False
    token = notice.text[max(span.start - LONGEST_CELL, 0) : span.start].split(" ")[-1]
    return (
        not _IN_ADDRESS.search(around)
        and "//" not in token
        and not _TWO_LABELS.search(notice.places.of(span))
    )


def _values(notice: Notice, label: _Label) -> list[Span]:
    """What the label names: in its cell, else in the cell to the right, else below."""
    places = notice.places
    cell = places.cell_at(label.span.end - 1)
    after = _AFTER_LABEL.match(notice.text, label.span.end)
    start = after.end() if after else label.span.end
    shown = notice.text[label.span.start : start]
    first = places.cell_at(label.span.start)
    opens_cell = bool(_OPENING.fullmatch(notice.text, first.start, label.span.start))
    is_named = bool(_NAMED.search(shown)) or opens_cell
    if start < cell.end:
        value = _number_at(notice, start, cell.end, is_named=is_named)
        if value is not None and value.end == cell.end and not opens_cell:
            value = _to_next_line(notice, value)
        if value is None and label.kind == "member_id" and opens_cell:
            value = _after_name(notice, start, cell.end)
        return _and_more(notice, value, cell.end) if value else []
    if not opens_cell and _ends_label_cell(notice, label, cell):
        right = places.right_of(cell)
        value = _number_at(notice, right.start, right.end, is_named=True) if right else None
        return [value] if value else []
    if not opens_cell:
        # A sentence that goes on in the next line.
        line = places.cell_at(start)
        value = _number_at(notice, start, line.end, is_named=False)
        is_clear = is_named or (value and len(re.findall(r"\d", places.of(value))) >= MANY_FIGURES)
        return [value] if value and is_clear and start - cell.end <= 1 else []
    return _values_beside(notice, first, cell)


def _ends_label_cell(notice: Notice, label: _Label, cell: Cell) -> bool:
    """Whether a short cell ends with the label: "Commissioner's docket:"."""
    rest = notice.text[label.span.end : cell.end]
    return cell.end - cell.start <= LONGEST_CELL and not rest.strip(" :.#")


def _values_beside(notice: Notice, first: Cell, last: Cell) -> list[Span]:
    """In a table: to the right of the label's first or last line, else under it."""
    places = notice.places
    for cell in (first, last) if first is not last else (last,):
        right = places.right_of(cell)
        if right is not None:
            value = _number_at(notice, right.start, right.end, is_named=True) or _after_name(
                notice, right.start, right.end
            )
            if value:
                return _and_more(notice, value, right.end)
    values = []
    for below in places.below(last, far=ROWS):
        part = places.under(last, below)
        value = _number_at(notice, part.start, part.end, is_named=True)
        if value is None:
            break
        values.append(value)
    return values


def _to_next_line(notice: Notice, value: Span) -> Span:
    more = _GOES_ON.match(notice.text, value.end)
    return Span(value.start, more.end()) if more else value


def _after_name(notice: Notice, start: int, end: int) -> Span | None:
    """The number behind the person's name."""
    name = _NAMED_FIRST.match(notice.text, start, end)
    return _number_at(notice, name.end(), end, is_named=True) if name else None


def _and_more(notice: Notice, value: Span, end: int) -> list[Span]:
    """Further numbers of the same list: "25-1, 25-2 and 25-3"."""
    values = [value]
    while following := _NEXT.match(notice.text, values[-1].end, end):
        more = _number_at(notice, following.end(), end, is_named=False)
        if more is None:
            break
        values.append(more)
    return values


def _number_at(notice: Notice, start: int, end: int, *, is_named: bool) -> Span | None:
    match = _NUMBER.match(notice.text, start, end)
    if match is None:
        return None
    value = match.group()
    span = Span(match.start(), match.end())
    # Groups of one number: "HBX 3310 22087 01".
    if is_named:
        while more := _GROUP.match(notice.text, span.end, end):
            span = Span(span.start, more.end())
        value = notice.text[span.start : span.end]
    return span if _is_number(notice, span, value, is_named=is_named) else None


def _is_number(notice: Notice, span: Span, value: str, *, is_named: bool) -> bool:
    """Whether it has the figures of a number, and is no phone, date or place."""
    figures = len(re.findall(r"\d", value))
    opening = value.split(maxsplit=1)[0]
    before = notice.text[max(span.start - 6, 0) : span.start]
    is_phone = _PHONE.fullmatch(_WORD_FIRST.sub("", value).replace(" ", "-"))
    is_word_first = not re.search(r"\d", opening) and len(opening) > LONGEST_PREFIX
    is_too_short = not is_named and figures < FEWEST_UNNAMED and not re.search(r"[-/]", value)
    is_zip = _ZIP.fullmatch(value) and re.search(r", id\s\Z", before)
    is_date = any(one.start < span.end and span.start < one.end for one in notice.dates)
    return figures >= FEWEST_FIGURES and not (
        is_phone or is_word_first or is_too_short or is_zip or is_date
    )
