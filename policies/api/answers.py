"""The shapes of what the API answers about policies."""

import datetime as dt

from pydantic import Field

from policies.catalogue import CoveragePosition, EditionStatus, PriorAuthorization
from policies.records import DocumentHead, EditionRecord, InsurerRecord, Record
from policies.situation import Treatment
from policies.sureness import Sureness


class Listed(Record):
    """A part of a list; `count` is how many there are in all."""

    count: int
    limit: int
    offset: int


class Insurers(Listed):
    """Insurers, programs, vendors and rule makers."""

    items: list[InsurerRecord]


class Said(Record):
    """What an edition says of a treatment, in short."""

    treatment: Treatment
    indications: list[str]
    coverage: CoveragePosition
    prior_authorization: PriorAuthorization


class PolicyInList(Record):
    """A policy, and what its edition in force on the day says in short; no edition: none was."""

    policy: DocumentHead
    address: str = Field(description="Where the whole of it can be read.")
    page: str = Field(description="Its page for people.")
    edition: str | None = Field(description="The key of the edition in force on the day.")
    effective: str | None
    status: EditionStatus | None
    sureness: Sureness | None
    positions: list[Said]


class Policies(Listed):
    """Policies as they stood on a day."""

    on: dt.date
    items: list[PolicyInList]


class EditionInList(Record):
    """An edition of a policy; `change_note` says why a later revision was made."""

    key: str
    address: str
    effective: str | None
    revision: int
    status: EditionStatus
    change_note: str


class PolicyOfDay(Record):
    """A policy with the edition that was in force on a day, and all its editions, newest first."""

    on: dt.date
    published_by: dt.date | None
    policy: DocumentHead
    page: str
    sureness: Sureness | None
    edition_key: str | None
    edition: EditionRecord | None
    editions: list[EditionInList]


class EditionOfPolicy(Record):
    """One edition of a policy, at an address that stays."""

    policy: DocumentHead
    key: str
    sureness: Sureness
    edition: EditionRecord


class QuestionnaireInList(Record):
    """A FHIR Questionnaire; `url` is its canonical name, and `address` is where it can be read."""

    url: str
    version: str
    title: str
    policy: str
    edition: str
    address: str


class Questionnaires(Listed):
    """What each edition of each policy asks, as FHIR Questionnaires."""

    items: list[QuestionnaireInList]


class ConditionEntry(Record):
    """A condition; `within` are the wider ones that it certainly lies in."""

    id: str
    label: str
    is_group: bool
    within: list[str]
    perhaps_within: list[str]
    icd10: list[str]


class Conditions(Record):
    """Every condition that documents speak of."""

    icd10_release: str
    items: list[ConditionEntry]


class Choice(Record):
    """A value that may be given, and what it means."""

    value: str
    label: str


class FactEntry(Record):
    """What can be told, in which form."""

    name: str
    type: str
    label: str
    question: str
    unit: str
    min: float | None
    max: float | None
    whole: bool
    choices: list[Choice]
    is_sensitive: bool
    settled_by: str
    speak: str


class DrugEntry(Record):
    """A drug with its class; the usual dose only where a source for it was read."""

    name: str
    drug_class: str
    class_label: str
    kind: str
    brands: list[str]
    usual_dose_mg_day: list[float] | None
    route: str
    rxnorm_ingredient: str | None


class ScaleEntry(Record):
    """A rating scale; the range only where it was read."""

    id: str
    label: str
    name: str
    range: list[int] | None
    loinc: str | None


class Vocabulary(Record):
    """Everything that a situation may tell and a criterion may test."""

    facts: list[FactEntry]
    treatment_fields: list[FactEntry]
    score_fields: list[FactEntry]
    treatments: list[Choice]
    lines_of_business: list[Choice]
    drugs: list[DrugEntry]
    scales: list[ScaleEntry]
