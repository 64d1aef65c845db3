"""The data form of catalogue records as types, from which their JSON Schema is made.

What `catalogue.writing` writes holds to them: the dataset, the API and their descriptions are one.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from policies.catalogue import (
    CoveragePosition,
    DocumentKind,
    EditionStatus,
    InsurerKind,
    PriorAuthorization,
    ReadingKind,
)
from policies.catalogue.addresses import AddressUse, Benefit
from policies.criteria import Judge
from policies.situation import LineOfBusiness, Treatment

Number = int | float
Words = str | list[str]


class Record(BaseModel):
    """What is empty is left out, and nothing else may stand in it."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class CriterionSource(Record):
    """Where a criterion was read; `from` is the key of a source of its edition."""

    from_: str = Field(default="", alias="from")
    section: str = ""
    quote: str = Field(default="", description="The document's own words.")


class Trial(Record):
    """What makes a treatment tried count; all that is set must hold for the same trial."""

    kind: Words = ""
    drug: Words = ""
    drug_class: Words = ""
    route: str = ""
    min_weeks: Number = 0
    weeks_unclear_from: Number = 0
    above_weeks: Number = 0
    adequate_dose: bool = False
    maximum_dose: bool = False
    highest_tolerated_dose: bool = False
    sufficient_length: bool = False
    min_adherence_percent: Number = 0
    adequate_adherence: bool = False
    outcome: Words = ""
    outcome_unclear: Words = ""
    max_improvement_percent: Number = 0
    below_improvement_percent: Number = 0
    above_improvement_percent: Number = 0
    dose_limiting_side_effects: bool = False
    led_to_change: bool = False
    this_episode: bool = False
    ended_within_years: int = 0


class Criterion(Record):
    """One line of a list: a group, or a test of a fact, a count, a scale, codes or a judgement."""

    id: str = ""
    label: str
    all_of: list["Criterion"] = []
    any_of: list["Criterion"] = []
    none_of: list["Criterion"] = []
    at_least: int = Field(default=0, description="How many of `of` must hold.")
    of: list["Criterion"] = []
    first_list: bool = Field(
        default=False, description="The whole list for starting holds here too."
    )
    fact: str = Field(default="", description="A fact of the vocabulary.")
    is_: bool | str = Field(default=False, alias="is")
    one_of: list[str] = []
    includes: str = ""
    count: Literal["treatments_tried"] = "treatments_tried"
    where: Trial | list[Trial] = []
    min_classes: int = 1
    scale: Words = ""
    min: Number = 0
    max: Number = 0
    above: Number = 0
    below: Number = 0
    within_days: int = 0
    icd10: list[str] = []
    judgement: Judge = Field(default=Judge.CLINIC, description="Who alone can answer it.")
    unread: bool = Field(
        default=False, description="A part of the list that was not read: never met."
    )
    source: CriterionSource = CriterionSource()
    note: str = ""


class Codes(Record):
    """Code numbers that the document names, without wording."""

    hcpcs: list[str] = []
    cpt: list[str] = []
    icd10: list[str] = []


class PositionRecord(Record):
    """What an edition says of one treatment for some conditions; no criteria: none were read."""

    treatment: Treatment
    indications: list[str] = []
    coverage: CoveragePosition
    prior_authorization: PriorAuthorization
    prior_authorization_note: str = ""
    source: CriterionSource = CriterionSource()
    applies_if: Criterion | None = None
    criteria: Criterion | None = None
    continuation: Criterion | None = None
    priorities: list[Criterion] = []
    limits: list[str] = []
    documents_wanted: list[str] = []
    codes: Codes = Codes()
    note: str = ""


class Reading(Record):
    """A reading of the document: from what, when and where."""

    kind: ReadingKind
    read_on: str
    read_by: str = ""
    description: str = ""
    url: str = ""


class EditionRecord(Record):
    """One dated edition; `effective` is missing where no date was found."""

    effective: str = Field(default="", description="A day, month or year, as printed.")
    revision: int = 1
    last_reviewed: str = ""
    status: EditionStatus = EditionStatus.IN_FORCE
    is_read_whole: bool = Field(default=False, description="Where not, its silence means nothing.")
    change_note: str = ""
    sources: dict[str, Reading] = {}
    positions: list[PositionRecord]
    notes: list[str] = []


class DocumentHead(Record):
    """What stands about a document outside its editions."""

    insurer: str
    slug: str
    number: str = ""
    title: str
    short_title: str = ""
    kind: DocumentKind
    lines_of_business: list[LineOfBusiness] = []
    states: list[str] = Field(default=[], description="Missing: the whole country.")
    url: str = ""
    binds_line: bool = Field(default=False, description="It binds every plan of its lines.")
    scope_note: str = ""
    applies_if: Criterion | None = None


class DocumentRecord(DocumentHead):
    """A document with its editions, oldest first."""

    editions: list[EditionRecord]


class AddressRecord(Record):
    """Where an insurer takes appeals, as one of its papers or pages prints it."""

    use: AddressUse
    benefit: Benefit | None = None
    lines_of_business: list[LineOfBusiness] = []
    states: list[str] = []
    postal: list[str] = []
    fax: str = ""
    phone: str = ""
    web: str = ""
    note: str = ""
    source_url: str = ""
    source_kind: ReadingKind
    printed: str = ""
    read_on: str
    read_by: str = ""
    ended_on: str = ""


class InsurerRecord(Record):
    """Who pays, decides for those who do, or makes their rules."""

    slug: str
    name: str
    kind: InsurerKind
    states: list[str] = []
    parent: str = ""
    also_known_as: list[str] = []
    pays_for: LineOfBusiness | None = None
    note: str = ""
    appeal_addresses: list[AddressRecord] = []


class LinkRecord(Record):
    """A document's word that an administrator decides for an insurer's plans."""

    insurer: str
    administrator: str
    benefit: Benefit
    lines_of_business: list[LineOfBusiness] = []
    source_url: str
    quote: str
    read_on: str
