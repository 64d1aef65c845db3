"""Reference numbers and the member's number, by the label before, left of or above them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from appeals.notices.finding.finds import FieldName, Find, HowSure, Kind, Note, Spot
from appeals.notices.finding.layout import Cell
from appeals.notices.finding.notice import Notice
from appeals.notices.finding.text import Span

# A number has figures; letters, hyphens, slashes and dots may stand between them.
_NUMBER = re.compile(r"(?<![\w$/.-])[a-z0-9](?:[a-z0-9/._*-]*[a-z0-9*])?(?![\w/])")
_AFTER_LABEL = re.compile(r"(?:\(s\))?[\s:.#)=-]*(?:(?:is|es|was)\s)?[\s:#]*")
_NAMED = re.compile(r"number|numero|\bno\b|\bnum\b|\bnro\b|\bid\b|#|:|icn|dcn|tcn|mbi")
_PHONE = re.compile(r"1?-?\(?\d{3}\)?[-.]?\d{3}[-.]\d{4}")
_OPENING = re.compile(r"[ (•-]*(?:(?:original|your|our|first|related|the|su|re:?) )*")
_NEXT = re.compile(r"(?:\s*(?:,|;|and|y|&)\s*|\s*\n\s*)(?=[a-z0-9])")
FEWEST_FIGURES = 3
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
            field = FieldName(
                {"reference": "reference_number", "member_id": "member_id"}[label.kind]
            )
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
        if not notice.sentence_at(span.start).is_boilerplate
    ]
    found.sort(key=lambda one: (one.span.start, -one.span.end))
    kept: list[_Label] = []
    for one in found:
        if not kept or one.span.start >= kept[-1].span.end:
            kept.append(one)
    return kept


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
        return _and_more(notice, value, cell.end) if value else []
    if not opens_cell:
        # A sentence that goes on in the next line.
        line = places.cell_at(start)
        value = _number_at(notice, start, line.end, is_named=False)
        return [value] if value and is_named and start - cell.end <= 1 else []
    return _values_beside(notice, first, cell)


def _values_beside(notice: Notice, first: Cell, last: Cell) -> list[Span]:
    """In a table: to the right of the label's first or last line, else under it."""
    places = notice.places
    for cell in (first, last) if first is not last else (last,):
        right = places.right_of(cell)
        if right is not None:
            value = _number_at(notice, right.start, right.end, is_named=True)
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
        while (
            more := re.compile(r" ([a-z0-9-]+)(?=\s|\Z|[,;.)])").match(notice.text, span.end, end)
        ) and re.search(r"\d", more.group(1)):
            span = Span(span.start, more.end())
        value = notice.text[span.start : span.end]
    figures = len(re.findall(r"\d", value))
    opening = value.split()[0]
    if not re.search(r"\d", opening) and len(opening) > LONGEST_PREFIX:
        return None
    if figures < FEWEST_FIGURES or _PHONE.fullmatch(value.replace(" ", "-")):
        return None
    if not is_named and (figures < 5 and not re.search(r"[-/]", value)):
        return None
    if any(one.start < span.end and span.start < one.end for one in notice.dates):
        return None
    return span
