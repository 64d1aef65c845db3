"""Marks in a case's form: which of its answers came from the patient's record, and when."""

from collections.abc import Iterable, Mapping

from django.forms.boundfield import BoundField

from appeals.forms.clinics.case import CaseForms
from policies.presenting.record_marks import key_of_answer, key_of_treatment
from policies.situation import TreatmentTried

MARK = "From the patient's record, {day}."


def show_marks(forms_of_case: CaseForms, days: Mapping[str, str]) -> None:
    """Say beside each field whose answer is still the one that was taken when that was.

    `days` are the days in words, by the keys of what was taken.
    """
    plan, questions = forms_of_case.plan, forms_of_case.questions
    if plan.is_valid():
        labels = plan.keys_told
        for field in plan:
            _mark(field, labels.get(str(field.label), ()), days)
    if not questions.is_valid():
        return
    for field in questions.facts:
        value = questions.facts.cleaned_data.get(field.name)
        _mark(field, [key_of_answer(field.name, value)], days)
    for row in questions.rows:
        told = {one: row.cleaned_data.get(one) or None for one in ("kind", "drug")}
        if any(told.values()) and "drug" in row.fields:
            _mark(row["drug"], [key_of_treatment(TreatmentTried(**told))], days)
    for form in questions.scores:
        key = key_of_answer(form.scale.id, form.cleaned_data.get("score"))
        _mark(form["score"], [key], days)


def _mark(field: BoundField, keys: Iterable[str], days: Mapping[str, str]) -> None:
    day = next((days[key] for key in keys if key in days), "")
    if day:
        field.help_text = " ".join(filter(None, [str(field.help_text), MARK.format(day=day)]))
