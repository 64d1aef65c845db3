"""What a person tells of something that happened in a case, and the small forms beside it."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms

from appeals.clinics.content import Approval
from appeals.clinics.following import ASKED
from appeals.clinics.moves import GIVEN
from appeals.forms.asked import AskedForm
from appeals.forms.clinics.case import as_lists
from appeals.forms.dates import DatesForm
from appeals.forms.reasons import ReasonsForm
from appeals.law.stages import Service, Stage
from appeals.models import CaseEvent
from policies.forms.fields import DateField, radios

Kind = CaseEvent.Kind
PREFIX = "move"
MOST_TEXT = 4000
MOST_SESSIONS = 999
APPROVED = ("number", "sessions", "begins_on", "ends_on")
SERVICES = [
    (Service.PRE_SERVICE, "Treatment not given yet"),
    (Service.POST_SERVICE, "Treatment given; this is the claim"),
    (Service.CONCURRENT, "A course under way that they cut or end"),
]
# What the notice's own questions are called by whoever reads notices every day.
NOTICE_LABELS = {
    "notice_on": "Date printed on the notice",
    "is_date_checked": "I compared this date with the notice",
    "has_no_date": "The notice has no date",
    "answers": "What this notice answers",
    "first_final_on": "Date of the answer to the first appeal (after a second appeal only)",
    "printed_on": "Last day it prints",
    "printed_again_on": "The same last day, typed once more (only if later than the one counted)",
    "printed_amount": "Time limit it prints, as a number",
    "printed_unit": "Of days or months",
    "printed_for": "Which step that last day is for",
    "received_on": "Received on, if that can be proved",
    "asked_on": "If an appeal was never answered: the day it was asked",
    "treatment": "Treatment refused",
    "condition": "Condition",
    "service": "How the treatment stands",
    "action_on": "Care is cut or ends on",
    "is_urgent": "A clinician holds that waiting could seriously harm the patient",
    "reasons": "Reasons it gives",
    "codes": "Codes on it",
    "reference_numbers": "Reference or claim numbers",
    "plan": "Plan, as printed",
    "administrator": "Administrator, as printed",
    "phone": "Phone for appeals",
    "fax": "Fax for appeals",
    "address": "Address for appeals",
}
NOTICE_HELP = {
    "notice_on": "Of the notice itself: not of the service, the request or its arrival.",
    "codes": "For example CO-50, PR-96 or N130.",
}


class MoveForm(forms.Form):
    """The day, and what else is to be told of one kind of event."""

    on = DateField(label="Day it happened")
    step = radios([], label="Which step was taken")
    service = radios(SERVICES, label="How the treatment stands")
    is_expedited = forms.BooleanField(required=False, label="Asked for as urgent (expedited)")
    amount = forms.CharField(
        max_length=400,
        required=False,
        label="What was approved, in the plan's words",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    number = forms.CharField(
        max_length=60,
        required=False,
        label="Authorization number",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    sessions = forms.IntegerField(
        required=False, min_value=1, max_value=MOST_SESSIONS, label="Sessions approved"
    )
    begins_on = DateField(label="Approved from")
    ends_on = DateField(
        label="Approved until",
        help_text="Until then the work list tells you to ask for continuation.",
    )
    text = forms.CharField(
        max_length=MOST_TEXT,
        required=False,
        label="Note",
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
    )
    due_on = DateField(
        label="Another next last day",
        help_text="Leave it empty to keep the day that is counted.",
    )

    def __init__(
        self,
        data: Any = None,
        *,
        kind: Kind,
        is_notice: bool,
        is_closing: bool,
        steps: Iterable[Stage] = (),
        initial: Any = None,
    ) -> None:
        super().__init__(data, prefix=PREFIX, initial=initial, use_required_attribute=False)
        self.is_notice = is_notice
        steps = tuple(steps)
        self.fields["step"].choices = [  # type: ignore[attr-defined]
            (one.id, one.name) for one in steps
        ]
        unwanted = {
            "step": not steps,
            "service": kind not in ASKED,
            "is_expedited": kind not in ASKED,
            "amount": kind is not Kind.PARTLY_APPROVED,
            "due_on": is_closing,
            **dict.fromkeys(APPROVED, kind not in GIVEN),
        }
        for name, is_unwanted in unwanted.items():
            if is_unwanted:
                del self.fields[name]
        as_lists(self)
        if kind is Kind.PARTLY_APPROVED:
            self.fields["ends_on"].help_text = ""  # the last day to appeal comes first
        if is_notice:
            self.fields["on"].help_text = "Empty: the day it was received, or the date on it."

    def clean_on(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["on"]
        if day is None and not self.is_notice:
            raise forms.ValidationError("Enter the day on which it happened.")
        return day

    def clean_ends_on(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["ends_on"]
        begins_on = self.cleaned_data.get("begins_on")
        if day is not None and begins_on is not None and day < begins_on:
            raise forms.ValidationError("This is before the first day. Look at both once more.")
        return day

    @property
    def approval(self) -> Approval | None:
        """What was given, as far as the form has been read; None where nothing of it was told."""
        told = {name: self.cleaned_data[name] for name in APPROVED if self.cleaned_data.get(name)}
        return Approval(**told) if told else None


class DueForm(forms.Form):
    """Another last day than the one that was counted."""

    due_on = DateField(label="Next last day")


class NoteForm(forms.Form):
    """A note for whoever opens the case next."""

    text = forms.CharField(
        max_length=MOST_TEXT,
        label="Note",
        error_messages={"required": "Write the note first."},
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, prefix="note", use_required_attribute=False)


def relabel(form: DatesForm | AskedForm | ReasonsForm) -> None:
    """Give the questions of a notice their short names."""
    for name, field in form.fields.items():
        field.label = NOTICE_LABELS[name]
        field.help_text = NOTICE_HELP.get(name, "")
    as_lists(form)
