"""What the patient or the clinic told us, and its JSON form.

Every field may be unanswered (None): "I don't know" is never read as "no". The JSON form is a
contract, described in the README; `Situation.from_json` names every fault of a file at once.
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from policies import terms, vocabulary
from policies.faults import Fault, FaultList, InputError, join
from policies.vocabulary import FactDefinition, Value

VERSION = 1

Choice = TypeVar("Choice", bound=StrEnum)


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


class SituationError(InputError):
    """A situation that can't be read."""


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

    `adequate_dose`, `maximum_dose` and `sufficient_length` are the clinician's word, not ours.
    """

    kind: str | None = None
    drug: str | None = None
    weeks: float | None = None
    highest_dose_mg: float | None = None
    adequate_dose: bool | None = None
    maximum_dose: bool | None = None
    sufficient_length: bool | None = None
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


@dataclass(frozen=True, slots=True)
class Situation:
    """A patient's situation.

    `answers` holds the facts of the vocabulary that were answered. `treatments_tried` is None
    when nobody asked; `treatments_complete` tells whether the list is finished.
    """

    treatment: Treatment = Treatment.IV_KETAMINE
    plan: Plan = field(default_factory=Plan)
    asker: Asker | None = None
    icd10_codes: tuple[str, ...] = ()
    answers: Mapping[str, Value] = field(default_factory=dict)
    treatments_tried: tuple[TreatmentTried, ...] | None = None
    treatments_complete: bool | None = None
    scores: tuple[ScaleScore, ...] = ()

    @classmethod
    def from_json(cls, data: object) -> "Situation":
        """Read the JSON form (already decoded); SituationError names every fault."""
        reader = _Reader()
        situation = reader.situation(data)
        if reader.faults:
            raise SituationError(reader.faults)
        return situation

    def to_json(self) -> dict[str, Any]:
        """Return the JSON form, leaving out what was not answered."""
        plan = {name: _plain(getattr(self.plan, name)) for name in Plan.__slots__}
        return {
            "version": VERSION,
            "asker": _plain(self.asker),
            "plan": _answered(plan),
            "treatment": self.treatment.value,
            "icd10_codes": list(self.icd10_codes),
            "answers": {name: _plain(value) for name, value in sorted(self.answers.items())},
            "treatments_tried": self.treatments_tried
            if self.treatments_tried is None
            else [_row_to_json(row) for row in self.treatments_tried],
            "treatments_complete": self.treatments_complete,
            "scores": [_row_to_json(score) for score in self.scores],
        }


def _row_to_json(row: TreatmentTried | ScaleScore) -> dict[str, Any]:
    return _answered({name: _plain(getattr(row, name)) for name in row.__slots__})


def _answered(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _plain(value: object) -> object:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, dt.date):
        return value.isoformat()
    return sorted(value) if isinstance(value, frozenset) else value


_ICD10 = re.compile(r"[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?")


class _Reader(FaultList):
    """Reads the JSON form field by field, keeping every fault with its place."""

    def situation(self, data: object) -> Situation:
        entries = self.mapping(
            data,
            "",
            known=[
                "version",
                "asker",
                "plan",
                "treatment",
                "icd10_codes",
                "answers",
                "treatments_tried",
                "treatments_complete",
                "scores",
            ],
        )
        version = entries.get("version")
        if isinstance(data, Mapping) and (version != VERSION or isinstance(version, bool)):
            self.add("version", f'this program reads version {VERSION}; write "version": {VERSION}')
        treatment = self.choice(entries.get("treatment"), "treatment", Treatment)
        icd10_codes = self.codes(entries.get("icd10_codes"))
        answers = self.answers(entries.get("answers"))
        self.check_implied(icd10_codes, answers)
        tried = self.rows(entries.get("treatments_tried"), "treatments_tried")
        return Situation(
            treatment=treatment or Treatment.IV_KETAMINE,
            plan=self.plan(entries.get("plan")),
            asker=self.choice(entries.get("asker"), "asker", Asker),
            icd10_codes=icd10_codes,
            answers=answers,
            treatments_tried=None if tried is None else tuple(self.treatments(tried)),
            treatments_complete=self.yes_or_no(
                entries.get("treatments_complete"), "treatments_complete"
            ),
            scores=tuple(self.scores(self.rows(entries.get("scores"), "scores") or [])),
        )

    def rows(self, data: object, place: str) -> list[Any] | None:
        if data is None:
            return None
        if not isinstance(data, list):
            self.add(place, "expected a list")
            return None
        if len(data) > 200:
            self.add(place, "more than 200 rows; leave out those that do not matter here")
            return None
        return data

    def choice(self, raw: object, place: str, choices: type[Choice]) -> Choice | None:
        if raw is None:
            return None
        if isinstance(raw, str) and raw in list(choices):
            return choices(raw)
        self.add(place, f"{raw!r} is not one of: {', '.join(choices)}")
        return None

    def yes_or_no(self, raw: object, place: str) -> bool | None:
        if raw is None or isinstance(raw, bool):
            return raw
        self.add(place, f"{raw!r} is not true, false or null")
        return None

    def plan(self, data: object) -> Plan:
        entries = self.mapping({} if data is None else data, "plan", known=list(Plan.__slots__))
        return Plan(
            line_of_business=self.choice(
                entries.get("line_of_business"), "plan.line_of_business", LineOfBusiness
            ),
            funding=self.choice(entries.get("funding"), "plan.funding", Funding),
            insurer=self.text(entries.get("insurer"), "plan.insurer"),
            insurer_name=self.text(entries.get("insurer_name"), "plan.insurer_name"),
            administrator_name=self.text(
                entries.get("administrator_name"), "plan.administrator_name"
            ),
            residence_state=self.state(entries.get("residence_state"), "plan.residence_state"),
            issue_state=self.state(entries.get("issue_state"), "plan.issue_state"),
        )

    def text(self, raw: object, place: str) -> str | None:
        if raw is None:
            return None
        if isinstance(raw, str) and 0 < len(raw.strip()) <= 200:
            return " ".join(raw.split())
        self.add(place, "expected a text of 1 to 200 characters")
        return None

    def state(self, raw: object, place: str) -> str | None:
        if raw is None or (isinstance(raw, str) and raw in terms.states()):
            return raw
        self.add(place, f"{raw!r} is not a state's two letters, for example MA")
        return None

    def codes(self, data: object) -> tuple[str, ...]:
        found = []
        for index, raw in enumerate(self.rows(data, "icd10_codes") or []):
            place = f"icd10_codes[{index}]"
            known = terms.icd10_codes().get(raw) if isinstance(raw, str) else None
            if not isinstance(raw, str) or not _ICD10.fullmatch(raw):
                self.add(place, f"{raw!r} is not an ICD-10-CM code like F33.2")
            elif known is not None and not known.billable:
                self.add(
                    place, f"{raw} is a heading of ICD-10-CM; name a code below it, like F33.2"
                )
            else:
                found.append(raw)
        return tuple(found)

    def answers(self, data: object) -> dict[str, Value]:
        definitions = vocabulary.facts()
        entries = self.mapping({} if data is None else data, "answers", known=definitions)
        return self.values(entries, "answers", definitions)

    def check_implied(self, codes: tuple[str, ...], answers: dict[str, Value]) -> None:
        """Refuse an answer that a stated diagnosis, code or other answer contradicts."""
        stated = answers.get("conditions")
        conditions = stated if isinstance(stated, frozenset) else frozenset()
        for implied in terms.implied_facts():
            named = implied.carried_by(conditions, codes, answers)
            if named and answers.get(implied.fact, implied.value) != implied.value:
                says = "true" if implied.value else "false"
                self.add(
                    join("answers", implied.fact),
                    f"{named[0]} means {says}; correct one of them",
                )

    def values(
        self, entries: Mapping[str, object], place: str, definitions: Mapping[str, FactDefinition]
    ) -> dict[str, Value]:
        found: dict[str, Value] = {}
        for name, raw in entries.items():
            if raw is None:
                continue
            try:
                found[name] = definitions[name].read(raw)
            except ValueError as error:
                self.add(join(place, name), str(error))
        return found

    def treatments(self, rows: list[Any]) -> list[TreatmentTried]:
        definitions = vocabulary.treatment_fields()
        found = []
        for index, raw in enumerate(rows):
            place = f"treatments_tried[{index}]"
            entries = self.mapping(raw, place, known=definitions)
            values: dict[str, Any] = self.values(entries, place, definitions)
            row = TreatmentTried(**values)
            self.faults.extend(Fault(place, message) for message in contradictions(row))
            found.append(row)
        return found

    def scores(self, rows: list[Any]) -> list[ScaleScore]:
        definitions = vocabulary.score_fields()
        found = []
        for index, raw in enumerate(rows):
            place = f"scores[{index}]"
            before = len(self.faults)
            entries = self.mapping(raw, place, known=definitions)
            values: dict[str, Any] = self.values(entries, place, definitions)
            for name in ("scale", "score", "origin"):
                if entries.get(name) is None:
                    choices = ", ".join(definitions[name].choices or ())
                    listed = f", one of: {choices}" if choices else ""
                    self.add(join(place, name), f"missing: give the {name}{listed}")
            if len(self.faults) > before:
                continue
            limits = terms.rating_scales()[values["scale"]].range
            if limits and not limits[0] <= values["score"] <= limits[1]:
                label = terms.rating_scales()[values["scale"]].label
                reach = f"{label} goes from {limits[0]} to {limits[1]}"
                self.add(join(place, "score"), f"{values['score']} is out of range: {reach}")
                continue
            found.append(ScaleScore(**values))
        return found


def contradictions(row: TreatmentTried) -> list[str]:
    """Say what can't both be true of one row."""
    found = []
    if row.outcome == "contraindicated" and row.weeks:
        found.append(
            "a treatment never taken for a medical reason has no weeks; correct one of them"
        )
    if row.adequate_dose is False and row.maximum_dose is True:
        found.append("a dose below adequate can't be the maximum dose; correct one of them")
    if row.outcome == "no_response" and (row.improvement_percent or 0) >= 50:
        found.append("an improvement of 50 percent or more is a response; correct one of them")
    medicines = {item.kind for item in terms.drug_classes().values()}
    drug = terms.find_drug(row.drug) if row.drug else None
    if drug is not None and row.kind is not None and row.kind not in medicines:
        # The drug would turn the row into another kind, and a settled count with it.
        label = (vocabulary.treatment_fields()["kind"].choices or {}).get(row.kind, row.kind)
        found.append(
            f"{drug.name} is a medicine, and the kind {row.kind} ({label}) is none; "
            "correct one of them, or give each a row of its own"
        )
    return found
