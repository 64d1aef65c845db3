"""Who a patient is, as a clinic writes it down, and the search that finds them again."""

import datetime as dt
import re
from typing import Any

from django import forms

from appeals.clinics.records import PatientRecord
from policies.days import years_before
from policies.forms.fields import DateField

OFF = {"autocomplete": "off"}
MEMBER_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ./-]*")
OLDEST_YEARS = 120


class SearchForm(forms.Form):
    """A whole name, member ID or birth date; nothing near it is found."""

    text = forms.CharField(
        max_length=200,
        label="Name, member ID or birth date",
        help_text=(
            "The search is exact: the whole family name, the whole name, the whole member ID, or "
            "the birth date as 5/3/1980; a part of a name finds nothing. Accents, capitals and "
            "hyphens do not matter."
        ),
        error_messages={"required": "Type a name, a member ID or a birth date."},
        widget=forms.TextInput(attrs=OFF),
    )


class PatientForm(forms.Form):
    """Who the patient is; only a name is needed."""

    family_name = forms.CharField(
        max_length=100,
        label="Family name",
        error_messages={"required": "Enter the family name."},
        widget=forms.TextInput(attrs=OFF),
    )
    given_name = forms.CharField(
        max_length=100,
        required=False,
        label="Given name",
        widget=forms.TextInput(attrs=OFF),
    )
    birth_on = DateField(label="Birth date")
    member_id = forms.CharField(
        max_length=40,
        required=False,
        label="Member ID, as on the card",
        widget=forms.TextInput(attrs=OFF),
    )
    group = forms.CharField(
        max_length=40, required=False, label="Group number", widget=forms.TextInput(attrs=OFF)
    )
    phone = forms.CharField(
        max_length=40,
        required=False,
        label="Phone",
        widget=forms.TextInput(attrs={**OFF, "inputmode": "tel"}),
    )
    address = forms.CharField(
        max_length=400,
        required=False,
        label="Address",
        widget=forms.Textarea(attrs={**OFF, "rows": 3}),
    )
    note = forms.CharField(
        max_length=1000,
        required=False,
        label="Note",
        widget=forms.Textarea(attrs={**OFF, "rows": 2}),
    )

    def __init__(self, data: Any = None, *, on: dt.date, initial: Any = None) -> None:
        super().__init__(data, prefix="patient", initial=initial, use_required_attribute=False)
        self.on = on

    def clean_member_id(self) -> str:
        """Refuse what stands on no card, and name the sign that is odd."""
        text = " ".join(str(self.cleaned_data["member_id"]).split())
        if text and not MEMBER_ID.fullmatch(text):
            odd = next((one for one in text if not MEMBER_ID.fullmatch(f"A{one}")), text[0])
            raise forms.ValidationError(
                f"“{odd}” can't be there: a member ID has letters, digits, spaces and hyphens, and "
                "begins with a letter or a digit. Look at the card once more."
            )
        return text

    def clean_birth_on(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["birth_on"]
        if day is not None and day > self.on:
            raise forms.ValidationError("This day lies ahead. Enter the day of birth.")
        if day is not None and day < years_before(self.on, OLDEST_YEARS):
            raise forms.ValidationError("That is more than 120 years ago. Is the year right?")
        return day

    def record(self) -> PatientRecord:
        """What is written; the form must have been checked."""
        return PatientRecord(**{name: self.cleaned_data[name] for name in self.fields})


class HoldForm(forms.Form):
    """Why nothing of a record may be deleted; it is kept sealed."""

    reason = forms.CharField(
        max_length=300,
        label="Why nothing may be deleted",
        help_text="In a few words, with who asked for it: whoever releases the hold reads them.",
        error_messages={"required": "Say in a few words why, and who asked for it."},
        widget=forms.TextInput(attrs=OFF),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, prefix="hold", use_required_attribute=False)


class ConfirmForm(forms.Form):
    """What is typed so that nothing is destroyed by a slip."""

    typed = forms.CharField(
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs=OFF),
    )

    def __init__(self, data: Any = None, *, expected: str) -> None:
        super().__init__(data, prefix="confirm", use_required_attribute=False)
        self.expected = expected
        what = "number of the newest case" if expected.isdecimal() else "word"
        self.fields["typed"].label = f"To confirm, type the {what}: {expected}"

    def clean_typed(self) -> str:
        typed = str(self.cleaned_data["typed"]).strip()
        if typed != self.expected:
            raise forms.ValidationError(
                f"That is not it. Type {self.expected}, exactly as it stands here."
            )
        return typed
