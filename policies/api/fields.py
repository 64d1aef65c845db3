"""What addresses of the API take: days, conditions, states, and a part of a long list."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Annotated, Any

from ninja import Schema
from pydantic import AfterValidator, BeforeValidator, Field

from policies import terms
from policies.published import published_catalogue

ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# No document is older, and what is counted from a day must stay within the calendar.
FIRST_DAY, LAST_DAY = dt.date(1990, 1, 1), dt.date(2099, 12, 31)
MOST_AT_ONCE = 100
MOST_OFFSET = 1_000_000


def _day(raw: object) -> object:
    """A day as 2026-05-03 and in no other form, such as seconds since 1970."""
    if not isinstance(raw, str) or not ISO_DAY.fullmatch(raw):
        raise ValueError("This is not a date like 2026-05-03.")
    return raw


def _in_reach(day: dt.date) -> dt.date:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError(f"Give a day from {FIRST_DAY} to {LAST_DAY}.")
    return day


Day = Annotated[
    dt.date,
    BeforeValidator(_day, json_schema_input_type=dt.date),
    AfterValidator(_in_reach),
    Field(
        description=f"A day from {FIRST_DAY} to {LAST_DAY}.",
        # JSON Schema has no bounds for days; these are the years.
        json_schema_extra={"pattern": r"^(199\d|20\d\d)-\d\d-\d\d$"},
    ),
]


def _one_of(known: Callable[[], Mapping[str, Any]]) -> Callable[[str], str]:
    def check(value: str) -> str:
        if value not in known():
            raise ValueError(f"Use one of: {', '.join(known())}.")
        return value

    return check


def _listed(known: Callable[[], Mapping[str, Any]], description: str) -> Any:
    return Field(json_schema_extra={"enum": list(known())}, description=description)


ConditionId = Annotated[
    str,
    AfterValidator(_one_of(terms.conditions)),
    _listed(terms.conditions, "The id of a condition, as /conditions lists them."),
]
StateLetters = Annotated[
    str,
    AfterValidator(_one_of(terms.states)),
    _listed(terms.states, "The two letters of a state or territory."),
]


def _held(slug: str) -> str:
    """The key that an insurer has now, also by one that it had before."""
    held = published_catalogue()
    now = held.former.insurer(slug)
    if now not in held.insurers:
        raise ValueError("No insurer is held by this slug; /insurers lists all of them.")
    return now


HeldInsurer = Annotated[
    str,
    AfterValidator(_held),
    Field(
        description="The slug of an insurer, as /insurers lists it, or one that it had before.",
        json_schema_extra={"example": "bcbs-ma"},
    ),
]
InsurerSlug = Annotated[str, Field(json_schema_extra={"example": "bcbs-ma"})]
PolicySlug = Annotated[str, Field(json_schema_extra={"example": "087"})]
EditionKey = Annotated[
    str,
    Field(
        json_schema_extra={"example": "undated"},
        description="As the policy lists it: a date as printed or undated; -r2 for a revision.",
    ),
]


class PartOfList(Schema):
    """Which part of a long list is wanted."""

    limit: int = Field(default=MOST_AT_ONCE, ge=1, le=MOST_AT_ONCE)
    offset: int = Field(default=0, ge=0, le=MOST_OFFSET)


def part(items: list[dict[str, Any]], wanted: PartOfList) -> dict[str, Any]:
    """A part of a list, with how many there are in all."""
    return {
        "count": len(items),
        "limit": wanted.limit,
        "offset": wanted.offset,
        "items": items[wanted.offset : wanted.offset + wanted.limit],
    }
