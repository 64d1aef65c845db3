"""The first questions: who asks, which plan, which treatment, and what for."""

import re
from typing import Any, cast

from django import forms

from policies import terms
from policies.catalogue import Catalogue, InsurerKind
from policies.check import NOT_HANDLED
from policies.forms.fields import DONT_KNOW, UNKNOWN, answered, radios, select, show
from policies.situation import (
    VERSION,
    Asker,
    Funding,
    LineOfBusiness,
    Situation,
    SituationError,
    Treatment,
)

PREFIX = "plan"
NOT_LISTED = "not-listed"

ASKERS = {
    Asker.PATIENT: "I am the patient",
    Asker.PARENT_OR_GUARDIAN: "I am a parent or guardian",
    Asker.CARER: "I help someone I care for",
    Asker.CLINIC: "I work at a clinic",
}
FUNDINGS = {
    Funding.INSURED: "Insured: an insurance company pays the claims",
    Funding.SELF_FUNDED: "Self-funded: the employer pays the claims",
}
INSURER_GROUPS = {
    InsurerKind.BLUE_PLAN: "Blue Cross and Blue Shield plans",
    InsurerKind.COMMERCIAL: "Other insurers",
    InsurerKind.MEDICARE_ADVANTAGE_PLAN: "Medicare Advantage plans",
    InsurerKind.MEDICAID_PROGRAM: "Medicaid programs",
    InsurerKind.MEDICAID_PLAN: "Medicaid health plans",
    InsurerKind.FEDERAL_PROGRAM: "Federal programs",
    InsurerKind.REGIONAL_CONTRACTOR: "TRICARE regions",
    InsurerKind.WORKERS_COMPENSATION: "Workers' compensation",
}
CONDITION_GROUPS = {
    "Depression": (
        "treatment_resistant_depression",
        "mdd",
        "mdd_suicidal",
        "depression",
        "persistent_depressive",
        "bipolar_depression",
    ),
    "Other mental health conditions": (
        "ptsd",
        "ocd",
        "generalized_anxiety",
        "social_anxiety",
        "anxiety",
        "substance_use_disorder",
        "psychiatric_other",
    ),
    "Pain and headache": (
        "crps",
        "crps_type_2",
        "neuropathic_pain",
        "postherpetic_neuralgia",
        "chronic_pain",
        "central_pain",
        "cancer_pain",
        "fibromyalgia",
        "migraine",
        "headache_other",
        "chronic_daily_headache",
        "acute_pain",
        "sickle_cell_crisis",
    ),
}


