"""The period of a clinic's numbers, and the year that is shared."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms

from appeals.clinics.numbers import Period, whole_year
from policies.days import years_before

PERIODS = [
    ("12_months", "The last 12 months"),
    ("90_days", "The last 90 days"),
    ("this_year", "This year"),
    ("last_year", "Last year"),
    ("all", "All time"),
]


class PeriodForm(forms.Form):
    """Of which time; the last twelve months where nothing is chosen."""

    period = forms.ChoiceField(label="Decided in", choices=PERIODS, required=False)

    def __init__(self, data: Mapping[str, Any], *, on: dt.date) -> None:
        super().__init__({"period": data.get("period", PERIODS[0][0])})
        self.on = on

    @property
    def wanted(self) -> Period:
        """The days of it; what is no choice counts as the first."""
        self.is_valid()
        match self.cleaned_data.get("period"):
            case "90_days":
                return Period(self.on - dt.timedelta(days=90), self.on)
            case "this_year":
                return whole_year(self.on.year)
            case "last_year":
                return whole_year(self.on.year - 1)
            case "all":
                return Period()
            case _:
                return Period(years_before(self.on, 1), self.on)


class YearForm(forms.Form):
    """A year that is over: a part of one could be taken from another part."""

    year = forms.TypedChoiceField(label="Year", coerce=int)

    def __init__(self, data: Mapping[str, Any], *, years: list[int]) -> None:
        newest = str(years[0]) if years else ""
        super().__init__({"year": data.get("year", newest)})
        self.fields["year"].choices = [(one, str(one)) for one in years]  # type: ignore[attr-defined]
