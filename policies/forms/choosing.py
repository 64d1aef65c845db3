"""The choice of what becomes of one fact of a record."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from policies import vocabulary
from policies.fhir import Kind
from policies.fhir.review import Proposed
from policies.forms.decisions import Decision
from policies.forms.fields import radios
from policies.forms.taking import asked_again
from policies.language import said
from policies.wording.phrases import lower_first

CHOICES = {
    Decision.USE: _("Use it"),
    Decision.CORRECT: _("Correct it"),
    Decision.LEAVE: _("Leave it out"),
}
BESIDE_AN_ANSWER: dict[Decision, Any] = {
    Decision.USE: _("Take what the record says"),
    Decision.CORRECT: _("Enter something else"),
    Decision.LEAVE: _("Keep the answer there is"),
}
OF_A_TREATMENT = CHOICES | {Decision.CORRECT: _("Correct or complete it")}


class DecisionForm(forms.Form):
    """The choice between the three."""

    take = radios([], label="")

    def __init__(self, choices: Mapping[Decision, Any], **options: Any) -> None:
        super().__init__(**options)
        field = self.fields["take"]
        field.required = True
        field.error_messages["required"] = _("Choose what to do with this.")
        field.choices = [(one.value, label) for one, label in choices.items()]  # type: ignore[attr-defined]


def choices_for(proposed: Proposed) -> Mapping[Decision, Any]:
    """The three choices in the words that fit a find."""
    if proposed.conflicts:
        # Another condition, or its code, joins what was answered.
        if proposed.found.kind in (Kind.CONDITION, Kind.CODE):
            return BESIDE_AN_ANSWER | {Decision.USE: _("Add what the record says")}
        return BESIDE_AN_ANSWER | _leaving_open(proposed)
    return OF_A_TREATMENT if proposed.found.kind is Kind.TREATMENT else CHOICES


def _leaving_open(proposed: Proposed) -> dict[Decision, Any]:
    """What taking the record's word leaves open, where it tells of another course."""
    fields = vocabulary.treatment_fields()
    labels = [lower_first(said(fields[name].label)) for name in asked_again(proposed)]
    if not labels:
        return {}
    words = gettext("Take what the record says (left open: %(fields)s)")
    return {Decision.USE: words % {"fields": ", ".join(labels)}}
