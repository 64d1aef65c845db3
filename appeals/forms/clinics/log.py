"""The filters of the access log."""

import uuid
from typing import Any, cast

from django import forms
from django.contrib.auth.models import User

from appeals.clinics.reading_log import Asked
from appeals.models import Clinic
from policies.forms.fields import DateField


class LogForm(forms.Form):
    """Whose entries, about which record, of which day."""

    person = forms.ModelChoiceField(
        queryset=User.objects.none(), label="Who", required=False, empty_label="Everybody"
    )
    record = forms.CharField(
        label="Case number, or ID of a case or patient",
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    on = DateField(label="Day")
    before = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, clinic: Clinic, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.clinic = clinic
        people = cast("forms.ModelChoiceField[User]", self.fields["person"])
        # Whoever has left still stands in the log.
        everybody = clinic.memberships.values("user")
        people.queryset = User.objects.filter(pk__in=everybody).order_by("username")

    def clean_record(self) -> uuid.UUID | None:
        text = self.cleaned_data["record"]
        if not text:
            return None
        if text.isdecimal() and len(text) < 10:
            case = self.clinic.cases.filter(number=int(text)).first()
            if case is None:
                raise forms.ValidationError(
                    "There is no case of this number now. A deleted one is found by its ID."
                )
            return case.pk
        try:
            return uuid.UUID(text)
        except ValueError as error:
            raise forms.ValidationError(
                "Enter the number of a case, or copy an ID from the log."
            ) from error

    def asked(self) -> Asked:
        """What to narrow the log to."""
        person = self.cleaned_data["person"]
        return Asked(
            person=person.pk if person else None,
            record=self.cleaned_data["record"],
            on=self.cleaned_data["on"],
        )
