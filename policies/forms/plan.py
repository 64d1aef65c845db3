"""The first questions: who asks, which plan, which treatment, and what for."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, cast

from django import forms
from django.forms.boundfield import BoundField

from policies import terms
from policies.catalogue import Catalogue, Insurer, InsurerKind
from policies.check import NOT_HANDLED
from policies.forms.choices import (
    ASKERS,
    FUNDINGS,
    NOT_LISTED,
    InsurerSelect,
    grouped_conditions,
    grouped_insurers,
    held_insurers,
)
from policies.forms.fields import DONT_KNOW, UNKNOWN, answered, radios, select, show
from policies.forms.steps import (
    FOLDED,
    PAYER_IS_KNOWN,
    PlanStep,
    fields_on,
    steps_for,
)
from policies.situation import (
    VERSION,
    Asker,
    LineOfBusiness,
    Situation,
    SituationError,
    Treatment,
)

PREFIX = "plan"


class PlanForm(forms.Form):
    """Who asks, the plan, the treatment and the condition; `step` says which part is shown."""

    asker = radios([(one.value, label) for one, label in ASKERS.items()], label="Who is asking?")
    line_of_business = radios(
        [*((one.value, one.label) for one in LineOfBusiness), DONT_KNOW],
        label="How do you get this health insurance?",
        required=True,
        error_messages={"required": "Choose how you get this health insurance, or “I don't know”."},
    )
    insurer = select(
        [],
        empty="Choose your insurer",
        widget=InsurerSelect(
            attrs={
                "data-typeahead": "insurer_name",
                "data-none": "We hold no document under this name. You can go on with it.",
            }
        ),
        label="Which company or program insures you?",
        help_text="Its name is on the front of the insurance card, most often at the top.",
    )
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
        label="Another company that decides (optional)",
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
    other_conditions = forms.MultipleChoiceField(
        required=False,
        label="Other conditions it is for (optional)",
        widget=forms.CheckboxSelectMultiple,
    )
    icd10_codes = forms.CharField(
        required=False,
        max_length=100,
        label="Diagnosis code (optional)",
        help_text="The ICD-10-CM code on the bill or in the visit notes, for example F33.2. With "
        f"more than one, put commas between them. Codes shown as {terms.ICD10_RELEASE}.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        catalogue: Catalogue,
        initial: Any = None,
        step: PlanStep = PlanStep.TREATMENT,
    ) -> None:
        chosen = {"treatment": Treatment.IV_KETAMINE.value, "asker": Asker.PATIENT.value}
        initial = chosen if initial is None else initial
        super().__init__(data, prefix=PREFIX, initial=initial, use_required_attribute=False)
        self.catalogue = catalogue
        self.step = step
        for name, choices in {
            "insurer": grouped_insurers(catalogue),
            "condition": grouped_conditions(),
            "residence_state": terms.states().items(),
            "issue_state": terms.states().items(),
        }.items():
            field = cast("forms.ChoiceField", self.fields[name])
            first = cast("list[Any]", field.choices)
            field.choices = [*first, *choices]
        others = cast("forms.MultipleChoiceField", self.fields["other_conditions"])
        others.choices = [
            (name, label)
            for _, group in grouped_conditions()
            for name, label in group
            if name != UNKNOWN
        ]
        widget = cast("InsurerSelect", self.fields["insurer"].widget)
        widget.also_known_as = {
            slug: one.also_known_as
            for slug, one in held_insurers(catalogue).items()
            if one.also_known_as
        }

    @property
    def line(self) -> LineOfBusiness | None:
        """The kind of insurance as it stands in the form, right or wrong."""
        typed = self["line_of_business"].value()
        return LineOfBusiness(typed) if typed in list(LineOfBusiness) else None

    @property
    def steps(self) -> tuple[PlanStep, ...]:
        """The screens that this kind of insurance needs."""
        return steps_for(self.line)

    def visible_fields(self) -> list[BoundField]:
        return [self[name] for name in fields_on(self.step, self.line)]

    @property
    def open_fields(self) -> list[BoundField]:
        """What is asked of everyone on this screen."""
        return [field for field in self.visible_fields() if field.name not in FOLDED]

    @property
    def folded_fields(self) -> list[BoundField]:
        """What few need, at the end of the screen."""
        return [field for field in self.visible_fields() if field.name in FOLDED]

    @property
    def is_unfolded(self) -> bool:
        """Whether that end starts open: something stands in it."""
        return any(field.value() or field.errors for field in self.folded_fields)

    @property
    def told(self) -> Iterator[tuple[str, str, str]]:
        """Each answer for a reader: what was asked, what was told, and the screen it stands on."""
        for step in self.steps:
            for name in fields_on(step, self.line):
                text = self._in_words(name)
                # A name that is not in the list is told as the insurer.
                if name != "insurer_name" and (text or name not in FOLDED):
                    yield str(self.fields[name].label), text, step

    def _in_words(self, name: str) -> str:
        """A checked answer by the label of its choice; nothing for "I don't know"."""
        value = self.cleaned_data.get(name)
        if name == "insurer" and value == NOT_LISTED:
            return str(self.cleaned_data.get("insurer_name") or "")
        if value in (None, "", UNKNOWN):
            return ""
        chosen = value if isinstance(value, list) else [value]
        labels = dict(_flat(getattr(self.fields[name], "choices", ())))
        return ", ".join(str(labels.get(one, one)) for one in chosen)

    def step_to_correct(self, until: PlanStep) -> PlanStep | None:
        """The first screen up to `until` on which something is to be put right."""
        for step in self.steps:
            if any(name in self.errors for name in fields_on(step, self.line)):
                return step
            if step is until:
                return None
        return None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.line in NOT_HANDLED:
            # Nothing more is asked, so nothing more can be missing.
            self.errors.pop("condition", None)
            self.errors.pop("treatment", None)
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
        if self.line in PAYER_IS_KNOWN:
            # What was chosen for another kind of insurance may still stand in the form.
            payer = held_insurers(self.catalogue).get(chosen or "")
            if payer is None or not self._pays(payer):
                cleaned["insurer"] = cleaned["insurer_name"] = ""
        elif chosen in ("", NOT_LISTED) and typed:
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
        for slug, one in held_insurers(self.catalogue).items():
            if wanted in {known.casefold() for known in (one.name, *one.also_known_as)}:
                return slug
        return None

    def _pays(self, insurer: Insurer) -> bool:
        is_program = insurer.kind is InsurerKind.MEDICAID_PROGRAM
        pays_for = LineOfBusiness.MEDICAID if is_program else insurer.pays_for
        return pays_for is self.line

    def _has_one_payer(self, line: str | None) -> bool:
        payers = {one.pays_for for one in self.catalogue.insurers.values() if one.pays_for}
        return line in payers

    def as_json(self, cleaned: dict[str, Any] | None = None) -> dict[str, Any]:
        """The answers in the JSON form of a situation."""
        values = answered(self.cleaned_data if cleaned is None else cleaned)
        data: dict[str, Any] = {"version": VERSION}
        for name in ("asker", "treatment", "icd10_codes"):
            if name in values:
                data[name] = values.pop(name)
        named = _once([values.pop("condition", None), *values.pop("other_conditions", [])])
        data["answers"] = {"conditions": named} if named else {}
        if values.get("insurer") == NOT_LISTED:
            del values["insurer"]
        else:
            values.pop("insurer_name", None)
        data["plan"] = values
        return data

    def situation(self) -> Situation:
        """What was told so far, as the rules read it."""
        return Situation.from_json(self.as_json())


def _flat(choices: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """The choices of a field without their headings."""
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield str(value), str(label)


def _once(names: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(name for name in names if name))


def _dotted(code: str) -> str:
    """A code as ICD-10-CM writes it; bills often leave the point out.

    >>> _dotted("f332"), _dotted("R45.851")
    ('F33.2', 'R45.851')
    """
    code = code.upper()
    return f"{code[:3]}.{code[3:]}" if re.fullmatch(r"[A-Z]\d[A-Z\d]{2,5}", code) else code
