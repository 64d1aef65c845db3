"""A passage that a clinic uses again."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from appeals.letters.length import MOST_CHARACTERS
from appeals.models import TextBlock
from policies.faults import printable
from policies.forms.fields import DateField

MOST = min(4000, MOST_CHARACTERS)
MOST_YEARS = 3


class BlockForm(forms.Form):
    """Its title, its words, and by when somebody reads it anew; `based_on` is what was shown."""

    title = forms.CharField(max_length=100, label="Title", help_text="What you look for it by.")
    text = forms.CharField(
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 8}),
        label="Text",
        help_text="Nothing about a patient belongs here. Leave an empty line between paragraphs.",
    )
    review_on = DateField(label="Read it anew by")
    based_on = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, today: dt.date, block: TextBlock | None = None) -> None:
        initial: dict[str, Any] = {"review_on": in_a_year(today)}
        if block is not None:
            initial = {
                "title": block.title,
                "text": block.text,
                "review_on": block.review_on,
                "based_on": block.edited_at.isoformat(),
            }
        super().__init__(data, use_required_attribute=False, initial=initial)
        self.fields["review_on"].required = True
        self.today = today

    def clean_text(self) -> str:
        text: str = printable(self.cleaned_data["text"].replace("\r\n", "\n"))
        return text

    def clean_review_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["review_on"]
        if not self.today < day <= self.today.replace(year=self.today.year + MOST_YEARS, day=28):
            raise ValidationError(f"Enter a day from tomorrow on, within {MOST_YEARS} years.")
        return day


def in_a_year(day: dt.date) -> dt.date:
    """The same day of the next year; after a leap day the one before it.

    >>> in_a_year(dt.date(2028, 2, 29))
    datetime.date(2029, 2, 28)
    """
    return day.replace(year=day.year + 1, day=min(day.day, 28) if day.month == 2 else day.day)
