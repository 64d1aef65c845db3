"""What was found in a record, where each find came from, and what was not used or understood."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from policies.fhir.elements import Coding
from policies.situation import ScaleScore, TreatmentTried
from policies.vocabulary import Value


class Sureness(StrEnum):
    """Whether the record says it itself, or a person must first say that it holds."""

    STATED = "stated"
    TO_CONFIRM = "to_confirm"


class Kind(StrEnum):
    """Which part of a situation a find belongs to."""

    ANSWER = "answer"
    CONDITION = "condition"
    CODE = "code"
    TREATMENT = "treatment"
    SCORE = "score"
    PLAN = "plan"


class Caution(StrEnum):
    """What to mind about a find."""

    OLD = "old"
    MAY_BE_OVER = "may_be_over"
    UNDATED = "undated"
    DATED_AHEAD = "dated_ahead"
    UNCONFIRMED = "unconfirmed"
    STATUS_NOT_TOLD = "status_not_told"
    DIFFERS = "differs"
    BY_NAME = "by_name"
    NAME_ALONE = "name_alone"
    SEVERAL_CODES = "several_codes"
    OUTCOME_NOT_TOLD = "outcome_not_told"
    EPISODE_NOT_KNOWN = "episode_not_known"
    NO_PROOF_TAKEN = "no_proof_taken"
    MORE_MAY_EXIST = "more_may_exist"
    GAPS = "gaps"
    SEVERAL_COURSES = "several_courses"
    OTHER_USES = "other_uses"
    SELF_COMPLETED = "self_completed"
    THOUGHTS_OF_DEATH = "thoughts_of_death"
    COVERAGE_ENDED = "coverage_ended"
    PAYER_NOT_HELD = "payer_not_held"
    PAYER_IS_SEVERAL = "payer_is_several"
    KIND_OF_PLAN = "kind_of_plan"
    ASKED_ELSEWHERE = "asked_elsewhere"

    @property
    def label(self) -> str:
        return {
            "old": "The record dates this more than a year back. Does it still hold?",
            "may_be_over": "By the record's date this may be over. Does it still hold?",
            "undated": "The record gives no date.",
            "dated_ahead": "The record dates this after today.",
            "unconfirmed": "The record calls this unconfirmed.",
            "status_not_told": "The record does not say whether this is current.",
            "differs": "The record says different things about this.",
            "by_name": "This was found by its name: we do not know the code beside it.",
            "name_alone": "This was found by its name alone: the record gives no code.",
            "several_codes": "The record holds more than one code for this diagnosis. Use only "
            "what holds today; the clinic can tell which.",
            "outcome_not_told": "The record does not say what came of it.",
            "episode_not_known": "The record does not say whether this was in the current episode.",
            "no_proof_taken": "An order does not show that it was taken.",
            "more_may_exist": "There may be more than this file holds, so it may have been longer.",
            "gaps": "There are gaps between the supplies.",
            "several_courses": (
                "The record tells of several courses, months or years apart. This is the latest."
            ),
            "other_uses": "This medicine is given for other reasons too. What was it for?",
            "self_completed": "The person filled this in; the chart may hold another score.",
            "thoughts_of_death": "The question on thoughts of death was not answered “not at all”.",
            "coverage_ended": "This coverage is not in force today.",
            "payer_not_held": "We hold no insurer of exactly this name.",
            "payer_is_several": "Several insurers go by this name. Which one is on the card?",
            "kind_of_plan": "Which rules hold depends on the kind of plan. Is this the right one?",
            "asked_elsewhere": "This was answered on another site. Does it hold?",
        }[self]


class Reason(StrEnum):
    """Why something that was understood was not used."""

    ENTERED_IN_ERROR = "entered_in_error"
    REFUTED = "refuted"
    NOT_CURRENT = "not_current"
    NOT_DONE = "not_done"
    NOT_GIVEN = "not_given"
    ONLY_PROPOSED = "only_proposed"
    NOT_FINAL = "not_final"
    OUT_OF_RANGE = "out_of_range"
    NOT_WHOLE = "not_whole"
    NO_VALUE = "no_value"
    AGE_OPEN = "age_open"
    INCOMPLETE = "incomplete"
    TOTAL_DIFFERS = "total_differs"
    COMBINATION = "combination"
    OTHER_USE = "other_use"
    ROUTE_NOT_TOLD = "route_not_told"
    LOCAL_FORM = "local_form"
    NOT_TAKEN_BY_WORDS = "not_taken_by_words"
    USE_NOT_TOLD = "use_not_told"
    FOR_ANESTHESIA = "for_anesthesia"
    MEDICINE_NOT_IN_FILE = "medicine_not_in_file"
    OTHER_VERSION = "other_version"
    ANSWERS_IMPOSSIBLE = "answers_impossible"
    ASKED_ANEW = "asked_anew"
    SAME_TREATMENT = "same_treatment"
    NO_NAME_WE_KNOW = "no_name_we_know"
    HEADING = "heading"
    OF_NOBODY = "of_nobody"
    OF_SOMEONE_ELSE = "of_someone_else"
    NESTED = "nested"
    NOT_TO_KEEP = "not_to_keep"
    NOT_IN_FORCE = "not_in_force"
    NOT_MEDICAL = "not_medical"
    STATES_DIFFER = "states_differ"
    STATE_NOT_READ = "state_not_read"

    @property
    def label(self) -> str:
        return {
            "entered_in_error": "The record says it was entered in error.",
            "refuted": "The record says it was ruled out.",
            "not_current": "The record says it is over.",
            "not_done": "The record says it was not done.",
            "not_given": "The record says it was not given or not taken.",
            "only_proposed": "The record holds it as a draft or a plan alone.",
            "not_final": "The record does not call it final.",
            "out_of_range": "The score is not possible on this scale.",
            "not_whole": "The score is not a whole number, so it is none of this scale.",
            "no_value": "It holds no value that can be read.",
            "age_open": "The date of birth is not complete, so the age may be either of the two.",
            "incomplete": "Not every question was answered, so there is no total.",
            "total_differs": "The total is not the sum of the answers.",
            "combination": "The product holds more than one medicine.",
            "other_use": "The product is made for another use.",
            "route_not_told": "The record does not say that it is the form used for depression.",
            "local_form": "It is a form for the skin, eyes, ears or mouth alone.",
            "not_taken_by_words": (
                "Its words name an allergy, a refusal or another reason why it may not have been "
                "taken."
            ),
            "use_not_told": "This form or brand of the medicine may be for another use.",
            "for_anesthesia": "It was given to put the person to sleep for a procedure.",
            "medicine_not_in_file": "The medicine is named in another file.",
            "other_version": "It answers another version of our questions.",
            "answers_impossible": "An answer in it is not possible, so none was taken.",
            "asked_anew": "It is about the request, and is asked again.",
            "same_treatment": "Another entry on the same treatment was taken.",
            "no_name_we_know": "It names no treatment that we know.",
            "heading": "The code is a heading, and too wide to use.",
            "of_nobody": "It does not say whose it is.",
            "of_someone_else": "It belongs to another patient.",
            "nested": "Only the file itself is read, and not a second one inside it.",
            "not_to_keep": "The file asks for it to be removed or changed elsewhere.",
            "not_in_force": "The record does not hold it as coverage in force.",
            "not_medical": "It pays for teeth, eyes or other needs, and not for this care.",
            "states_differ": "The home addresses in the record are in different states.",
            "state_not_read": "The state in the home address is none that we know.",
        }[self]


class Notice(StrEnum):
    """What must be seen before anything else of a record."""

    DECEASED = "deceased"
    MINOR = "minor"
    NO_PATIENT = "no_patient"
    MORE_PAGES = "more_pages"
    SAME_TWICE = "same_twice"

    @property
    def label(self) -> str:
        return {
            "deceased": "The record says that this person has died. If that is wrong, or this is "
            "the wrong file, take nothing from it, and ask the clinic that keeps the record to "
            "correct it. If a bill for past care was refused, see “Denied”.",
            "minor": "The record says that this person is under 18.",
            "no_patient": "The file names no patient, so the age is not known.",
            "more_pages": "This is one page of a longer answer; there is more in the record.",
            "same_twice": "Something stands in the file twice; it was read once.",
        }[self]


FoundValue: TypeAlias = Value | TreatmentTried | ScaleScore


@dataclass(frozen=True, slots=True)
class Origin:
    """Where something was read: the resource, its words and codes, and the day it is dated."""

    resource: str
    words: str = ""
    codings: tuple[Coding, ...] = ()
    on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """One fact of a record. `unsure` names fields of a treatment that a person must confirm.

    `said` are the record's own words on why a treatment ended; nothing is concluded from them.
    """

    kind: Kind
    name: str
    value: FoundValue
    origins: tuple[Origin, ...]
    sureness: Sureness = Sureness.STATED
    cautions: tuple[Caution, ...] = ()
    unsure: frozenset[str] = frozenset()
    said: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What tells this find from the others, the same each time the file is read."""
        if isinstance(self.value, ScaleScore):
            return f"{self.kind}:{self.name}:{self.value.taken_on or ''}:{self.value.score}"
        if isinstance(self.value, TreatmentTried):
            return f"{self.kind}:{self.name}"
        return f"{self.kind}:{self.name}:{self.value}"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that was understood and not used, with why.

    `value` is what was refused: a score, an age or the medicines of a combination.
    """

    origin: Origin
    reason: Reason
    value: str = ""


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """A code that is none of ours, and how often it stands in the record.

    `is_repeated` tells that another code of the same resource says it already.
    """

    resource_type: str
    coding: Coding
    times: int = 1
    is_repeated: bool = False


@dataclass(frozen=True, slots=True)
class PersonName:
    """One name of a person; `text` where the parts are not told."""

    family: str = ""
    given: str = ""
    text: str = ""

    @property
    def told(self) -> str:
        return self.text or f"{self.given} {self.family}".strip()


@dataclass(frozen=True, slots=True)
class Person:
    """Whose record it is, as far as it says: every name, and the days the birth date may mean."""

    names: tuple[PersonName, ...] = ()
    born_first: dt.date | None = None
    born_last: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """A patient's record as it was read on a day."""

    on: dt.date
    found: tuple[Found, ...]
    notices: tuple[Notice, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    not_understood: tuple[NotUnderstood, ...] = ()
    not_read: Mapping[str, int] = field(default_factory=dict)
    member_ids: tuple[str, ...] = field(default=(), repr=False)
    person: Person = field(default=Person(), repr=False)
