"""The filters of the work list, which name nobody; a search, which does, is no filter."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django import forms

from appeals.clinics.due_windows import MONTH_DAYS, Window
from appeals.clinics.work_list import MONTH, NOBODY, OTHER, Filters, payers_of
from appeals.models import Clinic
from appeals.models.cases import Stage
from policies.forms.fields import DateField
from policies.state_names import named_states

ALL = ("", "All")
DUE = [
    (Window.OVERDUE.value, Window.OVERDUE.label),
    (Window.SOON.value, Window.SOON.label),
    (MONTH, f"Due within {MONTH_DAYS} days"),
    (Window.LATER.value, Window.LATER.label),
    (Window.NO_DAY.value, Window.NO_DAY.label),
]
GONE = "This is not in the list any more. Choose another."


def choice(label: str) -> forms.ChoiceField:
    """A filter of which nothing need be chosen."""
    return forms.ChoiceField(label=label, required=False, error_messages={"invalid_choice": GONE})


def tick(label: str) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False)


class FilterForm(forms.Form):
    """Which cases are wanted."""

    payer = choice("Payer")
    stage = choice("Stage")
    clinician = choice("Clinician")
    state = choice("State")
    due = choice("Due")
    ours = tick("We must act")
    missing = tick("Documents missing")
    changed = tick("The rule changed")
    closed = tick("Closed cases")

    def __init__(self, data: Mapping[str, Any], *, clinic: Clinic) -> None:
        super().__init__(data, auto_id="filter_%s")
        payers = [(one.slug, one.name) for one in payers_of(clinic)]
        clinicians = [(str(one.pk), str(one)) for one in clinic.clinicians.all()]
        self._offer("payer", [*payers, (OTHER, "Not in our catalogue")])
        self._offer("stage", Stage.choices)
        self._offer("clinician", [*clinicians, (NOBODY, "No clinician yet")])
        self._offer("state", named_states())
        self._offer("due", DUE)

    def _offer(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = [ALL, *choices]  # type: ignore[attr-defined]

    @property
    def filters(self) -> Filters:
        """What was chosen; the form must have been checked, and wrong values count as none."""
        chosen = self.cleaned_data
        return Filters(
            payer=chosen.get("payer", ""),
            stage=chosen.get("stage", ""),
            clinician=chosen.get("clinician", ""),
            state=chosen.get("state", ""),
            due=chosen.get("due", ""),
            is_ours=chosen.get("ours", False),
            is_missing=chosen.get("missing", False),
            is_changed=chosen.get("changed", False),
            is_closed=chosen.get("closed", False),
        )

    @property
    def chosen(self) -> dict[str, str]:
        """What was chosen, as it stands in an address and in a saved view."""
        told = {name: self.cleaned_data.get(name) for name in self.fields}
        return {
            name: "on" if value is True else str(value) for name, value in told.items() if value
        }

    @property
    def query(self) -> str:
        return urlencode(self.chosen)

    def query_with(self, **chosen: str) -> str:
        """The same, with something chosen otherwise."""
        return urlencode(self.chosen | chosen)


class ViewForm(forms.Form):
    """A name for the filters as they stand."""

    name = forms.CharField(
        max_length=60,
        label="Name of this view",
        help_text="For example: my denials in Ohio. No patient's name belongs here.",
        error_messages={"required": "Give the view a name."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class WithdrawForm(forms.Form):
    """The day on which requests were withdrawn."""

    on = DateField(label="Withdrawn on")

    def clean_on(self) -> Any:
        day = self.cleaned_data["on"]
        if day is None:
            raise forms.ValidationError("Enter the day on which they were withdrawn.")
        return day
