"""A letter that was read, as a page carries it from screen to screen; nothing of it is stored."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, get_args

from appeals.law.reasons import ReasonId
from appeals.notices.finding.finds import (
    FieldName,
    Find,
    HowSure,
    Kind,
    Level,
    PrintedDeadline,
    Reading,
    Spot,
)
from appeals.notices.pages import MOST_PAGES, Letter, LetterError, Refusal

# Twelve pages full of small print, with their finds, are less. A form sends three signs for a byte,
# and that stays below what the server takes in one request.
MOST_CARRIED_BYTES = 600_000
MOST_LINES, MOST_FINDS, MOST_SPOTS = 5_000, 500, 20
# What a find of these can be; the others are words of the letter.
KNOWN: Mapping[FieldName, type[StrEnum]] = {
    FieldName.KIND: Kind,
    FieldName.LEVEL: Level,
    FieldName.REASON: ReasonId,
}

Words = tuple[str, ...]


class CarriedLetterError(ValueError):
    """What was sent is no letter of ours."""


@dataclass(frozen=True, slots=True)
class CarriedPage:
    """The words of a page, line by line."""

    lines: tuple[Words, ...]
    is_scanned: bool


@dataclass(frozen=True, slots=True)
class CarriedLetter:
    """The words of a letter and what was found in them."""

    pages: tuple[CarriedPage, ...]
    reading: Reading

    @property
    def is_scanned(self) -> bool:
        return any(one.is_scanned for one in self.pages)


def carried(letter: Letter, reading: Reading) -> CarriedLetter:
    """The letter without the places of its words on the paper."""
    pages = (
        CarriedPage(
            tuple(tuple(word.text for word in line.words) for line in page.lines), page.is_scanned
        )
        for page in letter.pages
    )
    finds = tuple(
        replace(find, spots=find.spots[:MOST_SPOTS]) for find in reading.finds[:MOST_FINDS]
    )
    return CarriedLetter(tuple(pages), replace(reading, finds=finds))


def write_carried(letter: CarriedLetter) -> str:
    """The letter as the text of a hidden field; LetterError says that it is too long for one."""
    text = json.dumps(
        {
            "language": letter.reading.language,
            "cut": letter.reading.is_cut,
            "pages": [{"scanned": one.is_scanned, "lines": one.lines} for one in letter.pages],
            "finds": [_find_data(one) for one in letter.reading.finds],
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )
    if len(text.encode()) > MOST_CARRIED_BYTES or _lines(letter.pages) > MOST_LINES:
        raise LetterError(Refusal.TOO_MANY_PAGES)
    return text


def read_carried(text: str) -> CarriedLetter:
    """The letter of a hidden field; CarriedLetterError says that it is none of ours."""
    try:
        if len(text.encode()) > MOST_CARRIED_BYTES:
            raise CarriedLetterError("longer than any letter we carry")
        data = json.loads(text)
        pages = tuple(_page(one) for one in data["pages"])
        finds = tuple(_find(one) for one in data["finds"])
        reading = Reading(finds, _language(data["language"]), is_cut=data["cut"] is True)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise CarriedLetterError("not in the form we write") from error
    letter = CarriedLetter(pages, reading)
    if len(pages) > MOST_PAGES or _lines(pages) > MOST_LINES:
        raise CarriedLetterError("more pages or lines than a letter has")
    if len(reading.finds) > MOST_FINDS or any(len(one.spots) > MOST_SPOTS for one in reading.finds):
        raise CarriedLetterError("more finds than a letter has")
    if not all(_stands_in(spot, letter) for find in reading.finds for spot in find.spots):
        raise CarriedLetterError("a find stands outside the letter")
    return letter


def _lines(pages: tuple[CarriedPage, ...]) -> int:
    return sum(len(one.lines) for one in pages)


def _find_data(find: Find) -> list[Any]:
    limit = find.deadline
    return [
        find.field,
        find.value,
        find.sureness,
        find.note,
        [[spot.page, spot.line, spot.first, spot.last] for spot in find.spots],
        limit and [limit.on and limit.on.isoformat(), limit.amount, limit.unit, limit.starts],
    ]


def _find(data: Any) -> Find:
    name, value, sureness, note, spots, limit = data
    field = FieldName(name)
    return Find(
        field=field,
        value=KNOWN[field](value) if field in KNOWN else _text(value),
        spots=tuple(Spot(*map(_number, spot)) for spot in spots),
        sureness=HowSure(sureness),
        note=_text(note),
        deadline=None if limit is None else _deadline(limit),
    )


def _deadline(data: Any) -> PrintedDeadline:
    on, amount, unit, starts = data
    return PrintedDeadline(
        on=None if on is None else dt.date.fromisoformat(_text(on)),
        amount=None if amount is None else _number(amount),
        unit=_one_of(unit, ("days", "months")),
        starts=_one_of(starts, ("receipt", "notice_date", "other")),
    )


def _page(data: Any) -> CarriedPage:
    return CarriedPage(
        tuple(tuple(map(_text, line)) for line in data["lines"]), data["scanned"] is True
    )


def _language(raw: Any) -> Any:
    return _one_of(raw, get_args(Reading.__annotations__["language"])) or "en"


def _text(raw: Any) -> str:
    if not isinstance(raw, str):
        raise TypeError("expected a text")
    raw.encode()  # half a sign can't be shown on a page
    return raw


def _number(raw: Any) -> int:
    if not isinstance(raw, int) or isinstance(raw, bool):
        raise TypeError("expected a whole number")
    return raw


def _one_of(raw: Any, known: tuple[str, ...]) -> Any:
    if raw is not None and raw not in known:
        raise ValueError("not one of those known")
    return raw


def _stands_in(spot: Spot, letter: CarriedLetter) -> bool:
    if not 1 <= spot.page <= len(letter.pages):
        return False
    lines = letter.pages[spot.page - 1].lines
    return 0 <= spot.line < len(lines) and 0 <= spot.first <= spot.last < len(lines[spot.line])
