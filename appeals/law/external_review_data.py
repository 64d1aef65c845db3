"""What an outside review reaches, whose it may be, and the track for experimental treatment."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from appeals.law.files import LawReader, read_data
from appeals.law.plan_types import PlanType
from appeals.law.reasons import ReasonId
from policies import terms
from policies.faults import join
from policies.guide.grades import Grade


class Whose(StrEnum):
    """Who runs the review; `nobody`: plans of this kind have none."""

    STATE = "state"
    FEDERAL = "federal"
    UNKNOWN = "unknown"
    NOBODY = "nobody"


class WayId(StrEnum):
    """The ways for plans that have an outside review, or may have one."""

    SELF_FUNDED = "self_funded"
    STATE = "state"
    STATE_WAS_FEDERAL = "state_was_federal"
    STATE_SAID_FEDERAL = "state_said_federal"
    STATE_NOT_READ = "state_not_read"
    STATE_NOT_KNOWN = "state_not_known"
    FUNDING_NOT_KNOWN = "funding_not_known"
    GOVERNMENT_SELF_FUNDED = "government_self_funded"
    CHURCH_SELF_FUNDED = "church_self_funded"


@dataclass(frozen=True, slots=True)
class Way:
    """Whose review it is for some plans, by what rule; `is_verified` where the rule was read."""

    id: str
    whose: Whose
    is_verified: bool
    text: str
    citations: tuple[str, ...]
    grade: Grade


@dataclass(frozen=True, slots=True)
class ReviewScope:
    """What an outside review reaches and what it does not."""

    reaches: tuple[str, ...]
    does_not_reach: tuple[str, ...]
    grade: Grade
    sources: tuple[str, ...]
    read_on: dt.date


@dataclass(frozen=True, slots=True)
class Limb:
    """One thing that the doctor may certify. It carries no answer: nothing is marked in advance."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class StateTrack:
    """What a state's law on experimental treatment says, as far as it was read.

    `limbs` are what its doctor certifies besides, `in_letter` what the form says of that state.
    """

    state: str
    grade: Grade
    citations: tuple[str, ...]
    says: tuple[str, ...]
    limbs: tuple[Limb, ...] = ()
    in_letter: str = ""


@dataclass(frozen=True, slots=True)
class Track:
    """The track for experimental treatment: what the doctor certifies, in the states' pattern."""

    text: str
    conditions: tuple[str, ...]
    one_of: tuple[Limb, ...]
    and_also: tuple[Limb, ...]
    for_a_fast_review: tuple[Limb, ...]
    rule: str
    grade: Grade
    sources: tuple[str, ...]
    read_on: dt.date
    states: Mapping[str, StateTrack]


@dataclass(frozen=True, slots=True)
class ReviewData:
    """The whole file.

    `before_internal_appeal` gives the states that may let the plan's own appeal be skipped, with
    the reasons they do it for; no reasons means any.
    """

    scope: ReviewScope
    ways: Mapping[str, Way]
    state_review_since: Mapping[str, dt.date]
    before_internal_appeal: Mapping[str, tuple[ReasonId, ...]]
    track: Track


@cache
def review_data() -> ReviewData:
    return read_data("external_review.yaml", read_review)


def read_review(data: object) -> ReviewData:
    """Read the file; InputError names every fault by place."""
    reader = ReviewReader()
    known = ("scope", "ways", "state_review_since", "before_internal_appeal", "track")
    entries = reader.mapping(data, "", known)
    ways = reader.listed(entries, "ways", "", reader.way)
    reader.distinct(tuple(one.id for one in ways), "ways")
    missing = [one for one in WayId if one not in {way.id for way in ways}]
    if missing:
        reader.add("ways", f"missing: {', '.join(missing)}")
    found = ReviewData(
        scope=reader.scope(entries.get("scope")),
        ways={one.id: one for one in ways},
        state_review_since=dict(reader.listed(entries, "state_review_since", "", reader.since)),
        before_internal_appeal=dict(
            reader.listed(entries, "before_internal_appeal", "", reader.skip)
        ),
        track=reader.track(entries.get("track")),
    )
    reader.raise_faults()
    return found


