"""How each state reviews a denial of an insured plan from outside it, and how well we read that."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from appeals.law.files import LawReader, read_data
from appeals.law.spans import Span, Start
from policies import terms
from policies.faults import join
from policies.guide.grades import Grade

# Only what was read in the law or on an official page may be counted from.
READ_ITSELF = (Grade.SOURCE, Grade.COPY)


class Process(StrEnum):
    """Whose external review it is; sources may be silent or in conflict."""

    STATE = "state"
    FEDERAL = "federal"
    UNKNOWN = "unknown"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Agency:
    """An office with its own page and phone, so that neither is shown for another office's work.

    `phone` is one that an official page or rule prints; `role` tells several offices apart.
    """

    name: str
    home: str
    phone: str
    role: str


@dataclass(frozen=True, slots=True)
class StateReview:
    """A state's external review; an empty text was not checked.

    `to_confirm` is the shortest time that some source gives, for words and never for a date;
    `must_arrive` tells that a request counts from the day it came in.
    """

    state: str
    process: Process
    agencies: tuple[Agency, ...]
    limit: Span | None
    starts: Start
    starts_words: str
    goes_to: str
    is_verified: bool
    must_arrive: bool
    to_confirm: Span | None
    second_level_to_confirm: Span | None
    to_confirm_words: str
    expedited: str
    expedited_to_confirm: Span | None
    decision: str
    fee: str
    citation: tuple[str, ...]
    edition: str
    exhaustion: str
    experimental: str
    conflict: str
    notes: tuple[str, ...]
    urls: tuple[str, ...]
    grade: Grade
    read_on: dt.date

    @property
    def computable(self) -> Span | None:
        """The time to file that a last day may be counted from."""
        return self.limit if self.is_verified else None

    @property
    def is_read_without_limit(self) -> bool:
        """Whether the state's page was read and prints no time to file: no promise of none."""
        return self.is_verified and self.limit is None


def state_review(letters: str) -> StateReview | None:
    """The review of a state by its two letters; None for territories and what is no state.

    >>> state_review("OH").computable
    Span(amount=180, unit=<Unit.DAYS: 'days'>)
    """
    return state_reviews().get(letters)


@cache
def state_reviews() -> Mapping[str, StateReview]:
    """The reviews of the 50 states and DC, by letters."""
    return read_data("state_reviews.yaml", read_state_reviews)


def read_state_reviews(data: object) -> Mapping[str, StateReview]:
    """Read the states' records; InputError names every fault by place."""
    reader = StateReviewReader()
    entries = reader.mapping(data, "", ("read_on", "states"))
    reader.read_on = reader.required_date(entries, "read_on", "").first_day
    states = reader.mapping(entries.get("states"), "states", terms.states())
    found = {one: reader.review(one, raw, f"states.{one}") for one, raw in states.items()}
    reader.raise_faults()
    return found


class StateReviewReader(LawReader):
    """Reads states' records, and refuses a limit that claims more than was read."""

    read_on: dt.date

    def review(self, letters: str, data: object, place: str) -> StateReview:
        # The letters and the day, which is the same for all, stand outside the record.
        known = StateReview.__dataclass_fields__.keys() - {"state", "read_on"}
        entries = self.mapping(data, place, sorted(known))

        def text(name: str) -> str:
            return self.text(entries, name, place)

        review = StateReview(
            state=letters,
            process=self.choice(entries, "process", place, Process, Process.UNKNOWN),
            agencies=self.listed(entries, "agencies", place, self.agency),
            limit=self.days_or_months(entries, "limit", place),
            starts=self.choice(entries, "starts", place, Start, Start.UNKNOWN),
            starts_words=text("starts_words"),
            goes_to=text("goes_to"),
            is_verified=self.flag(entries, "is_verified", place),
            must_arrive=self.flag(entries, "must_arrive", place),
            to_confirm=self.days_or_months(entries, "to_confirm", place),
            second_level_to_confirm=self.days_or_months(entries, "second_level_to_confirm", place),
            to_confirm_words=text("to_confirm_words"),
            expedited=text("expedited"),
            expedited_to_confirm=self.days_or_months(entries, "expedited_to_confirm", place),
            decision=text("decision"),
            fee=text("fee"),
            citation=self.texts(entries, "citation", place),
            edition=text("edition"),
            exhaustion=text("exhaustion"),
            experimental=text("experimental"),
            conflict=text("conflict"),
            notes=self.texts(entries, "notes", place),
            urls=self.urls(entries, "urls", place),
            grade=self.choice(entries, "grade", place, Grade),
            read_on=self.read_on,
        )
        self.check(review, place)
        return review

    def agency(self, data: object, place: str) -> Agency:
        entries = self.mapping(data, place, ("name", "home", "phone", "role"))
        return Agency(
            name=self.text(entries, "name", place, wanted="the agency's name"),
            home=self.url(entries, "home", place),
            phone=self.text(entries, "phone", place),
            role=self.text(entries, "role", place),
        )

    def check(self, review: StateReview, place: str) -> None:
        """Note what must not stand together in one record."""
        if not review.agencies:
            self.add(join(place, "agencies"), "missing: name the agency to ask")
        if len(review.agencies) > 1 and not all(one.role for one in review.agencies):
            self.add(join(place, "agencies"), "give each of several agencies its role")
        if review.is_verified and review.grade not in READ_ITSELF:
            self.add(
                join(place, "is_verified"),
                f"nothing graded {review.grade} is verified. Use: {', '.join(READ_ITSELF)}",
            )
        if (review.is_verified or review.limit) and not review.starts_words:
            self.add(join(place, "starts_words"), "missing: say what the time runs from")
        if (review.to_confirm or review.second_level_to_confirm) and not review.to_confirm_words:
            self.add(join(place, "to_confirm_words"), "missing: say who gives the shorter time")
