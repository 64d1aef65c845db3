"""What is told of a document: its name and day, which enclosure it is, and what it proves."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError

from appeals.clinics.documents.keeping import OpenDocument
from appeals.clinics.documents.records import MOST_NAME, DocumentRecord
from appeals.clinics.documents.wanted import Wanted, paper_name
from appeals.law.arguments import EnclosureId
from policies.faults import printable
from policies.forms.fields import DateField

EARLIEST_YEAR = 1900
NO_LONGER = "{label} (the rule of today has no such criterion)"


class DocumentForm(forms.Form):
    """One row of the documents; the choices are those of the case's rule as it is today."""

    name = forms.CharField(max_length=MOST_NAME, label="Name")
    on = DateField(label="Its date")
    paper = forms.ChoiceField(required=False, label="Goes with letters as")
    proves = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, label="Proves"
    )
    state = forms.CharField(widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, shown: OpenDocument, wanted: Wanted, today: dt.date
    ) -> None:
        record = shown.record
        super().__init__(
            data,
            prefix=str(shown.document.pk),
            use_required_attribute=False,
            initial={
                "name": record.name,
                "on": record.on,
                "paper": record.paper,
                "proves": record.proves,
                "state": shown.state,
            },
        )
        self.shown = shown
        self.today = today
        paper = cast("forms.ChoiceField", self.fields["paper"])
        paper.choices = paper_choices(wanted.papers)
        proves = cast("forms.MultipleChoiceField", self.fields["proves"])
        proves.choices = criterion_choices(wanted, record.proves)

    def clean_name(self) -> str:
        name: str = printable(self.cleaned_data["name"])
        return name

    def clean_on(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["on"]
        if day is not None and not EARLIEST_YEAR <= day.year <= self.today.year:
            raise ValidationError("Is the year right?")
        if day is not None and day > self.today:
            raise ValidationError("Enter the day printed on the document: it can't lie ahead.")
        return day

    def record(self) -> DocumentRecord:
        """What the row says of the document."""
        told = self.cleaned_data
        return DocumentRecord(told["name"], told["on"], told["paper"], tuple(told["proves"]))


def paper_choices(wanted: Sequence[EnclosureId]) -> list[Any]:
    """Every enclosure, those that are wanted here first."""
    others = [one for one in EnclosureId if one not in wanted]
    return [
        ("", "Not an enclosure"),
        ("Wanted in this case", [(one.value, paper_name(one)) for one in wanted]),
        ("Others", [(one.value, paper_name(one)) for one in others]),
    ]


def criterion_choices(wanted: Wanted, told: Sequence[str]) -> list[tuple[str, str]]:
    """The rule's criteria by number; what was proven under an earlier rule stays a choice."""
    choices = [(one.label, one.title) for one in wanted.criteria]
    known = {one.label for one in wanted.criteria}
    return choices + [(one, NO_LONGER.format(label=one)) for one in told if one not in known]
