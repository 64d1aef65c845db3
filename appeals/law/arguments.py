"""The arguments that an answer to a denial may use, what they rest on, and the papers with them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from appeals.law.circumstances import SCOPE_FIELDS, Scope, ScopeReader
from appeals.law.files import read_data
from appeals.law.rights import rights
from policies.faults import join
from policies.guide.grades import Grade


class ArgumentId(StrEnum):
    """An argument for the letter."""

    CRITERIA_MATCH = "criteria_match"
    ADEQUATE_TRIALS = "adequate_trials"
    SEVERITY_AND_RISK = "severity_and_risk"
    EVIDENCE_OFFLABEL = "evidence_offlabel"
    LABELED_USE = "labeled_use"
    NO_SUITABLE_ALTERNATIVE = "no_suitable_alternative"
    CONTINUITY_RESPONSE = "continuity_response"
    PARITY_NQTL = "parity_nqtl"
    WRONG_REVIEWER = "wrong_reviewer"
    PROCEDURAL_DEFECT = "procedural_defect"
    STEP_EXCEPTION_STATE = "step_exception_state"
    NETWORK_GAP = "network_gap"
    CLERICAL = "clerical"
    MEDICARE_ACCEPTED_USE = "medicare_accepted_use"
    BENEFIT_TERMS = "benefit_terms"


class EnclosureId(StrEnum):
    """A paper that goes with the letter."""

    DENIAL_NOTICE = "denial_notice"
    PLAN_CRITERIA = "plan_criteria"
    LETTER_OF_MEDICAL_NECESSITY = "letter_of_medical_necessity"
    TREATMENT_HISTORY_TABLE = "treatment_history_table"
    RATING_SCALES = "rating_scales"
    CHART_NOTES = "chart_notes"
    MED_LIST_PDMP = "med_list_pdmp"
    LITERATURE = "literature"
    GUIDELINE = "guideline"
    PHYSICIAN_CERTIFICATION = "physician_certification"
    AUTHORIZATION_PROOF = "authorization_proof"
    REMITTANCE = "remittance"
    CORRECTED_CLAIM = "corrected_claim"
    ITEMIZED_BILL = "itemized_bill"
    NETWORK_SEARCH_LOG = "network_search_log"
    REMS_ENROLLMENT = "rems_enrollment"
    SAFETY_MONITORING_PLAN = "safety_monitoring_plan"
    PLAN_DOCUMENT_PAGES = "plan_document_pages"
    REPRESENTATIVE_FORM = "representative_form"
    TIMELY_FILING_PROOF = "timely_filing_proof"
    PARITY_REQUEST = "parity_request"
    PLAN_REQUEST_FORM = "plan_request_form"


class Fit(StrEnum):
    """Whether an argument fits a case; `depends` names what is still open in its why."""

    APPLIES = "applies"
    DEPENDS = "depends"
    NEVER = "never"


class Needs(StrEnum):
    """What an argument needs of the plan and the request."""

    NOTHING = "nothing"
    ESKETAMINE_ON_LABEL = "esketamine_on_label"
    MEDICARE_UNLABELED_USE = "medicare_unlabeled_use"
    STATE_STEP_LAW = "state_step_law"


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument, and what it takes: something of the case, or a right that it rests on.

    `authority`, `grade` and `sources` stand where it leans on a rule that is no right. `unread` is
    said where we read no rule for a plan, if that is not what `why` says.
    """

    id: ArgumentId
    name: str
    explanation: str
    needs: Needs
    rests_on: tuple[str, ...]
    why: Mapping[Fit, str]
    unread: str
    authority: str
    grade: Grade | None
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text, for whom it is said, and the argument without which it is not."""

    text: str
    scope: Scope
    argument: ArgumentId | None = None


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A paper to enclose; one that serves `for_any_reason` stands with none of them.

    `label` names it to the person who collects it, `in_letter` to the plan that gets it.
    """

    id: EnclosureId
    label: str
    in_letter: str
    scope: Scope
    argument: ArgumentId | None = None
    for_any_reason: bool = False


@dataclass(frozen=True, slots=True)
class ArgumentData:
    """The file: every argument and enclosure by its id, and what no letter ever does."""

    arguments: Mapping[ArgumentId, Argument]
    enclosures: Mapping[EnclosureId, Enclosure]
    never: tuple[Sentence, ...]


