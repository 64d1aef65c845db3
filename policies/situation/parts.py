"""The parts of a situation: the plan, a treatment tried, a score, and their fixed choices."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from policies import terms, vocabulary
from policies.faults import WrongValueError


class Treatment(StrEnum):
    """The treatments a document may speak of; never mixed with one another."""

    IV_KETAMINE = "iv_ketamine"
    ESKETAMINE_NASAL = "esketamine_nasal"
    INTRANASAL_COMPOUNDED_KETAMINE = "intranasal_compounded_ketamine"
    IM_SC_KETAMINE = "im_sc_ketamine"
    ORAL_KETAMINE = "oral_ketamine"

    @property
    def label(self) -> str:
        return {
            "iv_ketamine": "IV ketamine infusion",
            "esketamine_nasal": "Esketamine nasal spray (Spravato)",
            "intranasal_compounded_ketamine": "Compounded ketamine nasal spray",
            "im_sc_ketamine": "Ketamine injection (muscle or under the skin)",
            "oral_ketamine": "Oral ketamine (tablets or lozenges)",
        }[self]


class LineOfBusiness(StrEnum):
    """The kind of coverage, which decides the documents and the law that bind it."""

    COMMERCIAL = "commercial"
    FEDERAL_EMPLOYEES = "federal_employees"
    ORIGINAL_MEDICARE = "original_medicare"
    MEDICARE_ADVANTAGE = "medicare_advantage"
    MEDICAID = "medicaid"
    MEDICAID_MANAGED_CARE = "medicaid_managed_care"
    TRICARE = "tricare"
    VA = "va"
    WORKERS_COMPENSATION = "workers_compensation"
    CHIP = "chip"

    @property
    def label(self) -> str:
        return {
            "commercial": "A job, a union, the marketplace, or bought directly",
            "federal_employees": "A federal job (FEHB)",
            "original_medicare": "Original Medicare (the red, white and blue card)",
            "medicare_advantage": "A Medicare Advantage plan (Part C)",
            "medicaid": "Medicaid, directly from the state",
            "medicaid_managed_care": "Medicaid, through a health plan",
            "tricare": "TRICARE",
            "va": "VA health care",
            "workers_compensation": "Workers' compensation",
            "chip": "CHIP (children's health insurance)",
        }[self]


class Funding(StrEnum):
    """Who pays the claims: an insurer, or the employer itself."""

    INSURED = "insured"
    SELF_FUNDED = "self_funded"


class Asker(StrEnum):
    """Who is asking, and so who is meant by "you"."""

    PATIENT = "patient"
    PARENT_OR_GUARDIAN = "parent_or_guardian"
    CARER = "carer"
    CLINIC = "clinic"


@dataclass(frozen=True, slots=True)
class Plan:
    """The health plan as the person knows it.

    `insurer` is the slug of an insurer in the catalogue; `insurer_name` and `administrator_name`
    are what was typed. State law follows `issue_state`, where the plan was issued, and not
    `residence_state`.
    """

    line_of_business: LineOfBusiness | None = None
    funding: Funding | None = None
    insurer: str | None = None
    insurer_name: str | None = None
    administrator_name: str | None = None
    residence_state: str | None = None
    issue_state: str | None = None


@dataclass(frozen=True, slots=True)
class TreatmentTried:
    """One treatment tried. Doses in mg a day, lengths in weeks, improvement in percent.

    What is called adequate, sufficient, maximum or tolerated is the clinician's word, not ours.
    """

    kind: str | None = None
    drug: str | None = None
    weeks: float | None = None
    highest_dose_mg: float | None = None
    adequate_dose: bool | None = None
    maximum_dose: bool | None = None
    highest_tolerated_dose: bool | None = None
    sufficient_length: bool | None = None
    adherence_percent: float | None = None
    adequate_adherence: bool | None = None
    outcome: str | None = None
    improvement_percent: float | None = None
    dose_limiting_side_effects: bool | None = None
    led_to_change: bool | None = None
    this_episode: bool | None = None
    ended_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class ScaleScore:
    """One score on a rating scale; `origin` is `chart` or `self_completed`."""

    scale: str
    score: int
    origin: str
    taken_on: dt.date | None = None


def contradictions(row: TreatmentTried) -> list[WrongValueError]:
    """Say what can't both be true of one row."""
    found = []
    if row.outcome == "contraindicated" and row.weeks:
        found.append(
            WrongValueError(
                "a treatment never taken for a medical reason has no weeks; correct one of them"
            )
        )
    if row.adequate_dose is False and row.maximum_dose is True:
        found.append(
            WrongValueError("a dose below adequate can't be the maximum dose; correct one of them")
        )
    if row.outcome == "no_response" and (row.improvement_percent or 0) >= 50:
        found.append(
            WrongValueError(
                "an improvement of 50 percent or more is a response; correct one of them"
            )
        )
    drug = terms.find_drug(row.drug) if row.drug else None
    label = (vocabulary.treatment_fields()["kind"].choices or {}).get(row.kind or "", row.kind)
    only = terms.only_drug_of(row.kind)
    if drug is not None and only is not None and drug != only:
        found.append(
            WrongValueError(
                "the kind {kind} is no {drug}; correct one of them",
                kind=row.kind,
                label=label,
                drug=drug.name,
            )
        )
    if drug is not None and row.kind is not None and row.kind not in terms.medicine_kinds():
        # The drug would turn the row into another kind, and a settled count with it.
        found.append(
            WrongValueError(
                "{drug} is a medicine, and the kind {kind} ({label}) is none; "
                "correct one of them, or give each a row of its own",
                drug=drug.name,
                kind=row.kind,
                label=label,
            )
        )
    return found