def grouped_conditions() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every condition that a person can have, under a few headings, "I don't know" last."""
    known = terms.conditions()
    groups = [
        (title, [(name, known[name].label) for name in names])
        for title, names in CONDITION_GROUPS.items()
    ]
    placed = {name for names in CONDITION_GROUPS.values() for name in names}
    rest = [one for one in known.values() if not one.is_group and one.id not in placed]
    return [*groups, ("Other", [*((one.id, one.label) for one in rest), DONT_KNOW])]


def grouped_insurers(catalogue: Catalogue) -> list[Any]:
    """The insurers we hold a document of, by kind, and the two answers for everyone else."""
    held = {document.insurer.slug for document in catalogue.documents}
    groups = []
    for kind, title in INSURER_GROUPS.items():
        of_kind = [
            (one.slug, one.name)
            for one in sorted(catalogue.insurers.values(), key=lambda one: one.name)
            if one.kind is kind and one.slug in held
        ]
        if of_kind:
            groups.append((title, of_kind))
    return [*groups, ("Not here", [(NOT_LISTED, "My insurer is not in this list"), DONT_KNOW])]


class PlanForm(forms.Form):
    """Who asks, the plan, the treatment and the condition."""

    asker = radios([(one.value, label) for one, label in ASKERS.items()], label="Who is asking?")
    line_of_business = radios(
        [*((one.value, one.label) for one in LineOfBusiness), DONT_KNOW],
        label="How do you get this health insurance?",
        required=True,
        error_messages={"required": "Choose how you get this health insurance, or “I don't know”."},
    )
    insurer = select([], empty="Choose your insurer", label="Which company or program insures you?")
    insurer_name = forms.CharField(
        required=False,
        max_length=200,
        label="If it is not in the list: the insurer's name",
        help_text="As it stands on the front of the card.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    administrator_name = forms.CharField(
        required=False,
        max_length=200,
        label="Name of the company that decides (optional)",
        help_text="Some plans hand decisions on mental health or medicines to another company. Its "
        "name is often on the back of the card. We use that company's documents only where a "
        "document shows that it decides for your plan.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    funding = radios(
        [*((one.value, label) for one, label in FUNDINGS.items()), DONT_KNOW],
        label="If it comes from a job: who pays the claims?",
        help_text="Many large employers pay the claims themselves and hire an insurer to run the "
        "plan. Such a plan can leave out what the insurer's policy covers. Ask HR: “Is our health "
        "plan self-funded or fully insured?”",
    )
    residence_state = select([], empty="I don't know", label="Which state do you live in?")
    issue_state = select(
        [],
        empty="I don't know",
        label="In which state was the plan issued?",
        help_text="For a plan from a job, often the state of the employer's main office. HR knows.",
    )
    treatment = radios(
        [(one.value, one.label) for one in Treatment],
        label="Which treatment do you ask about?",
        help_text="IV ketamine is a drip into a vein. Esketamine (Spravato) is an FDA-approved "
        "nasal spray, given in a certified clinic.",
        required=True,
        error_messages={"required": "Choose a treatment."},
    )
    condition = select(
        [],
        empty="Choose what it is for",
        label="What is the treatment for?",
        help_text="Choose the main reason. The diagnosis is in the visit notes.",
        required=True,
        error_messages={"required": "Choose what the treatment is for, or “I don't know”."},
    )
    icd10_codes = forms.CharField(
        required=False,
        max_length=100,
        label="Diagnosis code (optional)",
        help_text="The ICD-10-CM code on the bill or in the visit notes, for example F33.2. With "
        f"more than one, put commas between them. Codes shown as {terms.ICD10_RELEASE}.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, data: Any = None, *, catalogue: Catalogue, initial: Any = None) -> None:
        chosen = {"treatment": Treatment.IV_KETAMINE.value, "asker": Asker.PATIENT.value}
        initial = chosen if initial is None else initial
        super().__init__(data, prefix=PREFIX, initial=initial, use_required_attribute=False)
        self.catalogue = catalogue
        for name, choices in {
            "insurer": grouped_insurers(catalogue),
            "condition": grouped_conditions(),
            "residence_state": terms.states().items(),
            "issue_state": terms.states().items(),
        }.items():
            field = cast("forms.ChoiceField", self.fields[name])
            first = cast("list[Any]", field.choices)
            field.choices = [*first, *choices]

    @property
    def is_administrator_open(self) -> bool:
        """Whether the part on another company that decides starts unfolded."""
        return bool(self["administrator_name"].value() or self["administrator_name"].errors)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        self._settle_insurer(cleaned)
        cleaned["icd10_codes"] = [
            _dotted(code) for code in re.split(r"[\s,;]+", cleaned.get("icd10_codes") or "") if code
        ]
        if not self.errors:
            try:
                Situation.from_json(self.as_json(cleaned))
            except SituationError as error:
                for fault in error.faults:
                    place = fault.place.removeprefix("plan.").partition("[")[0]
                    show(self, place, fault)
        return cleaned

    def _settle_insurer(self, cleaned: dict[str, Any]) -> None:
        """One of the list, a name that is not in it, or the only payer of its kind."""
        chosen, typed = cleaned.get("insurer"), cleaned.get("insurer_name")
        if chosen in ("", NOT_LISTED) and typed:
            held = self._held_under(typed)
            cleaned["insurer"] = held or NOT_LISTED
        elif chosen == NOT_LISTED:
            self.add_error("insurer_name", "Type the insurer's name, or choose “I don't know”.")
        elif chosen == "" and not self._has_one_payer(cleaned.get("line_of_business")):
            self.add_error(
                "insurer",
                "Choose your insurer, “My insurer is not in this list”, or “I don't know”.",
            )

    def _held_under(self, name: str) -> str | None:
        """The insurer of the list that goes by this very name."""
        wanted = " ".join(name.split()).casefold()
        offered = {slug for _, group in grouped_insurers(self.catalogue) for slug, _ in group} - {
            NOT_LISTED,
            UNKNOWN,
        }
        for one in self.catalogue.insurers.values():
            names = {known.casefold() for known in (one.name, *one.also_known_as)}
            if one.slug in offered and wanted in names:
                return one.slug
        return None

    def _has_one_payer(self, line: str | None) -> bool:
        payers = {one.pays_for for one in self.catalogue.insurers.values() if one.pays_for}
        return line in {*payers, *NOT_HANDLED}

    def as_json(self, cleaned: dict[str, Any] | None = None) -> dict[str, Any]:
        """The answers in the JSON form of a situation."""
        values = answered(self.cleaned_data if cleaned is None else cleaned)
        data: dict[str, Any] = {"version": VERSION}
        for name in ("asker", "treatment", "icd10_codes"):
            if name in values:
                data[name] = values.pop(name)
        condition = values.pop("condition", None)
        data["answers"] = {} if condition is None else {"conditions": [condition]}
        if values.get("insurer") == NOT_LISTED:
            del values["insurer"]
        else:
            values.pop("insurer_name", None)
        data["plan"] = values
        return data

    def situation(self) -> Situation:
        """What was told so far, as the rules read it."""
        return Situation.from_json(self.as_json())


def _dotted(code: str) -> str:
    """A code as ICD-10-CM writes it; bills often leave the point out.

    >>> _dotted("f332"), _dotted("R45.851")
    ('F33.2', 'R45.851')
    """
    code = code.upper()
    return f"{code[:3]}.{code[3:]}" if re.fullmatch(r"[A-Z]\d[A-Z\d]{2,5}", code) else code
