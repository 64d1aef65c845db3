"""The address an appeal goes to, among all addresses of a letter."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from appeals.notices.finding.finds import FieldName, Find, HowSure, Kind
from appeals.notices.finding.layout import Cell
from appeals.notices.finding.notice import Notice, Topic
from appeals.notices.finding.text import Span

_STATES = (
    "al ak az ar ca co ct de dc fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj "
    "nm ny nc nd oh ok or pa pr ri sc sd tn tx ut vt va wa wv wi wy vi gu as mp"
)
_TOWN = re.compile(
    r"(?<![\w-])(?P<town>[a-z][a-z.']*(?:[ -][a-z.']+){0,3}),? "
    rf"(?:{'|'.join(_STATES.split())})(?:\.?,?[ \n]|[.,])(?P<zip>\d{{5}}(?:-\d{{4}})?)(?![\w-])"
)
_STREET = re.compile(
    r"\bp\.? ?[o0]\.? ?box\b|\bbox \d|\bapartado\b|\bmail ?(?:stop|code)\b|\d+ [a-z0-9.]+ "
    r"|\bone [a-z]+ (?:plaza|center|way|place)|\d\s*$"
    r"|\b(?:street|road|avenue|drive|lane|plaza|parkway|way|blvd)\b"
)
_INTRO = re.compile(
    r"(?:^|.*?[\s(])(?:mail(?:ing address)?|send|write|deliver(?:ed)?|escriba|envie|address(?:ed)?"
    r"|direccion|correo|mande|sent|return|in writing|by mail|por correo|enviar|appeals?)\b"
    r"[^:.]{0,60}?(?::| to:?| a:?| at:?) (?=[a-z])"
)
_LEADS = re.compile(
    r"(?:mail|send|write|deliver|escrib|envi|mand|address|direccion|to)\b[^.]*[:\n ]\s*\Z"
)
_LEADS_IN_SENTENCE = re.compile(
    r"(?:(?<!attn)(?<!attention):| to| at| from| is| a| al)(?: the| el| la)? (?=[a-z0-9])"
    r"|\A(?=[a-z])"
)
# Lines that are no part of an address: sentences, what leads to one, greetings, labels.
_NO_LINE = re.compile(
    r"[:?!]\s*\Z|[a-z)]{3}(?<!\binc)(?<!corp)(?<!\bllc)\.\s*\Z|[a-z]{3}[.?!] [a-z].* [a-z]+ "
    r"|(?: to| at|write)\Z|\A(?:dear|estimad[oa]|re:)"
    r"|\A(?:standard|fast|regular)?,? ?(?:by|in) (?:mail|writing|person)\b"
    r"|\A(?:phone|fax|tel|call|date|tty)\b.*[:\d]|\A(?!att?(?:n|encion|ention))[a-z ]{2,20}:"
    r"|\d{3}[-. ]\d{4}\b"
)
# In widths of the page: what stands over each other flush.
FLUSH = 0.012
LONGEST_IN_SENTENCE = 170
# The sender's own address stands at the top of the first page.
HEAD_ABOVE = 0.22
# An address is seldom longer, and a line of it neither.
MOST_LINES, LONGEST_LINE = 6, 62
# How far before an address the words that say what it is for may stand.
NEAR = 260


@dataclass(frozen=True, slots=True)
class Address:
    lines: tuple[Span, ...]

    @property
    def start(self) -> int:
        return self.lines[0].start

    @property
    def end(self) -> int:
        return self.lines[-1].end


def appeal_address(notice: Notice, kind: Kind) -> tuple[Address, Find] | None:
    """The first of those that the letter says an appeal goes to."""
    rated = [
        (points, one) for one in _addresses(notice) if (points := _points(notice, one, kind)) > 0
    ]
    if not rated:
        return None
    points, best = max(rated, key=lambda one: (one[0], -one[1].start))
    find = Find(
        FieldName.APPEAL_ADDRESS,
        "\n".join(notice.places.raw(line.start, line.end).strip(" ,.;") for line in best.lines),
        tuple(spot for line in best.lines for spot in notice.places.spots(line.start, line.end)),
        HowSure.LIKELY if points >= 3 else HowSure.UNSURE,
    )
    return best, find


def _addresses(notice: Notice) -> Iterator[Address]:
    for match in _TOWN.finditer(notice.text):
        cell = notice.places.cell_at(match.start("town"))
        address = _stacked(notice, cell, match) or _in_a_sentence(notice, match)
        if address is not None:
            yield address


def _stacked(notice: Notice, cell: Cell, match: re.Match[str]) -> Address | None:
    """Lines one under the other, up to a gap, a sentence or a label."""
    if not _starts_line(notice, cell, match):
        return None
    lines = [Span(match.start(), match.end())]
    for above in _lines_above(notice, cell):
        shown = notice.places.of(above)
        intro = _INTRO.match(shown)
        if intro and not _NO_LINE.search(shown[intro.end() :]):
            lines.append(Span(above.start + intro.end(), above.end))
            break
        if len(shown) > LONGEST_LINE or _NO_LINE.search(shown):
            break
        lines.append(Span(above.start, above.end))
    if len(lines) == 1 or not any(
        _STREET.search(notice.text, one.start, one.end) for one in lines[1:]
    ):
        return None
    return Address(tuple(reversed(lines)))


def _lines_above(notice: Notice, cell: Cell) -> Iterator[Cell]:
    """Right over it and flush with it on either side, or centered over it."""
    for _ in range(MOST_LINES - 1):
        above = next(notice.places.above(cell, far=3), None)
        if above is None or cell.top - above.bottom > cell.height:
            return
        lefts, rights = abs(above.left - cell.left), abs(above.right - cell.right)
        if min(lefts, rights, abs(lefts - rights)) > FLUSH:
            return
        yield above
        cell = above


def _starts_line(notice: Notice, cell: Cell, match: re.Match[str]) -> bool:
    """Whether the town's own line began before the words taken for the town."""
    return bool(re.fullmatch(r"[a-z.' -]*", notice.text[cell.start : match.start()]))


