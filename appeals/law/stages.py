"""The steps of an appeal as the law sets them out, each with its figures, sources and grade."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from appeals.law.files import is_stale
from appeals.law.plan_types import PlanType
from appeals.law.spans import Span, Start
from policies.catalogue import PrintedDate
from policies.guide.grades import Grade

# Waiting the ordinary time could do grave harm: nearly every law that has a fast way says this.
JEOPARDY = (
    "Waiting the ordinary time could seriously harm your life, your health or your ability to "
    "regain maximum function."
)


class Service(StrEnum):
    """What was decided on, which sets the time to decide."""

    PRE_SERVICE = "pre_service"
    POST_SERVICE = "post_service"
    CONCURRENT = "concurrent"
    PAYMENT = "payment"
    PART_B_DRUG = "part_b_drug"


class Condition(StrEnum):
    """What a time to decide depends on besides."""

    ALWAYS = "always"
    ONE_LEVEL = "one_level"
    TWO_LEVELS = "two_levels"
    PRIOR_AUTHORIZATION = "prior_authorization"
    NO_PRIOR_AUTHORIZATION = "no_prior_authorization"


class Track(StrEnum):
    """Which of two ways a step belongs to."""

    BOTH = "both"
    MEDICAL = "medical"
    FACTUAL = "factual"


class InDispute(StrEnum):
    """Before whom an amount has to be in dispute."""

    NOBODY = "nobody"
    JUDGE = "judge"
    COURT = "court"


@dataclass(frozen=True, slots=True)
class Filing:
    """How long one has; `is_verified` is None where there is no figure to verify.

    `set_by` says who sets the time where no rule does, `late` what there is for who comes late.

    `at_least` is the shortest limit a state may set, `limit` then the longest. `is_most` says that
    a state may set a shorter one than `limit`, and how short was not read. `is_minimum` says that a
    plan may give more, `is_fast_uncounted` that the fast way has a time of its own which nobody
    counts from afar.
    """

    limit: Span | None = None
    at_least: Span | None = None
    if_silent: Span | None = None
    limits_by_state: Mapping[str, Span] = field(default_factory=dict, hash=False)
    starts: Start = Start.UNKNOWN
    expedited_starts: Start = Start.UNKNOWN
    presumed_receipt_days: int | None = None
    from_words: str = ""
    how: str = ""
    set_by: str = ""
    late: str = ""
    only_track: Track = Track.BOTH
    rolls: bool = False
    is_minimum: bool = False
    is_most: bool = False
    is_by_state: bool = False
    is_automatic: bool = False
    is_without_limit: bool = False
    is_out_of_reach: bool = False
    is_fast_uncounted: bool = False
    is_verified: bool | None = None


@dataclass(frozen=True, slots=True)
class DecisionTime:
    """Within what time an answer is due; a service of None stands for all that have no own.

    It holds for requests from `since` to `until`, both included, where these are known.
    """

    within: Span
    service: Service | None = None
    is_expedited: bool = False
    when: Condition = Condition.ALWAYS
    words: str = ""
    since: dt.date | None = None
    until: dt.date | None = None

    def holds(self, on: dt.date) -> bool:
        """Whether it is the rule for a request made on that day."""
        return (self.since or on) <= on <= (self.until or on)


@dataclass(frozen=True, slots=True)
class Decision:
    """The times to decide; `from_words` says what they run from, where it is not the request."""

    times: tuple[DecisionTime, ...] = ()
    extension: str = ""
    from_words: str = ""
    waits_for_statement_days: int | None = None
    is_verified: bool | None = None


@dataclass(frozen=True, slots=True)
class Expedited:
    """Whether there is a fast way, when, and how to ask; None where that was not read."""

    is_available: bool | None = None
    standard: str = ""
    how: str = ""


@dataclass(frozen=True, slots=True)
class KeepServices:
    """Whether care that was approved goes on during an appeal; None where that was not read."""

    is_available: bool | None = None
    within: Span | None = None
    scope: str = ""
    risk: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """One step; `step` is its name within the route of a plan, `id` its own."""

    id: str
    step: str
    name: str
    who_files: str
    decided_by: str
    filing: Filing
    decision: Decision
    expedited: Expedited
    keep_services: KeepServices
    contents: tuple[str, ...]
    citations: tuple[str, ...]
    url: str
    read_in: tuple[str, ...]
    read_on: PrintedDate
    grade: Grade
    notes: tuple[str, ...] = ()
    not_read: tuple[str, ...] = ()
    track: Track = Track.BOTH
    in_dispute: InDispute = InDispute.NOBODY
    is_decision: bool = False
    is_external: bool = False
    is_optional: bool = False

    def is_stale(self, on: dt.date) -> bool:
        """Whether it was read more than a year before the day `on`, and wants reading again."""
        return is_stale(self.read_on.first_day, on)


@dataclass(frozen=True, slots=True)
class PlanLaw:
    """The law of one kind of plan: its steps in order, and those where an insurer sells it."""

    plan_type: PlanType
    laws: tuple[str, ...]
    route: tuple[Stage, ...]
    insured_route: tuple[Stage, ...]
    notes: tuple[str, ...]
    does_not_apply: tuple[str, ...]

    def stages(self, *, is_insured: bool | None) -> tuple[Stage, ...]:
        """The steps, by who bears the risk where that makes a difference."""
        return self.insured_route if self.insured_route and is_insured else self.route

    def stage(self, step: str, *, is_insured: bool | None = None) -> Stage:
        """The step of this name; KeyError says that this kind of plan has none."""
        for one in self.stages(is_insured=is_insured):
            if one.step == step:
                return one
        raise KeyError(step)


@dataclass(frozen=True, slots=True)
class AmountInDispute:
    """What has to be in dispute in Medicare, in dollars, for requests of a year."""

    year: int
    judge: int
    court: int
    grade: Grade
    read_in: str
