"""The fields that correct a fact of a record, and the fact as it was corrected."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from policies import terms, vocabulary
from policies.catalogue import Catalogue
from policies.fhir import Found, Kind, Sureness
from policies.fhir.review import INSURER_FIELDS, corrected
from policies.forms.choices import NOT_LISTED, grouped_conditions, grouped_insurers
from policies.forms.fields import LINES, UNKNOWN, answered, field_for, select, show
from policies.forms.history import ScoreForm, TriedForm
from policies.forms.plan import dotted
from policies.situation import Plan, ScaleScore, Situation, SituationError, TreatmentTried
from policies.state_names import named_states
from policies.wording.findings import answer_in_words

# What is asked of a treatment here; the documents of a plan may ask for more.
ROW_FIELDS = (
    *("kind", "drug", "weeks", "highest_dose_mg", "adequate_dose"),
    *("outcome", "this_episode", "ended_on"),
)
SCORE_FIELDS = ("score", "taken_on", "origin")


class ValueForm(forms.Form):
    """One value, asked for as the check asks for it."""

    def __init__(self, field: forms.Field, **options: Any) -> None:
        super().__init__(**options)
        self.fields["value"] = field


class PayerForm(forms.Form):
    """The insurer, by the list or by its name."""

    insurer_name = forms.CharField(
        required=False, max_length=200, label=_("If it is not in the list: the insurer's name")
    )

    def __init__(self, catalogue: Catalogue, **options: Any) -> None:
        super().__init__(**options)
        field = select(
            grouped_insurers(catalogue), label=_("Which company or program insures the patient?")
        )
        self.fields = {"insurer": field, **self.fields}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        chosen = cleaned.get("insurer")
        if chosen in ("", UNKNOWN, NOT_LISTED) and not cleaned.get("insurer_name"):
            self.add_error("insurer_name", _("Type the insurer's name, or choose “Leave it out”."))
        return cleaned


def recorded(found: Found) -> dict[str, Any]:
    """What the record says, as the fields that correct it show it."""
    value = found.value
    if isinstance(value, TreatmentTried):
        return {name: _typed(getattr(value, name)) for name in ROW_FIELDS}
    if isinstance(value, ScaleScore):
        return {name: _typed(getattr(value, name)) for name in SCORE_FIELDS}
    if _is_payer(found):
        named = {"insurer": NOT_LISTED} if found.name == "insurer_name" else {}
        return {**named, found.name: value}
    return {"value": _typed(value)}


def correction_form(
    found: Found, *, on: dt.date, catalogue: Catalogue, **filled: Any
) -> forms.Form:
    """The form that corrects a find: the fields in which the check asks for the same."""
    value = found.value
    if isinstance(value, TreatmentTried):
        known = vocabulary.treatment_fields()
        return TriedForm(tuple(known[one] for one in ROW_FIELDS), row=0, place=0, on=on, **filled)
    if isinstance(value, ScaleScore):
        return ScoreForm(terms.rating_scales()[value.scale], on=on, **filled)
    match found.kind:
        case Kind.PLAN if _is_payer(found):
            return PayerForm(catalogue, **filled)
        case Kind.PLAN if found.name == "residence_state":
            field: forms.Field = select(
                named_states(), label=_("Which state does the patient live in?")
            )
        case Kind.PLAN:
            field = select(LINES, label=_("Which kind of plan is it?"))
        case Kind.CONDITION:
            field = select(_conditions(), label=_("What is the treatment for?"))
        case Kind.CODE:
            field = forms.CharField(required=False, max_length=10, label=_("Diagnosis code"))
        case _:
            field = field_for(vocabulary.fact(found.name))
    return ValueForm(field, **filled)


def show_unsure(form: forms.Form, found: Found) -> None:
    """Put what the record's dates come to beside its fields, for a person to enter or not."""
    for name in found.unsure & form.fields.keys():
        told = answer_in_words(vocabulary.treatment_fields()[name], getattr(found.value, name))
        form.fields[name].help_text = _("By the record's dates: %(told)s.") % {"told": told}


def as_corrected(found: Found, told: Mapping[str, Any]) -> Found:
    """A find as it was corrected; of a treatment or a score what was cleared is open."""
    if isinstance(found.value, TreatmentTried):
        return corrected(found, {name: told.get(name) for name in ROW_FIELDS})
    if isinstance(found.value, ScaleScore):
        return corrected(found, {name: told.get(name) for name in SCORE_FIELDS})
    sure = replace(found, sureness=Sureness.STATED)
    if _is_payer(found):
        chosen = told.get("insurer", NOT_LISTED)
        name = "insurer_name" if chosen == NOT_LISTED else "insurer"
        return replace(sure, name=name, value=told[name])
    value = dotted(told["value"]) if found.kind is Kind.CODE else told["value"]
    is_named_by_value = found.kind in (Kind.CODE, Kind.CONDITION)
    return replace(sure, name=value if is_named_by_value else found.name, value=value)


def follows_the_rules(form: forms.Form, found: Found) -> bool:
    """Whether what was typed can be an answer; what is wrong is put beside its field."""
    told = answered(form.cleaned_data)
    if not told:
        message = _("Enter what is right, or choose “Leave it out”.")
        form.add_error(next(iter(form.fields)), message)
        return False
    try:
        Situation.from_json(_alone(as_corrected(found, told)).to_json())
    except SituationError as error:
        for fault in error.faults:
            name = fault.place.rpartition(".")[2]
            show(form, name if name in form.fields else "value", fault)
        return False
    return True


def _is_payer(found: Found) -> bool:
    return found.kind is Kind.PLAN and found.name in INSURER_FIELDS


def _alone(found: Found) -> Situation:
    """A situation of this find and nothing else, which tells what is wrong in it alone."""
    value: Any = found.value
    match found.kind:
        case Kind.TREATMENT:
            return Situation(treatments_tried=(value,))
        case Kind.SCORE:
            return Situation(scores=(value,))
        case Kind.PLAN:
            named: dict[str, Any] = {found.name: value}
            return Situation(plan=Plan(**named))
        case Kind.CODE:
            return Situation(icd10_codes=(value,))
        case Kind.CONDITION:
            return Situation(answers={"conditions": frozenset({value})})
    return Situation(answers={found.name: value})


def _conditions() -> list[Any]:
    return [
        (title, [one for one in group if one[0] != UNKNOWN])
        for title, group in grouped_conditions()
    ]


def _typed(value: Any) -> Any:
    """A value as its field shows it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else value
