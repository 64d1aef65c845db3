"""Finds what a denial notice says: every find with its place, for the person to confirm.

It reads a letter's words and boxes, and decides by wordings from `appeals/data/notice_words.yaml`.
"""

from collections.abc import Iterable, Iterator

from appeals.notices.finding.addresses import appeal_address
from appeals.notices.finding.codes import codes
from appeals.notices.finding.deadlines import deadline
from appeals.notices.finding.finds import (
    FieldName,
    Find,
    HowSure,
    Kind,
    Level,
    Note,
    PrintedDeadline,
    Reading,
    Spot,
)
from appeals.notices.finding.kinds import kind_of, level_of, urgency
from appeals.notices.finding.language import language_of
from appeals.notices.finding.names import names
from appeals.notices.finding.notice import Notice
from appeals.notices.finding.notice_date import notice_date
from appeals.notices.finding.numbers import numbers
from appeals.notices.finding.phones import contacts
from appeals.notices.finding.reasons import reasons, said_reasons
from appeals.notices.finding.text import Span
from appeals.notices.finding.words import notice_words
from appeals.notices.pages import Letter

__all__ = [
    "FieldName",
    "Find",
    "HowSure",
    "Kind",
    "Level",
    "Note",
    "PrintedDeadline",
    "Reading",
    "Spot",
    "find_in",
]

# Their letters set no limit for an appeal; a limit printed there is for something else.
_NO_DEADLINE = frozenset((Kind.APPROVAL, Kind.BILL, Kind.APPEAL_RECEIPT, Kind.RECORDS_REQUEST))


def find_in(letter: Letter, known_names: Iterable[str] = ()) -> Reading:
    """Everything found in a letter; `known_names` are names of insurers, to know them anywhere."""
    notice = Notice(letter, notice_words())
    if not notice.places:
        return Reading()
    finds = tuple(_finds(notice, tuple(known_names)))
    return Reading(finds, language_of(notice.text), is_cut=notice.places.is_cut)


def _finds(notice: Notice, known_names: tuple[str, ...]) -> Iterator[Find]:
    coded = list(codes(notice))
    carc = {one.value: one.spots for one in coded if one.field is FieldName.CARC}
    said, hinted = said_reasons(notice)
    kind, kind_find = kind_of(
        notice, frozenset(carc), [one for spans in said.values() for one in spans]
    )
    yield kind_find
    date = notice_date(notice)
    if date is not None:
        yield date
    yield from numbers(notice, kind)
    yield from names(notice, known_names, kind)
    urgent = urgency(notice)
    if kind is not Kind.BILL:
        address = appeal_address(notice, kind) if kind is not Kind.RECORDS_REQUEST else None
        if address is not None:
            yield address[1]
        where = Span(address[0].start, address[0].end) if address else None
        yield from contacts(notice, where, kind, is_urgent=urgent is not None)
    is_sure = kind_find.sureness is HowSure.LIKELY
    for one in (level_of(notice, kind, is_sure=is_sure), urgent):
        if one is not None:
            yield one
    if kind.refuses:
        yield from reasons(notice, said, hinted, carc)
    yield from coded
    is_undecided = kind is Kind.UNCLEAR and notice.has("kind.no_decision")
    if kind not in _NO_DEADLINE and not is_undecided:
        limit = deadline(notice, kind)
        if limit is not None:
            yield limit
