"""The catalogue as plain records: insurers, documents, their editions and positions.

This is what the matcher works on and what the data files hold; the database stores the same.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from policies.catalogue.addresses import AddressUse, AppealAddress, Benefit
from policies.catalogue.former import FormerNames
from policies.catalogue.sources import PrintedDate, ReadingKind, SourceReading
from policies.criteria import Node, Source
from policies.situation import LineOfBusiness, Treatment

__all__ = [
    "AddressUse",
    "Administration",
    "AppealAddress",
    "Benefit",
    "BillingCodes",
    "Catalogue",
    "CoveragePosition",
    "Document",
    "DocumentKind",
    "Edition",
    "EditionStatus",
    "FormerNames",
    "Insurer",
    "InsurerKind",
    "Position",
    "PrintedDate",
    "PriorAuthorization",
    "ReadingKind",
    "SourceReading",
]


class CoveragePosition(StrEnum):
    """What a document says of a treatment for a condition; `unread`: its answer was not read."""

    COVERED = "covered"
    COVERED_WITH_CRITERIA = "covered_with_criteria"
    INVESTIGATIONAL = "investigational"
    EXCLUDED = "excluded"
    NOT_MEDICALLY_NECESSARY = "not_medically_necessary"
    INDIVIDUAL_CONSIDERATION = "individual_consideration"
    NOT_ADDRESSED = "not_addressed"
    UNREAD = "unread"


class PriorAuthorization(StrEnum):
    """Whether the document wants the plan's yes before treatment."""

    REQUIRED = "required"
    NOT_REQUIRED = "not_required"
    UNKNOWN = "unknown"


class InsurerKind(StrEnum):
    """What an insurer is. Vendors and rule makers cover nobody themselves.

    A vendor decides for the insurers that a document links it to; a rule maker's documents bind
    the plans of their lines.
    """

    BLUE_PLAN = "blue_plan"
    COMMERCIAL = "commercial"
    MEDICARE_ADVANTAGE_PLAN = "medicare_advantage_plan"
    MEDICAID_PROGRAM = "medicaid_program"
    MEDICAID_PLAN = "medicaid_plan"
    FEDERAL_PROGRAM = "federal_program"
    REGIONAL_CONTRACTOR = "regional_contractor"
    WORKERS_COMPENSATION = "workers_compensation"
    VENDOR = "vendor"
    RULE_MAKER = "rule_maker"


class DocumentKind(StrEnum):
    """What kind of document it is."""

    MEDICAL_POLICY = "medical_policy"
    PRIOR_AUTHORIZATION_CRITERIA = "prior_authorization_criteria"
    PROVIDER_NOTICE = "provider_notice"
    BENEFIT_PAGE = "benefit_page"
    MANUAL = "manual"
    PROTOCOL = "protocol"
    REGULATION = "regulation"
    COVERAGE_DETERMINATION = "coverage_determination"
    TREATMENT_GUIDELINE = "treatment_guideline"
    SURVEY_REPLY = "survey_reply"


class EditionStatus(StrEnum):
    """Whether an edition states a rule or ends one."""

    IN_FORCE = "in_force"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Insurer:
    """Who pays, or decides for those who do.

    `pays_for` names a line of business in which nobody else pays (the VA, Original Medicare).
    """

    slug: str
    name: str
    kind: InsurerKind
    states: tuple[str, ...] = ()
    parent: str = ""
    also_known_as: tuple[str, ...] = ()
    pays_for: LineOfBusiness | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Administration:
    """A document's word that an administrator decides for an insurer's plans.

    Without such a link an administrator's own documents speak for no plan.
    """

    insurer: str
    administrator: str
    benefit: Benefit
    source_url: str
    quote: str
    read_on: PrintedDate
    lines_of_business: tuple[LineOfBusiness, ...] = ()


@dataclass(frozen=True, slots=True)
class BillingCodes:
    """Code numbers that the document names; their wording is licensed and not held."""

    hcpcs: tuple[str, ...] = ()
    cpt: tuple[str, ...] = ()
    icd10: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Position:
    """What an edition says of one treatment for some conditions.

    `criteria` is None where the document sets none, or where none were read; `continuation` is
    None where no rule for going on was read. Of two positions on the same, `applies_if` tells which
    one is for whom (a formulary). `priorities` are what the document puts first, and never a bar.
    """

    treatment: Treatment
    indications: tuple[str, ...]
    coverage: CoveragePosition
    prior_authorization: PriorAuthorization = PriorAuthorization.UNKNOWN
    prior_authorization_note: str = ""
    applies_if: Node | None = None
    criteria: Node | None = None
    continuation: Node | None = None
    priorities: tuple[Node, ...] = ()
    limits: tuple[str, ...] = ()
    documents_wanted: tuple[str, ...] = ()
    codes: BillingCodes = field(default_factory=BillingCodes)
    source: Source = field(default_factory=Source)
    note: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """One dated edition of a document. `effective` is None where no date was found.

    `is_read_whole` tells whether silence means anything: a part that was not read may speak.
    """

    positions: tuple[Position, ...]
    readings: tuple[SourceReading, ...]
    effective: PrintedDate | None = None
    revision: int = 1
    last_reviewed: PrintedDate | None = None
    status: EditionStatus = EditionStatus.IN_FORCE
    is_read_whole: bool = False
    change_note: str = ""
    notes: tuple[str, ...] = ()

    @property
    def effective_on(self) -> dt.date | None:
        return self.effective.first_day if self.effective else None

    @property
    def known_from(self) -> dt.date:
        """The first day of which the edition may speak: of an undated one, the first reading."""
        return self.effective_on or min(reading.read_on.first_day for reading in self.readings)

    @property
    def order(self) -> tuple[bool, dt.date, int]:
        """Sorts editions of one document, oldest first; an undated one comes before all."""
        return (self.effective is not None, self.effective_on or dt.date.min, self.revision)


@dataclass(frozen=True, slots=True)
class Document:
    """A published document of an insurer, with its editions.

    `lines_of_business` and `states` (empty: the whole country) say for which plans it speaks;
    `binds_line` marks a rule of a program that binds every plan of those lines; `applies_if`
    holds conditions for applying at all, such as a formulary.
    """

    insurer: Insurer
    slug: str
    title: str
    kind: DocumentKind
    lines_of_business: tuple[LineOfBusiness, ...]
    editions: tuple[Edition, ...]
    number: str = ""
    short_title: str = ""
    states: tuple[str, ...] = ()
    url: str = ""
    binds_line: bool = False
    scope_note: str = ""
    applies_if: Node | None = None

    @property
    def stem(self) -> str:
        """The name of its data file, which is also its key."""
        return f"{self.insurer.slug}--{self.slug}"

    @property
    def own_name(self) -> str:
        """What it is called beside its insurer's name."""
        return self.short_title or self.number or self.title

    @property
    def short_name(self) -> str:
        """What a sentence calls it."""
        return f"{self.insurer.name}, {self.own_name}"

    def edition_in_force(self, on: dt.date) -> Edition | None:
        """The newest edition that may speak of the day; None before the first one known."""
        known = [edition for edition in self.editions if edition.known_from <= on]
        return max(known, key=lambda edition: edition.order, default=None)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every insurer, document, link and appeal address of one moment; `former` leads on to them."""

    insurers: Mapping[str, Insurer] = field(default_factory=dict)
    documents: tuple[Document, ...] = ()
    administrations: tuple[Administration, ...] = ()
    addresses: tuple[AppealAddress, ...] = ()
    former: FormerNames = field(default_factory=FormerNames)
