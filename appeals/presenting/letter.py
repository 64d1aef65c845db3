"""A letter as it was read: each find in its place, with how sure we are."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from appeals.law.reasons import ReasonId, denial_reason
from appeals.notices.carried import CarriedLetter
from appeals.notices.finding.finds import FieldName, Find, HowSure, Note, Spot
from policies.language import said

# Which finds stand behind which field of the forms.
BEHIND = {
    "notice_on": (FieldName.NOTICE_ON,),
    "answers": (FieldName.LEVEL,),
    "printed_on": (FieldName.DEADLINE,),
    "printed_amount": (FieldName.DEADLINE,),
    "is_urgent": (FieldName.IS_URGENT,),
    "reasons": (FieldName.REASON,),
    "codes": (FieldName.CARC, FieldName.RARC),
    "reference_numbers": (FieldName.REFERENCE_NUMBER,),
    "plan": (FieldName.PLAN,),
    "administrator": (FieldName.ADMINISTRATOR,),
    "phone": (FieldName.APPEAL_PHONE,),
    "fax": (FieldName.APPEAL_FAX,),
    "address": (FieldName.APPEAL_ADDRESS,),
    # The facts of a letter to the plan, by their own names.
    "member_id": (FieldName.MEMBER_ID,),
    "reference_number": (FieldName.REFERENCE_NUMBER,),
    "plan_name": (FieldName.PLAN, FieldName.ADMINISTRATOR),
    "plan_fax": (FieldName.APPEAL_FAX,),
    "plan_address": (FieldName.APPEAL_ADDRESS,),
}
SURE = {
    HowSure.LIKELY: N_("Likely. Check it against your letter."),
    HowSure.UNSURE: N_("Not sure. Check it against your letter."),
}
NOTES = {
    Note.OTHER_DATE: N_("Another date is near it."),
    Note.OTHER_NUMBER: N_("The letter prints more than one such number."),
    Note.OTHER_LIMIT: N_("The letter prints more than one time limit."),
    Note.ONLY_A_CODE: N_("Only a code says so, and a code alone does not settle the reason."),
    Note.NO_CLEAR_WORDS: N_("The letter does not say it in so many words."),
}


# More say no more to who looks, and each prints its whole line.
MOST_SNIPPETS = 12


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a line; marked where a find stands."""

    text: str
    is_marked: bool
    name: str = ""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A find in its line."""

    pieces: tuple[Piece, ...]
    about: str
    place: str
    sure: str
    is_likely: bool
    note: str


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field of a form, and what the letter says to it."""

    field: BoundField
    snippets: tuple[Snippet, ...]


@dataclass(frozen=True, slots=True)
class PageView:
    number: int
    lines: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True, slots=True)
class LetterView:
    """The whole letter as we read it, every find marked."""

    pages: tuple[PageView, ...]
    is_scanned: bool
    found_nothing: bool


def present_letter(letter: CarriedLetter) -> LetterView:
    names = field_names()
    marks: dict[tuple[int, int], list[tuple[int, int, str]]] = defaultdict(list)
    for find in letter.reading.finds:
        for spot in find.spots:
            marks[_line_of(spot)].append((spot.first, spot.last, names[find.field]))
    pages = tuple(
        PageView(
            number,
            tuple(
                tuple(_pieces(words, sorted(marks[number, index])))
                for index, words in enumerate(page.lines)
            ),
        )
        for number, page in enumerate(letter.pages, start=1)
    )
    return LetterView(pages, letter.is_scanned, not letter.reading.finds)


def field_views(
    fields: Iterable[BoundField], letter: CarriedLetter | None
) -> tuple[FieldView, ...]:
    """Each field with the finds behind it."""
    return tuple(
        FieldView(one, tuple(islice(_snippets(one.name, letter), MOST_SNIPPETS))) for one in fields
    )


def field_names() -> dict[FieldName, str]:
    """What each find is, in a word or two."""
    return {
        FieldName.KIND: _("kind of notice"),
        FieldName.NOTICE_ON: _("date of the notice"),
        FieldName.REFERENCE_NUMBER: _("reference number"),
        FieldName.MEMBER_ID: _("member ID"),
        FieldName.PLAN: _("health plan"),
        FieldName.ADMINISTRATOR: _("administrator"),
        FieldName.APPEAL_PHONE: _("phone"),
        FieldName.APPEAL_FAX: _("fax"),
        FieldName.APPEAL_ADDRESS: _("address"),
        FieldName.LEVEL: _("level"),
        FieldName.IS_URGENT: _("urgency"),
        FieldName.REASON: _("reason"),
        FieldName.CARC: _("code"),
        FieldName.RARC: _("code"),
        FieldName.DEADLINE: _("last day"),
    }


def _snippets(name: str, letter: CarriedLetter | None) -> Iterator[Snippet]:
    if letter is None:
        return
    for field in BEHIND.get(name, ()):
        for find in letter.reading.all(field):
            if _is_of_other_field(find, name):
                continue
            for spot in find.spots[:1]:
                yield _snippet(find, spot, letter)


def _is_of_other_field(find: Find, name: str) -> bool:
    """A last day is told as a day or as a length of time, each in a field of its own."""
    limit = find.deadline
    return limit is not None and (name == "printed_on") is (limit.on is None)


def _snippet(find: Find, spot: Spot, letter: CarriedLetter) -> Snippet:
    page = letter.pages[spot.page - 1]
    marks = [
        (one.first, one.last, "") for one in find.spots if (one.page, one.line) == _line_of(spot)
    ]
    note = NOTES.get(Note(find.note)) if find.note in list(Note) else None
    return Snippet(
        pieces=tuple(_pieces(page.lines[spot.line], marks)),
        about=said(denial_reason(ReasonId(find.value)).label)
        if find.field is FieldName.REASON
        else "",
        place=_("page %(page)d, line %(line)d") % {"page": spot.page, "line": spot.line + 1},
        sure=_(SURE[find.sureness]),
        is_likely=find.sureness is HowSure.LIKELY,
        note=_(note) if note else "",
    )


def _line_of(spot: Spot) -> tuple[int, int]:
    return spot.page, spot.line


def _pieces(words: tuple[str, ...], marks: list[tuple[int, int, str]]) -> Iterator[Piece]:
    """The words of a line, cut where marks begin and end; of two that overlap the first counts."""
    at = 0
    for first, last, name in marks:
        if first < at:
            continue
        if first > at:
            yield Piece(" ".join(words[at:first]), False)
        yield Piece(" ".join(words[first : last + 1]), True, name)
        at = last + 1
    if at < len(words):
        yield Piece(" ".join(words[at:]), False)
