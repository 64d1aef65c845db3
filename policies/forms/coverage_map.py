"""What the coverage map shows: a treatment, for some plans."""

from django import forms
from django.utils.translation import gettext_lazy as _

from policies.forms.fields import LINES, NOT_IN_LIST, TREATMENTS, select
from policies.situation import LineOfBusiness, Treatment
from policies.state_names import named_states


class MapForm(forms.Form):
    """Which map; without a word of it, IV ketamine for plans of every kind and state."""

    treatment = forms.ChoiceField(
        choices=TREATMENTS,
        required=False,
        label=_("Treatment"),
        error_messages=NOT_IN_LIST,
    )
    line = select(
        LINES,
        empty=_("Any kind of plan"),
        label=_("Kind of plan"),
    )
    state = select(named_states, empty=_("Any state"), label=_("State"))

    @property
    def treatment_shown(self) -> Treatment:
        """The treatment asked for, or IV ketamine; the form must have been checked."""
        return Treatment(self.cleaned_data.get("treatment") or Treatment.IV_KETAMINE)

    @property
    def line_shown(self) -> LineOfBusiness | None:
        value = self.cleaned_data.get("line")
        return LineOfBusiness(value) if value else None

    @property
    def state_shown(self) -> str | None:
        return self.cleaned_data.get("state") or None

    @property
    def is_narrowed(self) -> bool:
        """Whether plans were chosen, right or wrong."""
        return any(self.data.get(name) for name in ("line", "state"))
