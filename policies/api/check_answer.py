"""The shape of the answer to a check, to its last finding."""

import datetime as dt
from typing import Any

from pydantic import Field

from policies.applicability import Caution, LeftOutReason, Role
from policies.catalogue import CoveragePosition, PriorAuthorization, ReadingKind
from policies.check import NoDocumentReason, PlanCaution
from policies.records import Record
from policies.situation import Treatment
from policies.sureness import Sureness
from policies.truth import Truth
from policies.verdict import Ground, Verdict
from policies.vocabulary import SettledBy, Speak

KEY = "Insurer and policy, as in /policies/{insurer}/{policy}, with -- between."


class CheckHeadline(Record):
    """The answer in one sentence; no verdict where documents disagree."""

    verdict: Verdict | None
    ground: Ground | None = Field(description="On what ground it is not covered.")
    documents_disagree: bool
    document: str | None = Field(description=KEY)
    no_document_because: NoDocumentReason | None
    sentence: str
    reason: str


class CheckSource(Record):
    """Where it was read, and how old that is."""

    section: str | None
    quote: str | None = Field(description="The document's own words.")
    document_date: str
    read_from: ReadingKind | None
    description: str | None
    url: str | None


class Range(Record):
    """No fewer than `low`, no more than `high`; null is open."""

    low: int
    high: int | None


class TreatmentCount(Record):
    """How many of the treatments tried count, while some answers are missing."""

    treatments: Range
    classes: Range


class CheckFinding(Record):
    """What one criterion wants, what was given, and what that comes to; groups have members."""

    id: str | None
    label: str
    wanted: dict[str, Any] = Field(
        description="The test: a `fact` with what it must be, a `count` of treatments with what "
        "makes one count under `where`, a `scale`, diagnosis `codes`, a `judgement` of the clinic "
        "or the plan, `unread`, or the `operator` of a group with how many are `needed`."
    )
    truth: Truth = Field(description="`unknown` is never a no: an answer is missing.")
    state: str = Field(description="The same in words.")
    is_exclusion: bool = Field(description="It rules coverage out where it is met.")
    is_unread: bool = Field(description="We could not read it, so it is never met.")
    given: str | None = Field(description="What the situation tells of it.")
    count: TreatmentCount | None
    whose_words: str
    source: CheckSource
    note: str | None
    members: list["CheckFinding"]


class CheckScore(Record):
    """The top-level requirements of a list; how many are met is never a chance."""

    met: int
    not_met: int
    to_find_out: int
    at_least: bool = Field(description="The list is cut off: there are more than these.")
    sentence: str


class CheckCodes(Record):
    """The codes that a position names."""

    hcpcs: list[str]
    cpt: list[str]
    icd10: list[str]


class CheckPosition(Record):
    """What a document says of the treatment for some conditions, held against the situation."""

    indications: list[str] = Field(description="Ids of conditions, as /conditions lists them.")
    matching_indications: list[str]
    applies: Truth = Field(description="Whether it is for this person.")
    coverage: CoveragePosition
    verdict: Verdict
    ground: Ground | None
    is_continuation: bool = Field(description="It is for going on with a treatment.")
    says: str
    source: CheckSource
    prior_authorization: PriorAuthorization
    prior_authorization_sentence: str
    prior_authorization_note: str | None
    score: CheckScore | None
    findings: CheckFinding | None
    priorities: list[CheckFinding] = Field(
        description="What the document puts first; nothing is refused for want of it."
    )
    limits: list[str]
    documents_wanted: list[str]
    codes: CheckCodes
    note: str | None


class CheckDocument(Record):
    """A document that speaks for the plan, and what its edition of the day comes to."""

    document: str = Field(description=KEY)
    insurer: str
    number: str | None
    title: str
    url: str | None
    effective: str | None
    last_reviewed: str | None
    revision: int
    role: Role
    role_meaning: str
    cautions: list[Caution] = Field(description="What was not known when it was taken to apply.")
    sureness: Sureness
    sureness_meaning: str
    verdict: Verdict
    ground: Ground | None
    sentence: str
    positions: list[CheckPosition]
    notes: list[str]


class LeftOutDocument(Record):
    """A document of the insurer that does not speak for this plan, and why."""

    document: str = Field(description=KEY)
    reason: LeftOutReason


class MissingItem(Record):
    """An open point, and the documents that want it."""

    text: str
    detail: str | None
    documents: list[str]


class MissingGroup(Record):
    """The open points that one person, or the record, can settle."""

    who: SettledBy
    heading: str
    items: list[MissingItem]


class CheckEdit(Record):
    """One answer that would have to be another; null where no value may be suggested."""

    kind: str
    place: list[str | int]
    value: Any
    criteria: list[str] = Field(description="The labels of the criteria that it would settle.")
    speak: Speak = Field(description="How it may be spoken of.")
    was_answered: bool


class CheckChange(Record):
    """A smallest set of edits that leads to a better verdict of a document: no part of it does."""

    document: str = Field(description=KEY)
    verdict: Verdict
    is_offered: bool = Field(description="False: it is the document's rule, and no advice.")
    sentence: str | None
    edits: list[CheckEdit]


class NextQuestion(Record):
    """A question that can still change a verdict."""

    name: str
    question: str
    is_sensitive: bool
    settles: int = Field(description="How many verdicts its yes or its no alone would settle.")


class NextQuestions(Record):
    """The most decisive first, sensitive ones last; no more than `at_most` are left."""

    at_most: int
    in_order: list[NextQuestion]


class HelpsOn(Record):
    """What is missing and by whom, what would change the answer, and what to ask next."""

    missing: list[MissingGroup]
    would_change: list[CheckChange]
    next_questions: NextQuestions


class TreatmentBeside(HelpsOn):
    """The answer for a treatment to compare with."""

    treatment: Treatment
    headline: CheckHeadline


class CheckAnswer(HelpsOn):
    """What the documents of a day say of a situation. A verdict is ours, never the plan's."""

    version: int
    on: dt.date
    treatment: Treatment
    insurer: str | None
    headline: CheckHeadline
    plan_caution: PlanCaution | None
    administrator_is_unproved: bool
    cautions: list[str]
    help_line: str | None
    documents: list[CheckDocument]
    silent_documents: list[str] = Field(description="Read, and silent on this treatment.")
    left_out_documents: list[LeftOutDocument]
    side_by_side: list[TreatmentBeside] = Field(
        description="IV ketamine and esketamine, where depression leaves the choice."
    )
