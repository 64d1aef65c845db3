"""What the page of the evidence is narrowed to."""

from django import forms
from django.utils.translation import gettext_lazy as _

from appeals.evidence import conditions_studied
from policies import terms
from policies.forms.fields import TREATMENTS, select
from policies.language import said
from policies.situation import Treatment


def _named_conditions() -> list[tuple[str, str]]:
    return [(one, said(terms.conditions()[one].label)) for one in conditions_studied()]


class EvidenceForm(forms.Form):
    """Which records; without a condition, how many there are of each."""

    condition = select(_named_conditions, empty=_("Any condition"), label=_("Condition"))
    treatment = select(TREATMENTS, empty=_("Any treatment"), label=_("Treatment"))

    @property
    def condition_shown(self) -> str | None:
        """The condition asked for, or none; the form must have been checked."""
        return self.cleaned_data.get("condition") or None

    @property
    def treatment_shown(self) -> Treatment | None:
        value = self.cleaned_data.get("treatment")
        return Treatment(value) if value else None

    @property
    def is_narrowed(self) -> bool:
        """Whether anything was chosen, right or wrong."""
        return any(self.data.get(name) for name in self.fields)