@cache
def argument_data() -> ArgumentData:
    """The arguments and enclosures as the file has them."""
    return read_data("denial_arguments.yaml", read_arguments)


def read_arguments(data: object) -> ArgumentData:
    """Read the file of arguments; InputError names every fault by place."""
    reader = SentenceReader()
    entries = reader.mapping(data, "", ("arguments", "enclosures", "never"))
    arguments = reader.listed(entries, "arguments", "", reader.argument_record)
    enclosures = reader.listed(entries, "enclosures", "", reader.enclosure)
    never = reader.listed(entries, "never", "", reader.sentence)
    reader.distinct(tuple(one.id for one in arguments), "arguments")
    reader.distinct(tuple(one.id for one in enclosures), "enclosures")
    for name, known, found in (
        ("arguments", list(ArgumentId), {one.id for one in arguments}),
        ("enclosures", list(EnclosureId), {one.id for one in enclosures}),
    ):
        missing = [one for one in known if one not in found]
        if missing:
            reader.add(name, f"missing: {', '.join(missing)}")
    reader.raise_faults()
    return ArgumentData(
        arguments={one.id: one for one in arguments},
        enclosures={one.id: one for one in enclosures},
        never=never,
    )


class SentenceReader(ScopeReader):
    """Reads arguments, papers, and sentences that hang on an argument."""

    def sentence(self, data: object, place: str) -> Sentence:
        """A sentence alone, or an object with the sentence and when it is said."""
        if isinstance(data, str):
            data = {"text": data}
        entries = self.mapping(data, place, ("text", "argument", *SCOPE_FIELDS))
        return Sentence(
            text=self.text(entries, "text", place, wanted="a sentence"),
            scope=self.scope(entries, place),
            argument=self.argument_id(entries, place),
        )

    def sentences(
        self, entries: Mapping[str, object], name: str, place: str
    ) -> tuple[Sentence, ...]:
        """A list of sentences; missing is none."""
        return self.listed(entries, name, place, self.sentence) if name in entries else ()

    def argument_id(self, entries: Mapping[str, object], place: str) -> ArgumentId | None:
        if "argument" not in entries:
            return None
        return self.choice(entries, "argument", place, ArgumentId)

    def enclosure(self, data: object, place: str) -> Enclosure:
        known = ("id", "label", "in_letter", "argument", "for_any_reason", *SCOPE_FIELDS)
        entries = self.mapping(data, place, known)
        return Enclosure(
            id=self.choice(entries, "id", place, EnclosureId),
            label=self.text(entries, "label", place, wanted="what the paper is"),
            in_letter=self.text(entries, "in_letter", place, wanted="what a letter calls it"),
            scope=self.scope(entries, place),
            argument=self.argument_id(entries, place),
            for_any_reason=self.flag(entries, "for_any_reason", place),
        )

    def argument_record(self, data: object, place: str) -> Argument:
        entries = self.mapping(data, place, Argument.__dataclass_fields__)
        found = Argument(
            id=self.choice(entries, "id", place, ArgumentId),
            name=self.text(entries, "name", place, wanted="a short name"),
            explanation=self.text(entries, "explanation", place, wanted="what to show"),
            needs=self.choice(entries, "needs", place, Needs, Needs.NOTHING),
            rests_on=self.texts(entries, "rests_on", place),
            why=self.why(entries, place),
            unread=self.text(entries, "unread", place),
            authority=self.text(entries, "authority", place),
            grade=self.choice(entries, "grade", place, Grade) if "grade" in entries else None,
            sources=self.urls(entries, "sources", place),
        )
        for name in found.rests_on:
            if name not in rights():
                self.add(join(place, "rests_on"), f"there is no right {name!r} in rights.yaml")
        if found.authority and (found.grade is None or not found.sources):
            self.add(join(place, "authority"), "give its grade and its sources")
        return found

    def why(self, entries: Mapping[str, object], place: str) -> Mapping[Fit, str]:
        """Why it fits or not: all three answers, for an argument that takes anything."""
        if "needs" not in entries and "rests_on" not in entries:
            return {}
        inner = join(place, "why")
        said = self.mapping(entries.get("why"), inner, list(Fit))
        return {fit: self.text(said, fit, inner, wanted="why it is so") for fit in Fit}
