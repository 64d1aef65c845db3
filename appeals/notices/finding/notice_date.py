"""The date of the notice itself, told from every other date that a letter prints."""

import re
from dataclasses import dataclass
from enum import IntEnum

from appeals.notices.finding.dates import DateInText
from appeals.notices.finding.finds import FieldName, Find, HowSure, Note
from appeals.notices.finding.notice import Notice

# A date line stands above the letter's body; further down it is a row of a table.
DATE_LINE_ABOVE = 0.5
# A weekday or a town may stand before the date on its line, and nothing else.
_ALONE = re.compile(
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s|(?:lunes|martes|miercoles|jueves|viernes),?\s"
    r"|[a-z .]{3,24},(?: [a-z. ]{2,14},?)?\s)?(?:(?:on )?(?:a|el|al|the) )?\Z"
)
# Other words before a plain "date" make it another date: "service date", "prior notice date".
_OPENS_LABEL = re.compile(r"(?:\A|[^a-z\s]|\b(?:the|this|of|your|our|el|la|we|it))\s*\Z")
_AFTER_LABEL = re.compile(
    r"(?:[\s:.,#=-]|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:on|el|dt|date)\b|\(mm/dd/yy(?:yy)?\))*\Z"
)
# A line that begins with a date may be the end of a sentence.
_SENTENCE_GOES_ON = re.compile(
    r"\b(?:by|on|of|from|before|until|and|to|through|is|was|dated|the|than|after|de|el|hasta|al)\n\Z"
)
# Columns of a table are read up as far as this.
ROWS = 12
# A longer line over a date is a sentence, and no label of it.
LONGEST_LABEL = 40
_CHARGES = re.compile(r"charge|billed|amount|service|allowed|cargo|servicio|paid")
_CLOCK = re.compile(r"\b\d{1,2}:\d{2}\b|\bfax\b|\bpage\b|\bpg\b")


class Rank(IntEnum):
    """How much speaks for a date, the best first."""

    NAMED = 1
    PLAIN = 2
    DATE_LINE = 3
    SENT = 4
    DECIDED = 5


@dataclass(frozen=True, slots=True)
class Candidate:
    rank: Rank
    date: DateInText


def notice_date(notice: Notice) -> Find | None:
    """The best candidate; not sure when another of its kind, or only a day of mailing, stands."""
    candidates = sorted(
        (Candidate(rank, date) for date in notice.dates if (rank := _rank(notice, date))),
        key=lambda one: (_is_on_cover(notice, one.date), one.rank, one.date.start),
    )
    if not candidates:
        return None
    best = candidates[0]
    rivals = {
        one.date.on
        for one in candidates
        if one.rank == best.rank or (one.rank <= Rank.DATE_LINE and best.rank != Rank.NAMED)
    }
    same = [one.date for one in candidates if one.date.on == best.date.on]
    is_sure = len(rivals) == 1 and best.rank < Rank.SENT and not _is_on_cover(notice, best.date)
    return Find(
        FieldName.NOTICE_ON,
        best.date.on.isoformat(),
        tuple(spot for one in same for spot in notice.places.spots(one.start, one.end)),
        HowSure.LIKELY if is_sure else HowSure.UNSURE,
        Note.NONE if len(rivals) == 1 else Note.OTHER_DATE,
    )


def _is_on_cover(notice: Notice, date: DateInText) -> bool:
    """Whether it is that of a fax's cover sheet, before the letter itself."""
    cell = notice.places.cell_at(date.start)
    if cell.page != notice.cover_page:
        return False
    return any(notice.places.cell_at(one.start).page != cell.page for one in notice.dates)


def _rank(notice: Notice, date: DateInText) -> Rank | None:
    is_beside = not notice.before(date.start).strip(" :#.-(")
    for label in notice.labels_of(date.start):
        is_label = not is_beside or len(label) <= LONGEST_LABEL
        if _ends_with_label(notice, "labels.notice_date", label):
            return Rank.NAMED
        if is_label and notice.words["labels.other_date"].stand_in(label):
            return None
        for name, rank in (
            ("labels.sent_date", Rank.SENT),
            ("labels.decision_date", Rank.DECIDED),
            ("labels.plain_date", Rank.PLAIN),
        ):
            if _ends_with_label(notice, name, label):
                is_row = is_beside and rank is Rank.PLAIN and _is_of_a_table(notice, date)
                return None if is_row else rank
        # The first thing that can name it does, whatever it says.
        if re.search(r"[a-z]{3}", label) and label.rstrip().endswith(":"):
            return None
    return Rank.DATE_LINE if _is_date_line(notice, date) else None


def _is_of_a_table(notice: Notice, date: DateInText) -> bool:
    """Whether the column's heading stands in a row of headings about charges."""
    cell = notice.places.cell_at(date.start)
    return any(
        _CHARGES.search(notice.places.of(one))
        for above in notice.places.above(cell, far=ROWS)
        for one in notice.places.row_of(above)
    )


def _ends_with_label(notice: Notice, name: str, label: str) -> bool:
    return any(
        _AFTER_LABEL.match(label, span.end) and _OPENS_LABEL.search(label[: span.start])
        for span in notice.words[name].all_spans(label)
    )


def _is_date_line(notice: Notice, date: DateInText) -> bool:
    """Whether it stands alone near the top of the first page."""
    cell = notice.places.cell_at(date.start)
    first = notice.places.first_page + (notice.cover_page is not None)
    if cell.page != first or cell.top > DATE_LINE_ABOVE:
        return False
    before, after = notice.text[cell.start : date.start], notice.text[date.end : cell.end]
    if not _ALONE.match(before) or after.strip(" ."):
        return False
    if _SENTENCE_GOES_ON.search(notice.text, max(cell.start - 12, 0), cell.start):
        return False
    beside = [one for one in notice.places.row_of(cell) if one is not cell]
    # In a table it has a label beside it, or several fellows in its row.
    left = notice.places.left_of(cell)
    is_in_table = left is not None and notice.places.of(left).rstrip().endswith(":")
    if (
        is_in_table
        or len(beside) > (1 if date.is_in_words else 0)
        or any(_CLOCK.search(notice.places.of(one)) for one in beside)
    ):
        return False
    above = next(iter(notice.places.above(cell)), None)
    if above is None or above.end - above.start > LONGEST_LABEL:
        return True
    return not notice.has("labels.other_date", above)
