"""Marks in a case's form: which of its answers came from the patient's record, and when."""

from collections.abc import Iterable, Mapping

from django.forms.boundfield import BoundField

from appeals.forms.clinics.case import CaseForms
from policies.forms.fields import answered
from policies.presenting.record_marks import Own, key_of_answer, key_of_treatment, own_part
from policies.situation import ScaleScore, TreatmentTried

MARK = "From the patient's record, {day}."
CHANGED = "From the patient's record, {day}, with changes."
Taken = Mapping[str, tuple[str, str]]


def show_marks(forms_of_case: CaseForms, taken: Taken) -> None:
    """Say beside each field whose answer was taken when that was, and whether it was changed.

    `taken` holds the day in words and what the record says, by the keys of what was taken.
    """
    plan, questions = forms_of_case.plan, forms_of_case.questions
    if plan.is_valid():
        labels = plan.keys_told
        for field in plan:
            _mark(field, labels.get(str(field.label), ()), taken)
    if not questions.is_valid():
        return
    for field in questions.facts:
        value = questions.facts.cleaned_data.get(field.name)
        _mark(field, [key_of_answer(field.name, value)], taken)
    for tried in questions.rows:
        row = TreatmentTried(**answered(tried.cleaned_data))
        if (row.kind or row.drug) and "drug" in tried.fields:
            _mark(tried["drug"], [key_of_treatment(row)], taken, row)
    for form in questions.scores:
        told = answered(form.cleaned_data)
        if "score" in told and "origin" in told:
            score = ScaleScore(scale=form.scale.id, **told)
            _mark(form["score"], [key_of_answer(score.scale, score.score)], taken, score)


def _mark(field: BoundField, keys: Iterable[str], taken: Taken, value: object = None) -> None:
    found = next((taken[key] for key in keys if key in taken), None)
    if found is None:
        return
    day, recorded = found
    is_changed = own_part(recorded, value) is not Own.NOTHING
    mark = (CHANGED if is_changed else MARK).format(day=day)
    field.help_text = " ".join(filter(None, [str(field.help_text), mark]))
