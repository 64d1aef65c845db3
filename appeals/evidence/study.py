"""One record of the registry: what was studied and found, how it was read, and its words."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from appeals.evidence.hosts import Host, host_of
from appeals.law.reasons import ReasonId
from policies import terms
from policies.situation import Treatment


class Kind(StrEnum):
    """How a record came about; the further up, the more weight in a letter."""

    LABEL = "label"
    META_ANALYSIS = "meta_analysis"
    RCT = "rct"
    GUIDELINE = "guideline"
    CONSENSUS_STATEMENT = "consensus_statement"
    SECONDARY_ANALYSIS = "secondary_analysis"
    POOLED_OBSERVATIONAL = "pooled_observational"
    OBSERVATIONAL = "observational"
    NARRATIVE_REVIEW = "narrative_review"
    ALERT = "alert"
    ECONOMIC_MODEL = "economic_model"
    METHOD = "method"

    @property
    def rank(self) -> int:
        return list(Kind).index(self)


class Direction(StrEnum):
    """Which way a finding points, for the treatment that was studied."""

    SUPPORTS = "supports"
    MIXED = "mixed"
    AGAINST = "against"

    @property
    def rank(self) -> int:
        return list(Direction).index(self)


class Part(StrEnum):
    """A part of a citation, any of which may be not confirmed."""

    AUTHORS = "authors"
    TITLE = "title"
    JOURNAL = "journal"
    YEAR = "year"
    VOLUME = "volume"
    ISSUE = "issue"
    PAGES = "pages"
    DOI = "doi"
    PMID = "pmid"


class Must(StrEnum):
    """When a letter has to meet a record in its text."""

    ALWAYS = "always"
    CONTINUATION = "continuation"


# What is known by its title, and not by an author and a journal.
NAMED_BY_TITLE = (Kind.LABEL, Kind.GUIDELINE, Kind.CONSENSUS_STATEMENT)


@dataclass(frozen=True, slots=True)
class Use:
    """What a letter for these conditions and treatments may say of a record, and its limit.

    `text` may hold numbers of the finding, `plain` holds none.
    """

    conditions: tuple[str, ...]
    treatments: tuple[Treatment, ...]
    plain: str
    limit: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """The sentence with which a letter meets a record that points the other way.

    `must` is None where that is for the writer to choose.
    """

    text: str
    conditions: tuple[str, ...]
    must: Must | None = None

    def is_on(self, condition: str) -> bool:
        """Whether it concerns a condition, by itself or by a wider one."""
        return distance_to(self.conditions, condition) is not None


@dataclass(frozen=True, slots=True)
class Study:
    """A record of the registry.

    `conditions` and `treatments` are what was studied. `beside_conditions` and `beside_treatments`
    are others for which a plan may bring it up: there it is shown, and no letter builds on it.
    `numbers_from` says where the numbers were read, if that was not on the page of `verified_from`.
    """

    id: str
    authors: str
    title: str
    journal: str
    year: int | None
    volume: str
    issue: str
    pages: str
    doi: str
    pmid: str
    url: str
    kind: Kind
    participants: int | None
    population: str
    conditions: tuple[str, ...]
    treatments: tuple[Treatment, ...]
    beside_conditions: tuple[str, ...]
    beside_treatments: tuple[Treatment, ...]
    studied: str
    compared_with: str
    finding: str
    direction: Direction
    limitations: str
    useful_against: tuple[ReasonId, ...]
    is_honesty_check: bool
    verified: bool
    finding_verified: bool
    verified_from: str
    numbers_from: str
    not_confirmed: tuple[Part, ...]
    notes: str
    read_on: dt.date
    uses: tuple[Use, ...]
    meets: Meeting | None

    @property
    def host(self) -> Host:
        """The site where it was read."""
        found = host_of(self.verified_from)
        if found is None:
            raise LookupError(f"{self.id}: nobody has said what the site of its source is")
        return found

    @property
    def numbers_print(self) -> bool:
        """Whether its numbers were read where a letter may take them from."""
        return (
            self.verified
            and self.finding_verified
            and not self.numbers_from
            and self.host.kind.is_primary
        )

    @property
    def points_the_other_way(self) -> bool:
        """Whether a plan is likely to bring it up."""
        return self.is_honesty_check or self.direction is not Direction.SUPPORTS

    @property
    def citation(self) -> str:
        """Authors, title, journal and place, as far as they are confirmed."""
        return self._cited(Part.AUTHORS, Part.TITLE, Part.JOURNAL)

    @property
    def source_line(self) -> str:
        """The citation without the title, to stand below it."""
        return self._cited(Part.AUTHORS, Part.JOURNAL)

    @property
    def short_citation(self) -> str:
        """Enough to find it, in a line; the title only where author and page do not lead there."""
        first, *others = self._confirmed(Part.AUTHORS).split(", ")
        authors = f"{first}, et al" if others else first
        is_found = self._confirmed(Part.PAGES) and self.kind not in NAMED_BY_TITLE
        title = "" if is_found else self._confirmed(Part.TITLE)
        parts = (authors, title, self._confirmed(Part.JOURNAL), self._issue_line)
        return ". ".join(one.rstrip(".") for one in dict.fromkeys(parts) if one)

    def _cited(self, *parts: Part) -> str:
        named = (*(self._confirmed(one) for one in parts), self._issue_line)
        return " ".join(f"{one.rstrip('.')}." for one in named if one)

    @property
    def _issue_line(self) -> str:
        """Year, volume, issue and pages, as 2023;388(25):2315-2325."""
        volume = self._confirmed(Part.VOLUME)
        issue = self._confirmed(Part.ISSUE)
        pages = self._confirmed(Part.PAGES)
        where = volume + (f"({issue})" if issue else "")
        year = self._confirmed(Part.YEAR)
        return year + (f";{where}" if where else "") + (f":{pages}" if pages else "")

    def _confirmed(self, part: Part) -> str:
        value = getattr(self, part)
        return "" if value is None or part in self.not_confirmed else str(value)

    def use_for(self, condition: str, treatment: Treatment) -> Use | None:
        """What a letter may say of it; where several fit, that of the closest condition."""
        if not self.verified:
            return None
        fitting = [
            (distance, one)
            for one in self.uses
            if treatment in one.treatments
            and (distance := distance_to(one.conditions, condition)) is not None
        ]
        return min(fitting, key=lambda pair: pair[0])[1] if fitting else None

    def is_raised_for(self, condition: str, treatment: Treatment) -> bool:
        """Whether it is of this condition and treatment, or is brought up for them."""
        return self.is_raised_for_any(condition, treatment)

    def is_raised_for_any(self, condition: str | None, treatment: Treatment | None) -> bool:
        """The same, where a condition or a treatment that nobody named narrows nothing."""
        conditions = (*self.conditions, *self.beside_conditions)
        treatments = (*self.treatments, *self.beside_treatments)
        return treatment in (None, *treatments) and (
            condition is None or distance_to(conditions, condition) is not None
        )


def distance_to(conditions: Iterable[str], condition: str) -> int | None:
    """How many steps wider than a condition the closest of some is; None where none holds it.

    >>> distance_to(("mdd", "ptsd"), "treatment_resistant_depression")
    1
    """
    wider = terms.wider_conditions(condition)
    return min((wider[one] for one in conditions if one in wider), default=None)
