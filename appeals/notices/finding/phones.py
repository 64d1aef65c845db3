"""The phone and fax numbers for an appeal or a question, among all that a letter prints."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from appeals.notices.finding.finds import FieldName, Find, HowSure, Kind, Note
from appeals.notices.finding.notice import Notice, Sentence, Topic
from appeals.notices.finding.text import Span

_PHONE = re.compile(
    r"(?<![\w/-])(?:\+?1[ .-]{1,2})?(?:\(\d{3}\) ?|\d{3}[ ./-])\d{3}[ .-]\d{4}(?![\w-])"
)
_FAX = re.compile(r"fax(?: number| no\.?| to| us at|ed to| it to| at)*|facsimil|telefax|telecop")
_PHONE_WORD = re.compile(
    r"phone|call|tel(?!ef)|llam|voice|voz|toll|ring|dial|marque|speak|hable|ttys? users"
)
# What still belongs to the number before: "TTY: 711", "(relay: 711)".
_OTHERS_WORDS = re.compile(r"^[^a-z]*\(?(?:tty|relay|tdd)[: ]*711\)?")
_AFTER = re.compile(r" ?\((?P<what>fax|tty|tdd)\)")
# How far before a number its own words stand, and the words that govern its line.
NEAR, LEAD = 70, 160
SURE = 4
# Their fax numbers are for records, and for the parties.
_WITHOUT_FAX = frozenset((Kind.RECORDS_REQUEST, Kind.EXTERNAL_DECISION))
# A letter prints a few dozen; more is a list, and no letter.
MOST_NUMBERS = 200
# Lines over a number in its column that may say it is for urgent cases.
LINES_OF_LABELS = 6


@dataclass(frozen=True, slots=True)
class Number:
    start: int
    end: int
    is_fax: bool
    # Words between the number before and this one, or the label of its cell.
    own_words: str
    # Whether the address an appeal goes to stands in the same lines, or right above.
    beside_address: bool


def contacts(
    notice: Notice, address: Span | None, kind: Kind, *, is_urgent: bool
) -> Iterator[Find]:
    """At most one of each; none where only other offices' numbers stand."""
    rated = [
        (_points(notice, one, kind, is_urgent=is_urgent), one)
        for one in islice(_numbers(notice, address), MOST_NUMBERS)
    ]
    yield from _best(notice, FieldName.APPEAL_PHONE, [one for one in rated if not one[1].is_fax])
    if kind not in _WITHOUT_FAX:
        yield from _best(notice, FieldName.APPEAL_FAX, [one for one in rated if one[1].is_fax])


def _best(notice: Notice, field: FieldName, rated: Sequence[tuple[int, Number]]) -> Iterator[Find]:
    fit = [(points, one) for points, one in rated if points > 0]
    if not fit:
        return
    points, best = max(fit, key=lambda one: (one[0], -one[1].start))
    value = notice.places.raw(best.start, best.end)
    rivals = {notice.places.raw(one.start, one.end) for other, one in fit if other >= points - 1}
    is_sure = points >= SURE and rivals <= {value}
    yield Find(
        field,
        value,
        notice.places.spots(best.start, best.end),
        HowSure.LIKELY if is_sure else HowSure.UNSURE,
        Note.NONE if rivals <= {value} else Note.OTHER_NUMBER,
    )


def _numbers(notice: Notice, address: Span | None) -> Iterator[Number]:
    last_end = 0
    for match in _PHONE.finditer(notice.text):
        start, end = match.span()
        sentence = notice.sentence_at(start)
        if sentence.is_boilerplate:
            last_end = end
            continue
        own = notice.text[max(start - NEAR, last_end, sentence.start) : start]
        own = _OTHERS_WORDS.sub("", own)
        if not notice.before(start).strip(" :."):
            cell = notice.places.cell_at(start)
            left = notice.places.left_of(cell)
            labels = [left] if left is not None else list(notice.places.above(cell))
            # The line above may be the end of this very sentence.
            own = " ".join(
                [*(notice.places.of(one) for one in labels if one.end + 1 != start), own]
            )
        last_end = end
        # "Fax: ... Phone: ...": the nearer word counts.
        fax = [found.end() for found in _FAX.finditer(own)]
        phone = [found.end() for found in _PHONE_WORD.finditer(own)]
        sign = _AFTER.match(notice.text, end)
        yield Number(
            start,
            end,
            (bool(fax) and (not phone or fax[-1] > phone[-1]))
            or (sign is not None and sign["what"] == "fax"),
            f"{own} {sign['what']}" if sign else own,
            address is not None and _is_beside(notice, address, start),
        )


def _is_beside(notice: Notice, address: Span, at: int) -> bool:
    places = notice.places
    cell, first, last = (places.cell_at(one) for one in (at, address.start, address.end - 1))
    if cell.page != first.page:
        return False
    between = notice.text[min(address.end, at) : max(address.start, at)]
    in_text = between.count("\n") <= 4 and len(between) <= 120
    in_rows = first.top - cell.height <= cell.top <= last.bottom
    under = 0 <= cell.top - last.bottom < 4 * cell.height and cell.overlap(last) > 0
    return in_text or in_rows or under


def _points(notice: Notice, number: Number, kind: Kind, *, is_urgent: bool) -> int:
    """How much speaks for a number; nothing when it is another office's, or for urgent cases."""
    words, own = notice.words, number.own_words
    sentence = notice.sentence_at(number.start)
    if words["contact.never"].stand_in(own):
        return 0
    if _is_for_fast(notice, number, sentence):
        # The number for standard appeals comes first in an urgent case too.
        return 1 if is_urgent else 0
    points = 0
    if words["contact.appeal"].stand_in(own) or number.beside_address:
        points += 5
    elif notice.is_about_next_step(number.start, kind):
        points += 3
    elif sentence.topic in (Topic.OUTSIDE, Topic.KEEP):
        points -= 2
    if number.is_fax:
        return points
    if words["contact.ask"].stand_in(own) or words["contact.ask"].stand_in(
        notice.text, sentence.start, sentence.end
    ):
        points += 3
    return points + (2 if words["contact.general"].stand_in(own) else 1)


def _is_for_fast(notice: Notice, number: Number, sentence: Sentence) -> bool:
    lead = notice.text[max(sentence.start, number.start - LEAD) : number.start]
    fast = [span.end for span in notice.words["contact.fast"].spans(lead)]
    plain = [found.end() for found in re.finditer(r"standard|estandar|regular", lead)]
    cell = notice.places.cell_at(number.start)
    labels = " ".join(
        notice.places.of(one) for one in islice(notice.places.column_above(cell), LINES_OF_LABELS)
    )
    if not fast and len(labels) < LEAD:
        fast = [span.end for span in notice.words["contact.fast"].spans(labels)]
        plain = [found.end() for found in re.finditer(r"standard|estandar|regular", labels)]
    return bool(fast) and (not plain or fast[-1] > plain[-1])
