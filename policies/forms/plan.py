"""The first questions: who asks, which plan, which treatment, and what for."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, cast

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from policies import terms
from policies.catalogue import Catalogue, Insurer, InsurerKind
from policies.catalogue.names import insurers_called
from policies.forms.choices import (
    NOT_LISTED,
    InsurerSelect,
    grouped_conditions,
    grouped_insurers,
    held_insurers,
)
from policies.forms.fields import DONT_KNOW, UNKNOWN, answered, show
from policies.forms.plan_fields import PlanFields
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
from policies.state_names import named_states

PREFIX = "plan"


class PlanForm(PlanFields):
    """Who asks, the plan, the treatment and the condition; `step` says which part is shown."""

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
        data = _under_its_name_now(data, catalogue)
        super().__init__(data, prefix=PREFIX, initial=initial, use_required_attribute=False)
        self.catalogue = catalogue
        self.step = step
        states = named_states()
        for name, choices in {
            "insurer": grouped_insurers(catalogue),
            "condition": grouped_conditions(),
            "residence_state": states,
            "issue_state": states,
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
        if self.is_for_a_patient:
            self.fields["insurer"].label = _("Which company or program insures the patient?")
            self.fields["residence_state"].label = _("Which state does the patient live in?")
        widget = cast("InsurerSelect", self.fields["insurer"].widget)
        widget.also_known_as = {
            slug: one.also_known_as
            for slug, one in held_insurers(catalogue).items()
            if one.also_known_as
        }

    @property
    def is_for_a_patient(self) -> bool:
        """Whether someone asks for a patient whose home is not their own."""
        return self["asker"].value() in (Asker.CLINIC, Asker.CARER)

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

    @property
    def keys_told(self) -> dict[str, tuple[str, ...]]:
        """Each answer by its label as the key that marks it when it came from a record."""
        cleaned, situation = self.cleaned_data, self.situation()
        main, others = cleaned.get("condition"), cleaned.get("other_conditions") or ()
        codes = [f"{one}:{one}" for one in situation.icd10_codes]
        by_code = [
            f"{one}:{one}" for one in situation.icd10_codes if main in terms.conditions_of_code(one)
        ]
        keys = {
            "condition": (f"{main}:{main}", *by_code),
            "other_conditions": tuple(f"{one}:{one}" for one in others),
            "icd10_codes": tuple(codes),
        }
        for name in ("insurer", "residence_state", "line_of_business"):
            keys[name] = (f"{name}:{cleaned.get(name)}",)
        if cleaned.get("insurer") == NOT_LISTED:
            keys["insurer"] = (f"insurer_name:{cleaned.get('insurer_name')}",)
        return {str(self.fields[name].label): found for name, found in keys.items()}

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
        # What this kind of insurance does not ask can be neither missing nor wrong.
        asked = {name for step in self.steps for name in fields_on(step, self.line)}
        for name in self.errors.keys() - asked:
            del self.errors[name]
        self._settle_insurer(cleaned)
        cleaned["icd10_codes"] = [
            dotted(code) for code in re.split(r"[\s,;]+", cleaned.get("icd10_codes") or "") if code
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
        elif chosen in ("", NOT_LISTED, UNKNOWN) and typed and typed != str(DONT_KNOW[1]):
            held = self._held_under(typed)
            cleaned["insurer"] = held or NOT_LISTED
        elif chosen == NOT_LISTED:
            self.add_error("insurer_name", _("Type the insurer's name, or choose “I don't know”."))
        elif chosen == "" and not self._has_one_payer(cleaned.get("line_of_business")):
            self.add_error(
                "insurer",
                _("Choose your insurer, write its name, or choose “I don't know”."),
            )

    def _held_under(self, name: str) -> str | None:
        """The one insurer of the list that goes by this name."""
        found = insurers_called(name, held_insurers(self.catalogue))
        return found[0] if len(found) == 1 else None

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


def _under_its_name_now(data: Any, catalogue: Catalogue) -> Any:
    """The same answers; an insurer that was renamed since they were saved is the one it is now."""
    name = f"{PREFIX}-insurer"
    told = str(data.get(name)) if data else ""
    if told not in catalogue.former.insurers:
        return data
    changed = data.copy()
    changed[name] = catalogue.former.insurer(told)
    return changed


def _flat(choices: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """The choices of a field without their headings."""
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield str(value), str(label)


def _once(names: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(name for name in names if name))


def dotted(code: str) -> str:
    """A code as ICD-10-CM writes it; bills often leave the point out.

    >>> dotted("f332"), dotted("R45.851")
    ('F33.2', 'R45.851')
    """
    code = code.upper()
    return f"{code[:3]}.{code[3:]}" if re.fullmatch(r"[A-Z]\d[A-Z\d]{2,5}", code) else code