def _in_a_sentence(notice: Notice, match: re.Match[str]) -> Address | None:
    """Parts of a sentence between commas, from the words that lead to it."""
    sentence = notice.places.sentence_at(match.start())
    begun = notice.text[max(sentence.start, match.start() - 220) : match.start()].replace("\n", " ")
    offset = match.start() - len(begun)
    leads = [
        lead.end()
        for lead in _LEADS_IN_SENTENCE.finditer(begun)
        if _STREET.search(begun, lead.end())
        and len(begun) - lead.end() <= LONGEST_IN_SENTENCE
        and notice.places.raw(offset + lead.end(), offset + lead.end() + 1).isupper()
    ]
    if not leads:
        return None
    lines: list[Span] = []
    at = leads[-1]
    for part in re.finditer(r"[^,;]+", begun[at:]):
        shown = part.group()
        lead = len(shown) - len(shown.lstrip())
        start = offset + at + part.start() + lead
        end = offset + at + part.end()
        if shown.strip():
            lines.append(Span(start, end - (len(shown) - len(shown.rstrip()))))
    if not lines or len(lines) > MOST_LINES:
        return None
    return Address((*lines, Span(match.start(), match.end())))


def _points(notice: Notice, address: Address, kind: Kind) -> int:
    """How much speaks for an address; nothing for other offices' and for letterheads."""
    words = notice.words
    sentence = notice.sentence_at(address.start)
    own = notice.text[address.start : address.end]
    before = notice.text[max(address.start - NEAR, 0) : address.start]
    is_outside = sentence.topic is Topic.OUTSIDE or any(
        words["contact.address_outside"].stand_in(part) for part in (own, before[-90:])
    )
    if sentence.is_boilerplate or (is_outside and kind is not Kind.UPHELD_APPEAL):
        return 0
    if any(words["contact.address_never"].stand_in(part) for part in (own, before[-90:])):
        return 0
    points = 0
    if words["contact.appeal"].stand_in(own):
        points += 4
    if _LEADS.search(before[-110:]) and words["contact.appeal"].stand_in(before):
        points += 2
    if notice.is_about_next_step(address.start, kind):
        points += 3
    cell = notice.places.cell_at(address.start)
    is_head = cell.page == notice.places.first_page and cell.top < HEAD_ABOVE
    return 0 if is_head else points
