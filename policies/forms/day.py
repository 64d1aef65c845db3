"""The day on which a document is to be shown as it stood."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policies.forms.fields import DateField


class DayForm(forms.Form):
    """A day up to today; none is today."""

    on = DateField(
        label=gettext_lazy("Which day?"),
        help_text=gettext_lazy("For example the day of treatment, or of the denial letter."),
    )

    def __init__(self, data: Mapping[str, Any], *, today: dt.date) -> None:
        super().__init__(data)
        self.today = today

    def clean_on(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["on"]
        if day is not None and day > self.today:
            raise forms.ValidationError(
                _("Enter a day up to today: what will be in force later, no document can say.")
            )
        return day