class ReviewReader(LawReader):
    """Reads the parts of the file."""

    def scope(self, data: object) -> ReviewScope:
        known = tuple(ReviewScope.__dataclass_fields__)
        entries = self.mapping(data, "scope", known)
        return ReviewScope(
            reaches=self.texts(entries, "reaches", "scope"),
            does_not_reach=self.texts(entries, "does_not_reach", "scope"),
            grade=self.choice(entries, "grade", "scope", Grade),
            sources=self.urls(entries, "sources", "scope"),
            read_on=self.required_date(entries, "read_on", "scope").first_day,
        )

    def way(self, data: object, place: str) -> Way:
        entries = self.mapping(data, place, Way.__dataclass_fields__)
        found = Way(
            id=self.text(entries, "id", place, wanted="a name, as self_funded"),
            whose=self.choice(entries, "whose", place, Whose),
            is_verified=self.flag(entries, "is_verified", place),
            text=self.text(entries, "text", place, wanted="whose review it is, as a sentence"),
            citations=self.texts(entries, "citations", place),
            grade=self.choice(entries, "grade", place, Grade),
        )
        if found.id not in (*WayId, *PlanType):
            self.add(join(place, "id"), f"{found.id!r} is not one of: {', '.join(WayId)}")
        return found

    def state(self, entries: Mapping[str, object], place: str) -> str:
        state = self.text(entries, "state", place, wanted="a state's two letters, for example OH")
        if state not in terms.states():
            self.add(join(place, "state"), f"{state!r} is not a state's two letters, as OH")
        return state

    def since(self, data: object, place: str) -> tuple[str, dt.date]:
        entries = self.mapping(data, place, ("state", "since"))
        return (
            self.state(entries, place),
            self.required_date(entries, "since", place).first_day,
        )

    def skip(self, data: object, place: str) -> tuple[str, tuple[ReasonId, ...]]:
        entries = self.mapping(data, place, ("state", "reasons"))
        return self.state(entries, place), self.choices(entries, "reasons", place, ReasonId)

    def track(self, data: object) -> Track:
        entries = self.mapping(data, "track", Track.__dataclass_fields__)
        states = self.listed(entries, "states", "track", self.state_track)
        return Track(
            text=self.text(entries, "text", "track", wanted="what the track is"),
            conditions=self.texts(entries, "conditions", "track"),
            one_of=self.listed(entries, "one_of", "track", self.limb),
            and_also=self.listed(entries, "and_also", "track", self.limb),
            for_a_fast_review=self.listed(entries, "for_a_fast_review", "track", self.limb),
            rule=self.text(entries, "rule", "track", wanted="how the form is filled in"),
            grade=self.choice(entries, "grade", "track", Grade),
            sources=self.urls(entries, "sources", "track"),
            read_on=self.required_date(entries, "read_on", "track").first_day,
            states={one.state: one for one in states},
        )

    def limb(self, data: object, place: str) -> Limb:
        entries = self.mapping(data, place, ("id", "text"))
        return Limb(
            id=self.text(entries, "id", place, wanted="a name, as standard_failed"),
            text=self.text(entries, "text", place, wanted="what the doctor may certify"),
        )

    def state_track(self, data: object, place: str) -> StateTrack:
        known = ("state", "grade", "citations", "notes", "limbs", "in_letter")
        entries = self.mapping(data, place, known)
        return StateTrack(
            state=self.state(entries, place),
            grade=self.choice(entries, "grade", place, Grade),
            citations=self.texts(entries, "citations", place),
            says=self.texts(entries, "notes", place),
            limbs=self.listed(entries, "limbs", place, self.limb) if "limbs" in entries else (),
            in_letter=self.text(entries, "in_letter", place),
        )
